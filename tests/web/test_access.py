"""Every route says who may enter, and has its block in matrix.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.web.matrix import MATRIX
from xianfeng.web import access


def routes(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern), pattern.callback


ROUTES = dict(routes(get_resolver()))


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_view_says_who_may_enter(name: str) -> None:
    told = f"路由 {name} 的视图没有说明谁能进：加上 @public、@signed_in 或 @needs(Ability.…)（web/access.py）"
    assert access.of(ROUTES[name]) is not None, told


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_route_has_a_block(name: str) -> None:
    written = {block["route"] for block in MATRIX}
    told = f"路由 {name} 不在 tests/web/matrix.yaml 里：照文件开头的说明加一段，写明每种人从每个位置看到什么"
    assert name in written, told


def test_no_block_is_left_of_a_route_that_went() -> None:
    assert {block["route"] for block in MATRIX} - set(ROUTES) == set()
