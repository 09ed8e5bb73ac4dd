"""A column of one measure's values is in one unit; alone, a large value reads as its office prints it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from xianfeng import paths
from xianfeng.figures.interface import Figure, Query
from xianfeng.scheme import loader
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.figure.lines import in_column, in_table

LARGE = "claimed_posts"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    loaded = loader.load(paths.PROJECT / "schemes" / "fuzhou-2010")
    assert isinstance(loaded, Scheme)
    return loaded


def figure(name: str, value: int | Decimal | None) -> Figure:
    query = Query(scheme="v", measure=name, organisation=1, until=dt.date(2010, 12, 31))
    return Figure(query=query, value=value, records=1, filed=1, reviewed=0, submitted=0)


@pytest.mark.parametrize(
    ("value", "column", "alone"),
    [(5453, "5,453", "5,453"), (10713, "10,713", "1.0713万"), (None, "", "")],
)
def test_a_column_has_one_unit(scheme: Scheme, value: int | None, column: str, alone: str) -> None:
    measure = scheme.measures[LARGE]
    assert in_column(figure(LARGE, value), measure) == column
    assert in_table(figure(LARGE, value), measure) == alone


def test_a_share_is_a_share_in_a_column_too(scheme: Scheme) -> None:
    name, measure = next((n, m) for n, m in scheme.measures.items() if m.show.style == "percent")
    assert in_column(figure(name, Decimal("0.125")), measure) == "12.50%"
