"""What a requester says is his: those of whom he complains can neither rewrite it, nor take it away, nor speak for
him."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from tests.ledger import factories
from tests.ledger.factories import DAY, World
from tests.matters.course import MONDAY, Matter
from xianfeng.ledger import actions, rebuild, turns, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import intake
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry
from xianfeng.scheme.nodes import Scheme

LATER = MONDAY + dt.timedelta(days=1)


@pytest.fixture
def matter(world: World) -> Matter:
    return Matter(world)


def refused(doing: Any) -> set[str]:
    with pytest.raises(Problem) as found:
        doing()
    return {each.code for each in getattr(found.value, "problems", [found.value])}


def clerk(matter: Matter) -> Actor:
    return matter.world.of(matter.world.village, "clerk")


def superior(matter: Matter) -> Actor:
    return matter.world.of(matter.world.town)


@pytest.mark.parametrize(
    "values",
    [
        {"text": "没有什么事"},
        {"text": ""},
        {"private": False},
        {"phone": "13900000000"},
        {"addition": "不用办了"},
        {"satisfied": "satisfied"},
    ],
)
def test_nobody_corrects_what_its_requester_says(matter: Matter, values: dict[str, Any]) -> None:
    for by in (clerk(matter), superior(matter), matter.world.importer):
        amending = {"by": by, "record": matter.record.id, "values": values, "reason": "更正"}
        assert "ledger.said_by_another" in refused(lambda given=amending: actions.amend(**given))


def test_what_is_its_handlers_to_say_is_corrected(matter: Matter) -> None:
    same = {"text": matter.values["text"], "sort": "complaint"}  # as a form sends all that it shows
    record = actions.amend(by=clerk(matter), record=matter.record.id, values=same, reason="归类")
    assert json.loads(record.values)["sort"] == "complaint"


def test_a_move_writes_of_it_only_what_it_needs(matter: Matter) -> None:
    doing = {"by": clerk(matter), "record": matter.record.id, "day": MONDAY.date()}
    for values in ({"text": "没有什么事"}, {"satisfied": "satisfied"}, {"name": "别人"}):
        assert refused(lambda given=values: actions.move(**doing, move="accept", values=given)) == {
            "ledger.said_by_another"
        }
    matter.assigned()
    matter.do("do_at_once", matter.handler)
    matter.do("answer", matter.handler, reply="换好了")
    matter.do("call_back", clerk(matter), satisfied="basic", reason="打电话问过")
    assert (matter.record.state, matter.values["satisfied"]) == ("resolved", "basic")


def test_nobody_is_satisfied_before_there_is_an_answer(world: World) -> None:
    filing = {
        "by": world.author,
        "scheme": "trial-2012",
        "kind": "matter",
        "organisation": world.village,
        "day": DAY,
        "values": {"text": "路灯不亮", "via": "visit", "satisfied": "satisfied"},
    }
    assert refused(lambda: actions.file(**filing)) == {"ledger.said_later"}


def test_a_matter_is_withdrawn_by_a_superior_and_nobody_else(matter: Matter) -> None:
    withdrawing = {"record": matter.record.id, "reason": "重复"}
    on_behalf = {**withdrawing, "for_": matter.world.village}
    for by in (clerk(matter), replace(clerk(matter), role="office"), matter.requester):
        assert refused(lambda by=by: actions.withdraw(by=by, **withdrawing)) == {"ledger.wrong_actor"}
    assert actions.withdraw(by=superior(matter), **on_behalf).state == "withdrawn"


def test_its_own_records_a_unit_still_withdraws(world: World) -> None:
    record = world.file()
    assert actions.withdraw(by=world.author, record=record.id, reason="填错了", day=DAY).state == "withdrawn"


def test_its_requester_has_it_taken_up_again_and_its_clock_runs_anew(matter: Matter) -> None:
    actions.withdraw(by=replace(superior(matter), at=MONDAY), record=matter.record.id, reason="重复", day=MONDAY.date())
    assert turns.due(Record.objects.get(id=matter.record.id)) == ()
    taking_up = {"reason": "不是一回事"}
    for by in (clerk(matter), superior(matter)):
        assert refused(lambda by=by: matter.do("restore", by, LATER, **taking_up)) == {"ledger.wrong_actor"}
    assert refused(lambda: matter.do("accept", clerk(matter), LATER)) == {"ledger.withdrawn"}
    matter.do("restore", matter.requester, LATER, **taking_up)
    assert (matter.record.state, matter.values["reopened"]) == ("received", 1)
    (due,) = turns.due(matter.record)
    assert due.deadline.due == LATER + dt.timedelta(minutes=15)
    assert list(rebuild.check()) == []


def test_a_campaign_that_does_not_say_so_takes_none(world: World) -> None:
    text = factories.SCHEME.replace("trial-2012", "patrols-2012").replace("  matter: {intake: true}\n", "")
    actions.adopt(factories.package(text), by=world.importer)
    scheme = versions.current("patrols-2012")
    assert isinstance(scheme, Scheme)
    (taken,) = intake.takes(versions.current("trial-2012"))
    assert (taken.name, intake.takes(scheme)) == ("matter", ())
    filing = {
        "by": Actor(kind=ActorKind.COUNTERFOIL),
        "scheme": "patrols-2012",
        "kind": "matter",
        "organisation": world.village,
        "day": DAY,
        "values": {"text": "路灯不亮", "via": "web"},
    }
    assert refused(lambda: actions.file(**filing)) == {"ledger.wrong_actor"}


def test_a_bodys_people_handle_what_was_given_to_their_division(matter: Matter) -> None:
    world = matter.world
    attached = {"type": "body", "level": "township", "category": "party"}
    founding = registry.Founding(code="T-P", name="荆溪镇党委", parent=world.other_town, **attached)
    committee = world.of(registry.found(founding=founding, by=world.importer), "clerk")
    assert refused(lambda: matter.do("accept", committee)) == {"ledger.wrong_actor"}
    matter.assigned(world.other_town)
    assert matter.do("do_at_once", committee).state == "at_once"
    assert matter.do("answer", committee, LATER, reply="灯已换好").state == "answered"
    assert refused(lambda: matter.do("close", committee, LATER, reason="已答复")) == {"ledger.wrong_actor"}
