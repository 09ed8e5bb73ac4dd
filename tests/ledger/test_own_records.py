"""A member and the promise that names him: its author's moves are his to make, and nothing else is."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.actions import enter

LATER = DAY + dt.timedelta(days=5)


def member(world: World, code: str = "m-1", *, at: int | None = None) -> Actor:
    person = enter(code=code, name="党员", day=DAY, by=world.importer)
    return Actor(kind=ActorKind.APPOINTMENT, id=900, organisation=at or world.village, role="member", person=person)


def promise(world: World, by: Actor) -> Record:
    filed = actions.file(
        by=world.author,
        scheme="trial-2012",
        kind="commitment",
        organisation=world.village,
        day=DAY,
        values={"promiser": "member", "person": by.person, "text": "周二读报"},
        state="submitted",
    )
    return actions.move(by=world.of(world.town), record=filed.id, move="review", day=DAY)


def test_whom_a_promise_names_adjusts_it_with_a_reason(world: World) -> None:
    own = member(world)
    record = promise(world, own)
    changed = actions.move(
        by=own, record=record.id, move="adjust", day=LATER, values={"text": "周四读报"}, reason="周二开会"
    )
    assert json.loads(changed.values)["text"] == "周四读报"
    last = history(record.id)[-1]
    assert (last.action, last.reason, last.actor) == ("adjust", "周二开会", "appointment:900")


def test_he_corrects_and_withdraws_nothing_and_reviews_nothing(world: World) -> None:
    own = member(world)
    record = promise(world, own)
    for doing in (
        lambda: actions.amend(by=own, record=record.id, values={"text": "别的"}, reason="改", day=LATER),
        lambda: actions.withdraw(by=own, record=record.id, reason="不要了", day=LATER),
        lambda: actions.move(by=own, record=record.id, move="lapse", day=LATER),
    ):
        with pytest.raises(Problem) as refused:
            doing()
        assert refused.value.code == "ledger.wrong_actor"


def test_a_promise_that_names_another_is_not_his(world: World) -> None:
    other = member(world, "m-2")
    record = promise(world, member(world))
    with pytest.raises(Problem) as refused:
        actions.move(by=other, record=record.id, move="adjust", day=LATER, values={"text": "别的"}, reason="改")
    assert refused.value.code == "ledger.wrong_actor"


def test_nor_is_his_own_from_another_organisation(world: World) -> None:
    record = promise(world, own := member(world))
    above = Actor(kind=ActorKind.APPOINTMENT, id=901, organisation=world.town, role="member", person=own.person)
    with pytest.raises(Problem) as refused:
        actions.move(by=above, record=record.id, move="adjust", day=LATER, reason="改", for_=world.village)
    assert refused.value.code == "ledger.wrong_actor"


def test_he_cannot_put_another_in_his_place(world: World) -> None:
    own, other = member(world), member(world, "m-2")
    record = promise(world, own)
    with pytest.raises(Problem) as refused:
        actions.move(by=own, record=record.id, move="adjust", day=LATER, values={"person": other.person}, reason="改")
    assert "承诺党员" in str(refused.value)
