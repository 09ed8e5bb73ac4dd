"""Every route says who may enter and has its block in matrix.yaml, and every answer is the one written there."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from ruamel.yaml import YAML

from tests import databases
from tests.demo.city import undone
from tests.web import roles
from tests.web.roles import EVERYBODY, POSITIONS, World
from xianfeng.web import access
from xianfeng.web.tables import XLSX

MATRIX: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("matrix.yaml"))
_OPEN = {200, "part"}


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


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[databases.Database, World]]:
    from tests.conftest import session

    database = session.fresh()
    with django_db_blocker.unblock(), session.copy(database):  # type: ignore[attr-defined]
        with databases.using(database), pytest.MonkeyPatch.context() as patch:
            patch.setenv("XIANFENG_DATA", str(database.data))
            built = roles.build()
        yield database, built


@pytest.fixture
def world(
    _built: tuple[databases.Database, World],
    django_db_blocker: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    database, built = _built
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("XIANFENG_DATA", str(database.data))
    monkeypatch.setattr(settings, "XIANFENG_SYNTHETIC", False)
    monkeypatch.setattr(settings, "XIANFENG_COMMENTS", frozenset({"*"}))
    with django_db_blocker.unblock(), databases.using(database), undone():  # type: ignore[attr-defined]
        yield built


@pytest.mark.parametrize("block", MATRIX, ids=lambda block: f"{block['route']}-{'post' if 'post' in block else 'get'}")
def test_the_answer_is_the_one_written(world: World, block: dict[str, Any]) -> None:
    alike = set(block["outcomes"]) == {"others"}  # nothing depends on who it is: some of them will do
    visitors = (roles.NOBODY, roles.IDLE, "clerk") if alike else EVERYBODY
    wrong = [line for who in visitors for line in _answers(world, block, who)]
    assert wrong == []


def _answers(world: World, block: dict[str, Any], who: str) -> Iterator[str]:
    """What is not as written, for one visitor from each position."""
    client, written = world.client(who), _outcomes(block, who)
    address = block.get("get") or block["post"]
    positions = POSITIONS if "{" in address else POSITIONS[:1]
    asked = set()
    for position, outcome in zip(positions, written, strict=False):
        names = world.names(who, position)
        assert (names is None) == (outcome == "-"), f"{block['route']}: {who} {position}"
        if names is None:
            continue
        data = {key: str(value).format(**names) for key, value in block.get("data", {}).items()}
        there = address.format(**names)
        if there in asked:
            continue
        asked.add(there)
        response = client.get(there) if "get" in block else client.post(there, data)
        status = 200 if outcome == "part" else outcome
        if response.status_code != status:
            yield f"{who} {position} {there}: {response.status_code}, written {outcome}"
        secret = block.get("secret", "").format(**names)
        if secret and (secret in _text(response)) != (outcome == 200):
            yield f"{who} {position} {there}: {'shows' if outcome != 200 else 'lacks'} {secret}"


def _text(response: HttpResponseBase) -> str:
    """What a reader can find in it: of a workbook, in its sheets."""
    content = response.getvalue()
    if response.headers.get("Content-Type") != XLSX:
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(html.unescape(book.read(name).decode()) for name in book.namelist() if name.endswith(".xml"))


def _outcomes(block: dict[str, Any], who: str) -> list[Any]:
    lines = {name: outcome for names, outcome in block["outcomes"].items() for name in names.split()}
    assert set(lines) <= {*EVERYBODY, "others"}, block["route"]
    outcome = lines.get(who, lines.get("others"))
    assert outcome is not None, f"{block['route']}: 没有写 {who}"
    if isinstance(outcome, list):
        assert len(outcome) == len(POSITIONS), block["route"]
        return outcome
    places = roles.PLACES[roles.ROLES[who][0] if who in roles.ROLES else "town"]
    return [outcome if position in places else "-" for position in POSITIONS]
