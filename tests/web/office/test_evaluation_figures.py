"""Figures of what evaluations came to: divided by the answers to their own question, and not what a campaign opens
with."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.evaluations import towns
from tests.evaluations.towns import SCHEME, Towns, closed, counted, twice
from tests.web.conftest import Site
from tests.web.office.conftest import COUNTY, OTHER_TOWN, TOWN, acting
from tests.web.office.test_evaluation import desk_of
from xianfeng.evaluations import results

CALLS = """
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
      end: {type: choice, title: 结果, choices: {resolved: 解决, closed: 没有解决}}
    flow: {initial: filed, states: {filed: {title: 已填报, level: filed}}, moves: {}}
measures:
  resolved: {title: 解决的, unit: 件, count: call, where: "end == 'resolved'", public: true}
  closed: {title: 办结未解决, unit: 件, count: call, where: "end == 'closed'", public: true}
  calls: {title: 来电, unit: 件, count: call, public: true}
"""


@pytest.fixture
def here(db: None) -> Towns:
    found = towns.towns(SCHEME.replace("    title: 是否满意的票\n", "    title: 是否满意的票\n    public: true\n"))
    row = closed(found, (40, 40), {1: 30, 2: 40})
    twice(found, row, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    twice(found, row, 2, counted(39, 1, 0, 0, kept=(39, 1, 0)))  # nearly all alike
    results.publish(number=row.id, by=found.office())
    return found


def headings(page: str) -> set[str]:
    return set(re.findall(r"按[一-龥]+", page))


@pytest.mark.parametrize("address", ["/figures/judged-2012/answered", "/office/judged-2012/?measure=answered"])
def test_votes_are_divided_by_the_answers_to_their_question_alone(here: Towns, address: str) -> None:
    page = desk_of(here, "third", "张三").get(address)
    assert {"按几乎一致", "按评议", "按题目"} & headings(page) == set()
    (table,) = re.findall(r"<table(?:(?!</table>).)*<th[^>]*>选项.*?</table>", page, re.DOTALL)
    rows = re.findall(r'<th scope="row">([^<]*)</th>', table)
    assert rows[:3] == ["满意", "基本满意", "不满意"]
    assert not {"是", "否", "五星"} & set(rows)


def test_a_measure_of_two_questions_is_divided_by_them(db: None) -> None:
    both = SCHEME.replace(
        "measures:\n", "measures:\n  all: {title: 票, unit: 票, sum: evaluation_result.count, public: true}\n"
    )
    found = towns.towns(both)
    row = closed(found, (40,), {1: 30})
    twice(found, row, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    results.publish(number=row.id, by=found.office())
    page = Client(HTTP_HOST="127.0.0.1").get("/figures/judged-2012/all").content.decode()
    assert "按题目" in page
    assert "按评议" not in page
    assert "按几乎一致" not in page


def test_a_campaign_opens_with_its_first_measure_that_several_places_have(books: Site) -> None:
    """Not that with most records; nor one that one place alone has, of which no picture tells anything."""
    books.adopt(CALLS)
    books.file("call", TOWN, scheme="calls-2010", times=5, end="resolved")
    books.file("call", TOWN, scheme="calls-2010", end="closed")
    books.file("call", OTHER_TOWN, scheme="calls-2010", times=2, end="closed")
    within = "since=2010-01-01&until=2010-12-31"
    leader = acting(books, COUNTY)
    assert '<option value="closed" selected>' in leader.get(f"/office/calls-2010/?at={COUNTY}&{within}")
    assert '<option value="resolved" selected>' in leader.get(f"/office/calls-2010/?at={TOWN}&{within}")
    assert "各地情况：办结未解决" in books.get(f"/schemes/calls-2010?at={COUNTY}")
