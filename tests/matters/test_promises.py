"""What was promised to a requester counts, whoever has the matter in hand: no hand-over fulfils it or gives fresh time.

The instants are counted by hand on the calendar of 2012; 5 March is a Monday, 清明 lies from 2 to 4 April.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.ledger.factories import World
from tests.matters.course import MONDAY, Matter, china
from xianfeng.calendars import actions as calendars
from xianfeng.calendars.days import DayKind
from xianfeng.duties import check, tick
from xianfeng.duties.models import Duty, Round, State
from xianfeng.ledger import actions, rebuild, turns
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry

Stands = tuple[str, int, str]  # the state of a duty, whose it is, by when


def duties(matter: Matter, move: str, now: dt.datetime) -> list[Stands]:
    """The duties of one move of a matter, after a tick."""
    tick.tick(now=now)
    rounds = Round.objects.filter(kind="matter", move=move).values("id")
    rows = Duty.objects.filter(round__in=rounds, begun_by=matter.record.id).order_by("id")
    return [(State(row.state).name, row.organisation, f"{row.due.astimezone(now.tzinfo):%m-%d %H:%M}") for row in rows]


def told(matter: Matter) -> dict[str, str]:
    """What its board and its counterfoil say is due, and when."""
    found = turns.due(Record.objects.get(id=matter.record.id))
    return {due.move.name: f"{due.deadline.due.astimezone(MONDAY.tzinfo):%m-%d %H:%M}" for due in found}


def refused(matter: Matter, move: str, by: Actor, at: dt.datetime = MONDAY, **given: Any) -> tuple[str, str]:
    with pytest.raises(Problem) as found:
        matter.do(move, by, at, **given)
    return found.value.code, found.value.field


@pytest.fixture
def limited(world: World) -> Matter:
    """荆溪镇 has promised an answer by Thursday 15 March, sooner than it would have to."""
    matter = Matter(world).assigned()
    matter.do("limit", matter.handler, opinion="要重新埋线", due="2012-03-15")
    return matter


def test_passing_a_matter_on_is_no_answer_and_gives_no_fresh_time(world: World) -> None:
    matter = Matter(world).assigned()
    matter.do("do_at_once", matter.handler)
    matter.do("forward", matter.handler, china("2012-03-07 10:00"), handler=world.other_village, reason="归村里管")
    at = china("2012-03-07 11:00")
    assert duties(matter, "answer", at) == [("OPEN", world.other_village, "03-08 17:30")]
    handler = world.of(world.other_village, "clerk")
    matter.do("do_at_once", handler, china("2012-03-08 09:00"))
    matter.do("answer", handler, china("2012-03-08 10:00"), reply="灯已换好")
    assert duties(matter, "answer", china("2012-03-08 11:00")) == [("MET", world.other_village, "03-08 17:30")]
    assert list(check.check()) == []


def test_the_promised_day_is_the_day_it_is_due(limited: Matter) -> None:
    assert duties(limited, "answer_limited", MONDAY) == [("OPEN", limited.world.other_town, "03-15 17:30")]
    assert told(limited) == {"answer_limited": "03-15 17:30"}


def test_nothing_is_promised_for_later_than_thirteen_working_days_nor_for_a_day_that_has_passed(world: World) -> None:
    matter = Matter(world).assigned()
    for day, code in (("2012-03-23", "ledger.promised_late"), ("2012-03-02", "ledger.day_passed")):
        assert refused(matter, "limit", matter.handler, opinion="要重新埋线", due=day) == (code, "due")
    assert matter.do("limit", matter.handler, opinion="要重新埋线", due="2012-03-22").state == "limited"


def test_whoever_gets_it_next_is_bound_by_what_was_promised(limited: Matter) -> None:
    world, at = limited.world, china("2012-03-08 10:00")
    limited.do("forward", limited.handler, at, handler=world.other_village, reason="归村里管")
    handler = world.of(world.other_village, "clerk")
    assert duties(limited, "answer_limited", at) == [("OPEN", world.other_village, "03-15 17:30")]
    later = {"opinion": "要等材料", "due": "2012-03-20"}
    assert refused(limited, "limit", handler, at, **later) == ("ledger.promised_late", "due")
    limited.do("limit", handler, at, opinion="要等材料", due="2012-03-14")
    assert duties(limited, "answer_limited", at) == [("OPEN", world.other_village, "03-14 17:30")]
    assert list(rebuild.check()) == []


def test_an_extension_is_no_answer_and_counts_from_the_deadline_before(limited: Matter) -> None:
    at = china("2012-03-13 10:00")
    asked = {"reason": "线材未到"}
    assert refused(limited, "extend", limited.handler, at, due="2012-03-23", **asked) == ("ledger.promised_late", "due")
    limited.do("extend", limited.handler, at, due="2012-03-22", **asked)
    town = limited.world.other_town
    assert duties(limited, "answer_limited", at) == [("OPEN", town, "03-22 17:30")]
    limited.do("answer_limited", limited.handler, china("2012-03-23 09:00"), reply="灯已换好")
    assert duties(limited, "answer_limited", china("2012-03-23 10:00")) == [("LATE", town, "03-22 17:30")]
    assert list(check.check()) == []


def test_what_was_told_stays_wherever_it_is_told_when_the_calendar_changes(world: World) -> None:
    matter = Matter(world).assigned()
    matter.do("refer", matter.handler, opinion="要上级协调", leader=leader(world))
    before = duties(matter, "answer_limited", MONDAY)
    assert before == [("OPEN", world.other_town, "03-22 17:30")]
    calendars.set_days(
        organisation=world.county,
        since=dt.date(2012, 3, 12),
        until=dt.date(2012, 3, 14),
        kind=DayKind.HOLIDAY,
        title="抢修",
        day=MONDAY.date(),
        by=world.of(world.county, "office"),
    )
    assert told(matter) == {"answer_limited": "03-22 17:30"}
    assert duties(matter, "answer_limited", china("2012-03-19 09:00")) == before


def leader(world: World) -> int:
    return registry.enter(code="P1", name="样例领导", day=dt.date(2012, 1, 4), by=world.importer)


def test_an_import_and_a_page_count_from_the_same_moment(world: World) -> None:
    """What is brought in was known on its day; whoever goes on with it is held to what was told then."""
    (number,) = actions.file_many(
        by=world.importer,
        scheme="trial-2012",
        kind="matter",
        rows=[
            actions.Row(
                organisation=world.village,
                day=MONDAY.date(),
                values={"text": "路灯坏了", "via": "visit", "handler": world.other_town},
                moves=[("accept", MONDAY.date()), ("assign", MONDAY.date()), ("do_at_once", MONDAY.date())],
            )
        ],
    )
    matter = Matter(world)
    matter.record = Record.objects.get(id=number)
    assert told(matter) == {"answer": "03-08 17:30"}
    assert duties(matter, "answer", china("2012-03-07 09:00")) == [("OPEN", world.other_town, "03-08 17:30")]


def test_a_correction_puts_nothing_off(limited: Matter) -> None:
    clerk = replace(limited.world.of(limited.world.village, "clerk"), at=MONDAY)
    with pytest.raises(Problem) as found:
        actions.amend(by=clerk, record=limited.record.id, values={"due": "2012-03-30"}, reason="写错了")
    assert found.value.code == "ledger.promised_late"


def test_reopened_it_is_promised_anew(limited: Matter) -> None:
    limited.do("answer_limited", limited.handler, china("2012-03-14 09:00"), reply="灯已换好")
    limited.do("reopen", limited.requester, china("2012-03-15 09:00"), reason="又坏了")
    again = china("2012-03-15 10:00")
    assert told(limited) == {"do_at_once": "03-16 17:30"}
    limited.do("limit", limited.handler, again, opinion="换线", due="2012-03-30")
    town = limited.world.other_town
    assert duties(limited, "answer_limited", again) == [("MET", town, "03-15 17:30"), ("OPEN", town, "03-30 17:30")]
