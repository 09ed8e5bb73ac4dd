"""Whose turn it is, told in one way to duties, inboxes and sentences; and moves that have to wait for their time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.ledger.factories import SCHEME, World, package
from xianfeng.accounts import reader as readers
from xianfeng.duties import tick
from xianfeng.duties.models import Duty
from xianfeng.ledger import actions, versions
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry
from xianfeng.registry import tree
from xianfeng.web.record import steps, waiting
from xianfeng.web.scope import Scope

CHINA = dt.timezone(dt.timedelta(hours=8))
MONDAY = dt.datetime(2012, 3, 5, 9, 0, tzinfo=CHINA)
HONOUR = """
  honour:
    title: 表彰
    fields:
      name: {type: text, title: 单位, required: true}
      leader: {type: person, title: 分管领导, acts: handler}
      objection: {type: long_text, title: 异议}
    flow:
      initial: nominated
      states:
        nominated: {title: 已提名}
        checked: {title: 已核实}
        noticed: {title: 公示中}
        awarded: {title: 已表彰, open: false}
        dropped: {title: 不予表彰, open: false}
      moves:
        check: {title: 核实, from: nominated, to: checked, by: [supervisor, superior], within: 5 workdays}
        approve: {title: 同意公示, from: checked, to: noticed, by: handler, within: 3 workdays}
        award: {title: 表彰, from: noticed, to: awarded, by: [superior, clock], not_before: 5 workdays}
        drop: {title: 不予表彰, from: noticed, to: dropped, by: superior, needs: [objection]}
"""


@pytest.fixture
def honours(world: World) -> World:
    actions.adopt(package(SCHEME + HONOUR), by=world.importer)
    return world


def nominated(world: World, **values: object) -> Record:
    given = {"name": "青口村", **values}
    by = replace(world.author, at=MONDAY)
    return actions.file(
        by=by, scheme="trial-2012", kind="honour", organisation=world.village, day=MONDAY.date(), values=given
    )


def moved(record: Record, move: str, by: Actor, at: dt.datetime = MONDAY, **values: object) -> Record:
    return actions.move(by=replace(by, at=at), record=record.id, move=move, day=at.date(), values=values)


def appointed(world: World, organisation: int, role: str, name: str = "张督导") -> tuple[int, int]:
    """A person and his appointment."""
    day = dt.date(2012, 1, 4)
    person = registry.enter(code=f"P-{name}", name=name, day=day, by=world.importer)
    by = world.importer
    return person, registry.appoint(person=person, organisation=organisation, role=role, day=day, by=by)


def owing(record: Record) -> list[tuple[int, int]]:
    """Who has to do something about it: organisation and appointment."""
    tick.tick(now=MONDAY)
    return [(row.organisation, row.appointment) for row in Duty.objects.filter(begun_by=record.id, state=0)]


def test_a_role_s_move_is_the_nearest_one_s_who_holds_it(honours: World) -> None:
    appointed(honours, honours.city, "supervisor", "李督导")
    _, near = appointed(honours, honours.county, "supervisor")
    assert owing(nominated(honours)) == [(honours.county, near)]


def test_where_nobody_holds_the_role_it_is_the_next_one_s_whom_the_scheme_names(honours: World) -> None:
    assert owing(nominated(honours)) == [(honours.town, 0)]


def test_the_leader_whom_a_record_names_is_asked_where_he_serves(honours: World) -> None:
    person, appointment = appointed(honours, honours.county, "leader", "王县长")
    record = nominated(honours, leader=person)
    moved(record, "check", honours.of(honours.town))
    assert owing(record) == [(honours.county, appointment)]


@pytest.mark.parametrize(
    ("kind", "state", "next_"),
    [
        pytest.param("matter", "limited", "answer_limited", id="a promise before passing it on"),
        pytest.param("matter", "received", "accept", id="what its own organisation does by a time"),
        pytest.param("matter", "referred", "answer_limited", id="what is due before what is asked"),
        pytest.param("matter", "answered", "confirm", id="what its requester says"),
        pytest.param("matter", "closed", None, id="the end"),
        pytest.param("study", "draft", "hold", id="its author's own"),
    ],
)
def test_what_comes_next(world: World, kind: str, state: str, next_: str | None) -> None:
    scheme = versions.current("trial-2012")
    move = scheme.kinds[kind].flow.next(state)
    assert (move and move.name) == next_
    day = dt.date(2012, 3, 5)
    holder = tree.named([world.village], day)[world.village]
    said = steps.next_of(scheme, scheme.kinds[kind], state, holder, day)
    assert ("到此办结" in said) is (move is None)
    assert move is None or move.title in said


def inbox(organisation: int) -> set[int]:
    node = tree.named([organisation], dt.date(2012, 3, 5))[organisation]
    seen = Scope(readers.standing_in(node, ""))
    return set(waiting.waiting(seen, node, roles=frozenset({"secretary"})).values_list("id", flat=True))


def test_what_waits_stands_in_the_inbox_of_whose_turn_it_is_and_in_no_other(world: World) -> None:
    values = {"text": "路灯坏了", "via": "visit"}
    matter = actions.file(
        by=replace(world.author, at=MONDAY),
        scheme="trial-2012",
        kind="matter",
        organisation=world.village,
        day=MONDAY.date(),
        values=values,
    )
    organisations = (world.village, world.town, world.other_town)
    assert [matter.id in inbox(one) for one in organisations] == [True, False, False]
    moved(matter, "accept", world.author)
    assert [matter.id in inbox(one) for one in organisations] == [True, False, False]
    moved(matter, "assign", world.author, handler=world.other_town)
    assert [matter.id in inbox(one) for one in organisations] == [False, False, True]
    moved(matter, "do_at_once", world.of(world.other_town))
    assert [matter.id in inbox(one) for one in organisations] == [False, False, True]
    moved(matter, "answer", world.of(world.other_town), reply="已换好")
    assert [matter.id in inbox(one) for one in organisations] == [False, False, False]


def test_after_a_public_notice_of_five_working_days_and_no_earlier_or_by_itself(honours: World) -> None:
    """From Monday 5 March to the close of Monday 12 March."""
    person, _ = appointed(honours, honours.town, "leader")
    record = nominated(honours, leader=person)
    moved(record, "check", honours.of(honours.town))
    moved(record, "approve", replace(honours.of(honours.town), person=person))
    for at in (MONDAY, dt.datetime(2012, 3, 12, 17, 29, tzinfo=CHINA)):
        with pytest.raises(Problem) as refused:
            moved(record, "award", honours.of(honours.town), at)
        assert refused.value.code == "ledger.too_soon"
    assert owing(record) == []
    other = nominated(honours, leader=person)
    moved(other, "check", honours.of(honours.town))
    moved(other, "approve", replace(honours.of(honours.town), person=person))
    after = dt.datetime(2012, 3, 12, 17, 30, tzinfo=CHINA)
    assert moved(record, "award", honours.of(honours.town), after).state == "awarded"
    tick.tick(now=after)
    assert history(other.id)[-1].action == "award"
    assert Record.objects.get(id=other.id).state == "awarded"
