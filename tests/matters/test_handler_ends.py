"""The handler of a matter ends: whoever succeeds it goes on by the same clock, and where nobody does, its superior."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.ledger.factories import World
from tests.matters.course import MONDAY, Matter, china
from xianfeng.duties import check, matching, tick
from xianfeng.duties.models import Duty, Round, State
from xianfeng.ledger import rebuild
from xianfeng.ledger.history import history
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry

OPERATOR = Actor(kind=ActorKind.IMPORT, id=1)
ENDS = dt.date(2012, 3, 8)


@pytest.fixture
def limited(world: World) -> Matter:
    """荆溪村 has taken it on, to be answered by 20 March."""
    matter = Matter(world)
    matter.assigned(world.other_village)
    matter.do("limit", world.of(world.other_village, "clerk"), opinion="要重新埋线", due="2012-03-20")
    matching.catch_up(now=MONDAY)
    return matter


def waiting(matter: Matter) -> tuple[int, dt.datetime]:
    """Who has to answer it, and by when; nobody else has."""
    rounds = Round.objects.filter(kind="matter").values("id")
    (duty,) = Duty.objects.filter(round__in=rounds, begun_by=matter.record.id, state=State.OPEN)
    return duty.organisation, duty.due


def followed(matter: Matter) -> tuple[int, dt.datetime]:
    matching.catch_up(now=china("2012-03-08 18:00"))
    matter.record.refresh_from_db()
    assert list(check.check()) == []
    assert list(rebuild.check()) == []
    return waiting(matter)


def test_a_merger_gives_it_to_the_organisation_that_goes_on(limited: Matter) -> None:
    world = limited.world
    _, due = waiting(limited)
    registry.merge(organisations=[world.other_village], into=world.village, day=ENDS, by=OPERATOR)
    assert followed(limited) == (world.village, due)
    assert (limited.record.state, limited.values["handler"]) == ("limited", world.village)
    last = history(limited.record.id)[-1]
    assert (last.action, last.reason) == ("hand_over", "承办单位撤并，由承接组织继续承办")
    assert limited.do("answer_limited", world.of(world.village), china("2012-03-09 09:00"), reply="灯已换好").state == (
        "answered"
    )


def test_a_split_gives_it_to_whom_it_was_promised(limited: Matter) -> None:
    world = limited.world
    _, due = waiting(limited)
    registry.split(
        organisation=world.other_village,
        into=[world.village, world.town],
        heir=world.village,
        day=ENDS,
        by=OPERATOR,
        successors={f"handled:{limited.record.id}": world.town},
    )
    assert followed(limited) == (world.town, due)


def test_without_successor_its_superior_has_it_and_entrusts_it_by_the_same_clock(limited: Matter) -> None:
    world = limited.world
    _, due = waiting(limited)
    registry.close(organisation=world.other_village, day=ENDS, by=OPERATOR)
    assert followed(limited) == (world.other_town, due)
    assert "由它的上级承办或者另行交办" in history(limited.record.id)[-1].reason
    limited.do("entrust", limited.handler, china("2012-03-08 18:00"), handler=world.town, reason="线路归镇里管")
    assert followed(limited) == (world.town, due)


def test_what_is_answered_for_still_needs_a_successor(limited: Matter) -> None:
    """It may go up from its handler; whoever received it answers for it, and then somebody else has to."""
    with pytest.raises(Problem) as refused:
        registry.close(organisation=limited.world.village, day=ENDS, by=OPERATOR)
    assert refused.value.code == "registry.items_open"


def test_what_was_late_stays_late_for_the_successor(limited: Matter) -> None:
    """It was promised for Tuesday 20 March."""
    world = limited.world
    day = china("2012-03-21 09:00")
    tick.tick(now=day)
    registry.merge(organisations=[world.other_village], into=world.village, day=day.date(), by=OPERATOR)
    matching.catch_up(now=day)
    organisation, due = waiting(limited)
    assert organisation == world.village
    assert due == china("2012-03-20 17:30")
