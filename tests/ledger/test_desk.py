"""A body and the division that it is attached to are one desk: its people do the division's work, and nothing that
takes the division's place above others."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.history import history
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry

LATER = DAY + dt.timedelta(days=1)


def body(world: World, under: int, code: str, name: str) -> int:
    founding = registry.Founding(code=code, name=name, type="body", level="township", category="party", parent=under)
    return registry.found(founding=founding, by=world.importer)


@pytest.fixture
def committee(world: World) -> int:
    return body(world, world.town, "T-P", "青口镇党委")


def refused(committee: int, world: World, *, role: str = "secretary", **given: object) -> set[str]:
    with pytest.raises(Problem) as told:
        actions.move(by=world.of(committee, role), day=LATER, **given)  # type: ignore[arg-type]
    return {each.code for each in getattr(told.value, "problems", [told.value])}


def test_it_files_for_its_division_and_takes_that_further(world: World, committee: int) -> None:
    by = world.of(committee, "clerk")
    record = world.file(by=by, organisation=world.town, for_=world.town, state="draft")
    assert (record.organisation, record.holder) == (world.town, world.town)
    actions.move(by=by, record=record.id, move="hold", day=LATER, for_=world.town)
    actions.amend(by=by, record=record.id, values={"count": 13}, reason="补报一人", for_=world.town)
    assert {(event.organisation, event.on_behalf) for event in history(record.id)} == {(committee, world.town)}
    assert list(rebuild.check()) == []


def test_it_says_for_whom_it_files(world: World, committee: int) -> None:
    with pytest.raises(Problem, check=lambda problem: problem.code == "ledger.wrong_actor"):
        world.file(by=world.of(committee), organisation=world.town)


def test_it_files_for_nobody_else(world: World, committee: int) -> None:
    """Neither for those below its division or above it, nor for another, nor for another body of the same one."""
    league = body(world, world.town, "T-L", "青口镇团委")
    group = body(world, committee, "T-P-1", "青口镇机关支部")
    for organisation in (world.village, world.county, world.other_town, league):
        with pytest.raises(Problem, check=lambda problem: problem.code == "ledger.wrong_actor"):
            world.file(by=world.of(committee), organisation=organisation, for_=organisation)
    with pytest.raises(Problem, check=lambda problem: problem.code == "ledger.wrong_actor"):
        world.file(by=world.of(group), organisation=world.town, for_=world.town)


def test_what_is_its_divisions_own_it_does_not_do(world: World, committee: int) -> None:
    """Reviewing those below, a role that is held there, what the office of the campaign does."""
    below = world.file()
    own = world.file(by=world.of(world.town), organisation=world.town)
    assert refused(committee, world, record=below.id, move="check") == {"ledger.wrong_actor"}
    for role in ("secretary", "supervisor"):
        given = {"record": own.id, "move": "check", "for_": world.town}
        assert refused(committee, world, role=role, **given) == {"ledger.wrong_actor"}
    actions.move(by=world.of(world.county), record=own.id, move="check", day=LATER)
    office = {"record": own.id, "move": "archive", "for_": world.town}
    assert refused(committee, world, role="office", **office) == {"ledger.wrong_actor"}


def test_a_body_that_has_ended_files_for_nobody(world: World, committee: int) -> None:
    registry.close(organisation=committee, day=LATER, by=world.importer)
    with pytest.raises(Problem, check=lambda problem: problem.code == "ledger.wrong_actor"):
        world.file(by=world.of(committee), organisation=world.town, for_=world.town)


def test_a_link_of_the_body_is_the_bodys_alone(world: World, committee: int) -> None:
    link = Actor(kind=ActorKind.LINK, id=1, organisation=committee)
    with pytest.raises(Problem, check=lambda problem: problem.code == "ledger.wrong_actor"):
        world.file(by=link, organisation=world.town, for_=world.town, state=None)
