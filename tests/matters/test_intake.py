"""How a matter comes in: one number of the hotline is one matter, to whomever it was passed on; whose its code is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ledger.factories import World
from tests.matters.course import MONDAY, WISH, Matter
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.matters.intake import Wish

PASSED_ON = replace(WISH, via="hotline", hotline="GD77")


def brought(world: World, organisation: int, wish: Wish = PASSED_ON) -> Record:
    by: Actor = replace(world.of(organisation, "clerk"), at=MONDAY)
    return intake.file(by=by, scheme="trial-2012", organisation=organisation, wish=wish, code=codes.fresh())


@pytest.mark.parametrize("again", ["GD77 ", "gd77", "ＧＤ-77", " GD 77"])
def test_a_number_of_the_hotline_is_one_matter_however_it_is_typed(world: World, again: str) -> None:
    first = brought(world, world.village)
    assert brought(world, world.village, replace(PASSED_ON, hotline=again)) == first
    assert Record.objects.filter(kind="matter").count() == 1


def test_and_to_whomever_of_the_campaign_it_was_passed_on(world: World) -> None:
    first = brought(world, world.city, replace(PASSED_ON, text="市里转来：路灯坏了"))
    assert brought(world, world.village) == first
    assert Record.objects.filter(kind="matter").count() == 1


def test_a_code_is_its_requester_s_alone_until_a_clerk_has_seen_one(world: World) -> None:
    by_himself = Matter(world)
    assert counterfoils.kept_alone(by_himself.record)
    assert not counterfoils.kept_alone(brought(world, world.village))
    clerk = world.of(world.village, "clerk")
    told = {"phone": "13850012345"}
    counterfoils.renew(by=clerk, record=by_himself.record.id, code=codes.fresh(), told=told, reason="核对了电话")
    assert not counterfoils.kept_alone(by_himself.record)
