"""The clocks of matters, through ticks with times passed: what is due when, for whom, and what follows when it is not
done. The instants are counted by hand on the calendar of 2012; offices are open 8:30–12:00 and 14:30–17:30."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.ledger.factories import World
from tests.matters.course import WISH, Matter, china
from xianfeng.duties import owed, tick
from xianfeng.duties.status import Status
from xianfeng.ledger import actions
from xianfeng.messages.models import Message
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry


def due(organisation: int, at: str) -> list[tuple[str, str, bool]]:
    """What an organisation owes of matters at a moment: the move, by when, and whether that is over."""
    now = china(at)
    tick.tick(now=now)
    rows = (row for row in owed.owed(organisation, now=now).rows if row.move)
    return [(row.move, f"{row.due.astimezone(now.tzinfo):%m-%d %H:%M}", row.status is Status.OVERDUE) for row in rows]


@pytest.mark.parametrize(
    ("filed", "due_at"),
    [
        pytest.param("2012-03-05 09:00", "03-05 09:15", id="in the morning"),
        pytest.param("2012-03-05 11:50", "03-05 14:35", id="before the midday break"),
        pytest.param("2012-03-02 17:20", "03-05 08:35", id="on Friday, ten minutes before offices close"),
        pytest.param("2012-03-03 09:00", "03-05 08:45", id="on Saturday"),
        pytest.param("2012-03-30 17:25", "03-31 08:40", id="on Friday before a Saturday that is worked"),
        pytest.param("2012-04-02 09:00", "04-05 08:45", id="on a holiday"),
    ],
)
def test_a_matter_is_accepted_within_15_minutes_of_office_time(world: World, filed: str, due_at: str) -> None:
    Matter(world, at=china(filed))
    assert due(world.village, filed) == [("accept", due_at, False)]


def test_it_is_passed_on_within_30_minutes(world: World) -> None:
    matter = Matter(world, at=china("2012-03-05 11:40"))
    matter.do("accept", world.of(world.village, "clerk"), china("2012-03-05 11:45"))
    assert due(world.village, "2012-03-05 11:45") == [("assign", "03-05 14:45", False)]
    assert due(world.village, "2012-03-05 14:46") == [("assign", "03-05 14:45", True)]


def test_whoever_is_to_handle_it_begins_within_a_working_day(world: World) -> None:
    Matter(world, at=china("2012-03-09 09:00")).assigned(at=china("2012-03-09 16:00"))
    assert due(world.village, "2012-03-09 16:00") == []
    assert due(world.other_town, "2012-03-09 16:00") == [("do_at_once", "03-12 17:30", False)]


@pytest.mark.parametrize(
    ("taken", "due_at"),
    [
        pytest.param("2012-03-05 09:00", "03-08 17:30", id="3 working days from a Monday"),
        pytest.param("2012-03-30 09:00", "04-05 17:30", id="over 清明, with the Saturday and the Sunday worked for it"),
    ],
)
def test_what_is_done_at_once_is_answered_within_3_working_days(world: World, taken: str, due_at: str) -> None:
    matter, at = Matter(world, at=china(taken)), china(taken)
    matter.assigned(at=at).do("do_at_once", matter.handler, at)
    assert due(world.other_town, taken) == [("answer", due_at, False)]


def test_who_is_asked_to_join_in_gives_an_opinion_within_5_working_days(world: World) -> None:
    """Its own clock beside the matter's, which stays with whoever handles it."""
    monday = "2012-03-05 09:00"
    person = registry.enter(code="P-1", name="经办人", day=dt.date(2005, 1, 1), by=world.importer)
    registry.appoint(person=person, organisation=world.town, role="clerk", day=dt.date(2012, 1, 1), by=world.importer)
    matter = Matter(world).assigned()
    matter.do("limit", matter.handler, opinion="要先定管线归谁", due="2012-03-21")
    values = {"matter": matter.record.id, "asked": world.town, "question": "请查管线图"}
    joint = actions.file(
        by=replace(matter.handler, at=china(monday)),
        scheme="trial-2012",
        kind="joint_opinion",
        organisation=world.other_town,
        day=china(monday).date(),
        values=values,
    )
    assert due(world.town, monday) == [("give", "03-12 17:30", False)]
    assert due(world.other_town, monday) == [("answer_limited", "03-21 17:30", False)]
    assert due(world.town, "2012-03-13 17:45") == [("give", "03-12 17:30", True)]
    assert Message.objects.filter(organisation=world.town, step="urge").exists()
    given = {"record": joint.id, "move": "give", "day": dt.date(2012, 3, 14), "values": {"opinion": "归村里"}}
    moment = china("2012-03-14 09:00")
    with pytest.raises(Problem, match=r"wrong_actor"):
        actions.move(by=replace(matter.handler, at=moment), **given)
    assert actions.move(by=replace(world.of(world.town, "clerk"), at=moment), **given).state == "given"
    assert due(world.town, "2012-03-14 10:00") == []
    assert due(world.other_town, "2012-03-14 10:00") == [("answer_limited", "03-21 17:30", False)]


