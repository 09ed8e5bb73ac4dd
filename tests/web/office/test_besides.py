"""A share is never shown without what its measure names beside it: in lists of measures and in tables of parts."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from openpyxl import load_workbook

from tests.web.conftest import Site
from tests.web.office.conftest import CITY, OTHER_TOWN, TOWN, acting
from tests.web.office.test_dashboard import line

SCHEME = """
xianfeng: 1
scheme: calls-2010
title: 来电办理
at: "350100"
historical: true
runs: {from: 2010-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  call:
    title: 来电
    basis: each
    fields:
      end: {type: choice, title: 结果, choices: {resolved: 解决, closed: 没有解决, other: 其他}}
    flow: {initial: filed, states: {filed: {title: 已填报, level: filed}}, moves: {}}
measures:
  calls: {title: 来电, unit: 件, count: call, public: true}
  resolved: {title: 解决的, unit: 件, count: call, where: "end == 'resolved'", public: true}
  closed: {title: 办结未解决, unit: 件, count: call, where: "end == 'closed'", public: true}
  rate: {title: 解决率, ratio: [resolved, calls], beside: closed, show: percent, public: true}
  other_calls: {title: 别的来电, unit: 件, count: call, where: "end == 'other'", section: 其他}
  other_rate: {title: 别的解决率, ratio: [resolved, other_calls], show: percent}
  more_calls: {title: 再一种来电, unit: 件, count: call, where: "end == 'other'", section: 其他}
"""


@pytest.fixture
def calls(books: Site) -> Site:
    books.adopt(SCHEME)
    books.file("call", TOWN, scheme="calls-2010", times=3, end="resolved")
    books.file("call", TOWN, scheme="calls-2010", end="closed")
    books.file("call", OTHER_TOWN, scheme="calls-2010", times=2, end="closed")
    return books


def plain(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_a_list_of_measures_has_it_in_the_same_line(calls: Site) -> None:
    dashboard = acting(calls, CITY).get("/office/calls-2010/?at=350121&since=2010-01-01&until=2010-12-31")
    assert "办结未解决 3件" in line(dashboard, "解决率")
    assert "办结未解决 3件" in plain(calls.get("/schemes/calls-2010"))


def test_a_table_of_parts_has_it_in_a_column(calls: Site) -> None:
    page = calls.get("/figures/calls-2010/rate/350121?until=2010-12-31")
    found = plain(page[page.index("按下级组织") :])
    assert "解决率 办结未解决" in found
    assert re.search(r"青口镇 75(\.00)?% 1 ", found), found[:400]
    assert re.search(r"荆溪镇 0(\.00)?% 2 ", found), found[:400]


def test_so_has_the_dashboards_table_and_its_workbook(calls: Site) -> None:
    address = "/office/calls-2010/?at=350121&since=2010-01-01&until=2010-12-31&measure=rate&format=xlsx&table=children"
    answer = acting(calls, CITY).client.get(address)
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    told = {row[0]: row for row in rows if row[0] in ("青口镇", "荆溪镇")}
    heads = next(row for row in rows if row[0] == "组织")
    at = next(number for number, head in enumerate(heads) if head and str(head).startswith("办结未解决"))
    assert (told["青口镇"][at], told["荆溪镇"][at]) == (1, 2)


def test_a_briefing_has_it_in_the_same_line_and_in_what_changed(calls: Site) -> None:
    calls.file("call", TOWN, scheme="calls-2010", day=dt.date(2010, 9, 1), end="closed")
    page = acting(calls, CITY).get("/office/briefings?scheme=calls-2010&at=350121&until=2010-09-02")
    found = plain(page)
    near = r"“办结未解决”上月同日是 ?3 ?件，现在是 ?4 ?件。"
    assert re.search(r"解决率 [\d.]+% [\d.]+% 减少[\d.]+个百分点 ?" + near, found), found
    assert re.search(r"“解决率”上月同日是 ?[\d.]+% ?，现在是 ?[\d.]+% ?，减少[\d.]+个百分点。 ?" + near, found), found


def test_in_a_briefing_what_nobody_owes_is_not_called_unreported_and_each_section_stands_once(calls: Site) -> None:
    page = acting(calls, CITY).get("/office/briefings?scheme=calls-2010&at=350121&until=2010-09-02")
    assert "别的解决率 — —" in plain(page)
    assert "未报" not in plain(page)
    assert page.count(">其他<") == 1
