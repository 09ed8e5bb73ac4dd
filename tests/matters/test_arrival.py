"""A matter that has come is told and counted at once, whatever became of its campaign."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.ledger.factories import DAY, World
from tests.matters.course import MONDAY, WISH, Matter
from xianfeng.duties import owed, tick
from xianfeng.matters import codes, intake
from xianfeng.messages.models import Message
from xianfeng.registry import actions as registry

NEXT_YEAR = dt.datetime(2013, 3, 4, 9, 0, tzinfo=MONDAY.tzinfo)  # the campaign is over; a Monday


@pytest.fixture
def matter(world: World) -> Matter:
    person = registry.enter(code="clerk-1", name="村干部", day=DAY, by=world.importer)
    registry.appoint(person=person, organisation=world.village, role="clerk", day=DAY, by=world.importer)
    return Matter(world, at=NEXT_YEAR)


def counted(organisation: int, now: dt.datetime) -> tuple[int, int]:
    tick.tick(now=now)
    return owed.overdue(organisation, now=now), owed.soon(organisation, now=now)


def test_whoever_has_it_in_hand_is_told_once_by_when(matter: Matter) -> None:
    (told,) = Message.objects.filter(link=f"/records/{matter.record.id}").values_list("words", flat=True).distinct()
    assert "09:15" in told
    again = {"scheme": "trial-2012", "organisation": matter.world.village, "wish": WISH, "code": matter.code}
    intake.file(by=intake.CITIZEN, **again)
    assert Message.objects.filter(link=f"/records/{matter.record.id}").count() == 1


def test_whoever_wrote_it_down_himself_is_not_told(matter: Matter) -> None:
    before = Message.objects.count()
    clerk = replace(matter.world.of(matter.world.village, "clerk"), at=MONDAY)
    intake.file(by=clerk, scheme="trial-2012", organisation=matter.world.village, wish=WISH, code=codes.fresh())
    assert Message.objects.count() == before


def test_its_clock_is_counted_while_it_runs_and_when_it_has_run_out(matter: Matter) -> None:
    village, town = matter.world.village, matter.world.other_town
    assert counted(village, NEXT_YEAR) == (0, 1)
    assert counted(village, NEXT_YEAR + dt.timedelta(minutes=16)) == (1, 0)
    later = NEXT_YEAR + dt.timedelta(minutes=20)
    matter.assigned(at=later)
    assert counted(village, later) == (0, 0)
    assert counted(town, later) == (0, 1)
