"""On the page of judgement a leader reads whom he has still to comment on, beside what was decided there last."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.conftest import DAY
from tests.web.desk.conftest import TOWN, VILLAGE, Desk, text
from xianfeng.duties.expanding import expand
from xianfeng.ledger import actions, versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry.actions import appoint, enter

SCHEME = """
xianfeng: 1
scheme: owing-2010
title: 点评试点
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-06-30, timezone: Asia/Shanghai}
obligations:
  comments: {title: 点评下级, kind: leader_comment, of: superior_head, about: each_subordinate, at_least: 1, every: half_year}
"""  # noqa: E501
PAGE = "/office/judgement/"
WRITE = "/desk/owing-2010/leader_comment/new?about="


@pytest.fixture
def owing(desk: Desk) -> Desk:
    by, day = Actor(kind=ActorKind.IMPORT), dt.date(2010, 1, 1)
    head = enter(code="t-head", name="书记", day=day, by=by)
    appoint(person=head, organisation=desk.organisation(TOWN), role="superior_head", day=day, by=by)
    desk.site.adopt(SCHEME)
    expand(versions.current("owing-2010"), now=timezone.now())
    return desk


def section(page: str) -> str:
    return page.split('id="comments"')[1].split("</section>", maxsplit=1)[0]


def graded(desk: Desk) -> int:
    """The village's class, published."""
    about = {"target": desk.organisation(VILLAGE), "grade": "backward"}
    (number,) = desk.site.file("grading", TOWN, scheme="owing-2010", **about)
    for move in ("review", "publish"):
        actions.move(by=desk.site.office, record=number, move=move, day=DAY)
    return int(number)


def test_a_leader_reads_whom_to_comment_on_beside_what_was_decided(owing: Desk) -> None:
    record, leader = graded(owing), owing.client(TOWN, "leader")
    asked = section(text(leader.get(PAGE)))
    assert f"/records/{record}" in asked
    assert "已公布" in asked
    assert "送到您的工作台签认" in asked
    assert WRITE not in asked, "he files nothing"


def test_who_files_writes_it_down_from_there_until_it_is_there(owing: Desk, town: Client) -> None:
    assert f"{WRITE}{VILLAGE}" in section(text(town.get(PAGE)))
    about = {"about": owing.organisation(VILLAGE), "achievements": "好", "problems": "有", "direction": "是"}
    (number,) = owing.site.file("leader_comment", TOWN, scheme="owing-2010", **about)
    actions.move(by=owing.site.office, record=number, move="publish", day=DAY)
    assert f'{WRITE}{VILLAGE}"' not in section(text(town.get(PAGE)))


def test_where_none_are_owed_none_are_asked_for(town: Client) -> None:
    assert 'id="comments"' not in text(town.get(PAGE))
