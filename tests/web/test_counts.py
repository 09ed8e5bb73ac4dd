"""No page asks the database more because there is more; and every route is counted, or says why not."""

from __future__ import annotations

import pytest

from tests.web import counts
from tests.web.counts import LEFT_OUT, PAGES, Asked, Growing, Page
from tests.web.test_access import ROUTES

Sizes = tuple[dict[Page, Asked], dict[Page, Asked]]


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_route_is_counted_or_says_why_not(name: str) -> None:
    told = f"路由 {name} 不在 tests/web/counts.yaml 里：照文件开头的说明加一行，它的查询次数才有人管"
    assert name in {page.route for page in PAGES} | set(LEFT_OUT), told


def test_no_row_is_left_of_a_route_that_went() -> None:
    assert {page.route for page in PAGES} | set(LEFT_OUT) <= set(ROUTES)


@pytest.fixture(scope="module")
def sizes(growing: Growing) -> Sizes:
    few, many = counts.sizes(growing)
    return few, many


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_a_page_asks_no_more_when_there_is_ten_times_as_much(sizes: Sizes, page: Page) -> None:
    few, many = (size[page] for size in sizes)
    assert (few.status, many.status) == (200, 200), page.address
    assert not many.beyond(few)