@pytest.mark.parametrize(
    ("taken", "promised", "due_at"),
    [
        pytest.param("2012-03-05 09:00", "2012-03-22", "03-22 17:30", id="from a Monday"),
        pytest.param("2012-03-28 09:00", "2012-04-17", "04-17 17:30", id="over 清明"),
    ],
)
def test_what_takes_longer_is_answered_within_13_working_days(
    world: World, taken: str, promised: str, due_at: str
) -> None:
    matter, at = Matter(world, at=china(taken)), china(taken)
    matter.assigned(at=at).do("limit", matter.handler, at, opinion="要重新埋线", due=promised)
    assert due(world.other_town, taken) == [("answer_limited", due_at, False)]
    assert due(world.other_town, "2012-04-18 09:00") == [("answer_limited", due_at, True)]


@pytest.mark.parametrize(
    ("asked", "extended"),
    [
        pytest.param("2012-03-22 17:30", True, id="in the last minute"),
        pytest.param("2012-03-22 17:31", False, id="a minute after"),
        pytest.param("2012-03-23 09:00", False, id="the morning after"),
    ],
)
def test_an_extension_comes_before_expiry_or_not_at_all(world: World, asked: str, *, extended: bool) -> None:
    matter, at = Matter(world), china("2012-03-05 09:00")
    matter.assigned(at=at).do("limit", matter.handler, at, opinion="要重新埋线", due="2012-03-22")
    told = {"due": "2012-03-29", "reason": "线材未到"}
    if not extended:
        with pytest.raises(Problem) as refused:
            matter.do("extend", matter.handler, china(asked), **told)
        assert refused.value.code == "ledger.guard"
        return
    matter.do("extend", matter.handler, china(asked), **told)
    ((_, due_at, over),) = due(world.other_town, "2012-03-26 09:00")
    assert (due_at, over) == ("03-29 17:30", False)


def test_a_third_refusal_is_for_the_superior_to_assign_within_a_working_day(world: World) -> None:
    matter, clerk = Matter(world), world.of(world.village, "clerk")
    matter.assigned()
    for hour in (10, 11):
        at = china(f"2012-03-05 {hour}:00")
        matter.do("refuse", matter.handler, at, reason="不归我们管")
        matter.do("assign", clerk, at, handler=world.other_town)
    matter.do("refuse_finally", matter.handler, china("2012-03-05 15:00"), reason="不归我们管")
    assert due(world.other_town, "2012-03-05 15:00") == []
    assert due(world.village, "2012-03-05 15:00") == []
    assert due(world.town, "2012-03-05 15:00") == [("designate", "03-06 17:30", False)]


def test_what_is_not_accepted_climbs_the_ladder(world: World) -> None:
    """Told when it comes; nobody is reminded; urged after a working day, told above after three, drafted after five."""
    for number, (organisation, role) in enumerate(((world.village, "clerk"), (world.town, "office"))):
        person = registry.enter(
            code=f"P{number}", name=f"样例{number}", day=china("2012-01-04 09:00").date(), by=world.importer
        )
        registry.appoint(
            person=person, organisation=organisation, role=role, day=china("2012-01-04 09:00").date(), by=world.importer
        )
    tick.tick(now=china("2012-03-05 08:30"))
    Matter(world, WISH, at=china("2012-03-05 09:00"))
    for day in range(5, 15):
        tick.tick(now=china(f"2012-03-{day:02d} 18:00"))
    told = Message.objects.order_by("at", "id").values_list("step", "organisation")
    arrived, *ladder = list(told)[:4]
    assert arrived == ("", world.village)
    assert ladder == [("urge", world.village), ("superior", world.town), ("circular", world.town)]
