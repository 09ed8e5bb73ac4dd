"""Amending, withdrawing, handing over: the entry keeps what was before, and history tells it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry, Posting
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry

LATER = DAY + dt.timedelta(days=5)


def test_an_amendment_keeps_what_was_before(world: World) -> None:
    record = world.file(values={"text": "旧"})
    amended = actions.amend(
        by=world.author, record=record.id, values={"count": 13, "text": None}, reason="数错了", day=LATER
    )
    assert json.loads(amended.values) == {"name": "学党章", "count": 13}
    body = json.loads(Entry.objects.get(seq=amended.seq).body)
    assert body["changes"] == {"count": [12, 13], "text": ["旧", None]}
    assert amended.state == "held"
    assert amended.day == DAY


@pytest.mark.parametrize(
    ("name", "hint"),
    [("参加人", "是不是参加人数（people）？"), ("cuont", "是不是人数（count）？"), ("xyz", "人数（count）、")],
)
def test_an_unknown_field_is_answered_by_titles(world: World, name: str, hint: str) -> None:
    with pytest.raises(Problem) as refused:
        actions.amend(by=world.author, record=world.file().id, values={name: 1}, reason="核对")
    assert refused.value.code == "ledger.unknown_field"
    assert hint in refused.value.hint


def test_who_may_amend_and_why(world: World) -> None:
    record = world.file()
    for actor in (world.of(world.town), world.of(world.city, "office"), world.importer):
        count = Record.objects.get(id=record.id).seq
        assert actions.amend(by=actor, record=record.id, values={"count": count}, reason="核对").seq > count
    for actor in (world.of(world.other_town), world.of(world.other_village, "supervisor")):
        with pytest.raises(Problem, match="wrong_actor"):
            actions.amend(by=actor, record=record.id, values={"count": 1}, reason="核对")
    with pytest.raises(Problem, match=r"ledger\.reason"):
        actions.amend(by=world.author, record=record.id, values={"count": 1}, reason="")
    with pytest.raises(Problem, match="nothing_changed"):
        actions.amend(by=world.author, record=record.id, values={"name": "学党章"}, reason="核对")
    with pytest.raises(Problem, match=r"ledger\.required"):
        actions.amend(by=world.author, record=record.id, values={"name": ""}, reason="核对")
    with pytest.raises(Problem, match=r"ledger\.retired"):
        actions.amend(by=world.author, record=record.id, values={"old": "x"}, reason="核对")


def test_what_its_author_alters_after_a_review_nobody_has_reviewed(world: World) -> None:
    record = actions.move(by=world.of(world.town), record=world.file().id, move="check", day=DAY)
    by_superior = actions.amend(by=world.of(world.town), record=record.id, values={"count": 13}, reason="核对")
    assert by_superior.reviewer == world.town
    by_author = actions.amend(by=world.author, record=record.id, values={"count": 14}, reason="补报")
    assert (by_author.level, by_author.reviewer) == (2, None)


def test_a_withdrawn_record_is_in_no_figure_and_never_moves_again(world: World) -> None:
    record = world.file()
    with pytest.raises(Problem, match=r"ledger\.reason"):
        actions.withdraw(by=world.author, record=record.id, reason="")
    withdrawn = actions.withdraw(by=world.author, record=record.id, reason="重复登记")
    assert (withdrawn.state, withdrawn.level) == ("withdrawn", 0)
    assert sum(Posting.objects.filter(record=record.id).values_list("sign", flat=True)) == 0
    for again in (
        lambda: actions.move(by=world.of(world.town), record=record.id, move="check", day=LATER),
        lambda: actions.amend(by=world.author, record=record.id, values={"count": 1}, reason="核对"),
        lambda: actions.withdraw(by=world.author, record=record.id, reason="再撤"),
    ):
        with pytest.raises(Problem, match=r"ledger\.withdrawn"):
            again()


def test_open_records_pass_to_a_successor_and_count_where_they_were(world: World) -> None:
    open_, finished = world.file(), world.file()
    actions.move(by=world.of(world.town), record=finished.id, move="check", day=DAY)
    actions.move(by=world.of(world.city, "office"), record=finished.id, move="archive", day=DAY)
    postings = Posting.objects.exclude(scheme="").count()
    with pytest.raises(Problem, match="items_open"):
        registry.close(organisation=world.village, day=LATER, by=world.importer)
    registry.close(organisation=world.village, successor=world.other_village, day=LATER, by=world.importer)
    passed = Record.objects.get(id=open_.id)
    assert (passed.organisation, passed.place, passed.holder) == (world.village, open_.place, world.other_village)
    assert Record.objects.get(id=finished.id).holder == world.village
    assert Posting.objects.exclude(scheme="").count() == postings
    redone = actions.amend(
        by=world.of(world.other_village), record=open_.id, values={"count": 9}, reason="接办后核对", day=LATER
    )
    assert redone.organisation == world.village
    assert list(rebuild.check()) == []


def test_a_superior_hands_a_record_over(world: World) -> None:
    record = world.file()
    with pytest.raises(Problem, match="wrong_actor"):
        actions.hand_over(by=world.author, record=record.id, to=world.other_village, day=LATER, reason="调整分工")
    with pytest.raises(Problem, match="outside_scheme"):
        actions.hand_over(by=world.of(world.town), record=record.id, to=world.province, day=LATER, reason="调整分工")
    handed = actions.hand_over(
        by=world.of(world.town), record=record.id, to=world.other_village, day=LATER, reason="调整分工"
    )
    assert handed.holder == world.other_village
    with pytest.raises(Problem, match="nothing_changed"):
        actions.hand_over(by=world.of(world.county), record=record.id, to=handed.holder, day=LATER, reason="调整分工")
    day = dt.date(2999, 1, 1)
    with pytest.raises(Problem, match="in_the_future"):
        actions.hand_over(by=world.of(world.county), record=record.id, to=world.village, day=day, reason="调整分工")
    with pytest.raises(Problem, match="wrong_actor"):
        actions.withdraw(by=world.author, record=record.id, reason="重复", day=LATER)


def test_history_tells_who_did_what_and_what_it_changed(world: World) -> None:
    record = world.file(values={"phone": "13800001111"})
    actions.move(by=world.of(world.town), record=record.id, move="redo", day=LATER, reason="人数不实")
    filed, held, redone = history(record.id)
    assert [(event.title, event.organisation, event.day) for event in (filed, held, redone)] == [
        ("登记", world.village, DAY),
        ("举行", world.village, DAY),
        ("退回", world.town, LATER),
    ]
    assert redone.reason == "人数不实"
    assert [(change.title, change.before, change.after) for change in redone.changes] == [("状态", "held", "draft")]
    (personal,) = [change for change in filed.changes if change.personal]
    assert (personal.title, personal.after) == ("电话", None)
    assert {change.title: change.after for change in filed.changes}["人数"] == 12
    assert history(10**9) == ()


@pytest.mark.parametrize("number", [10**30, 0, -1, 2**63])
def test_a_number_that_nothing_can_have_is_an_unknown_one(world: World, number: int) -> None:
    record = world.file()
    with pytest.raises(Problem) as refused:
        actions.withdraw(by=world.author, record=number, reason="重复")
    assert refused.value.code == "ledger.unknown_record"
    with pytest.raises(Problem):
        actions.hand_over(by=world.of(world.county), record=record.id, to=number, day=DAY, reason="调整")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2012-03-02", "ledger.not_a_date"),
        (dt.datetime(2012, 3, 2, tzinfo=dt.UTC), "ledger.not_a_date"),
        (dt.date.min, "ledger.too_long_ago"),
    ],
)
def test_what_is_no_day_is_refused_with_a_problem(world: World, day: Any, code: str) -> None:
    record = world.file()
    with pytest.raises(Problem) as refused:
        actions.withdraw(by=world.author, record=record.id, reason="重复", day=day)
    assert refused.value.code == code
