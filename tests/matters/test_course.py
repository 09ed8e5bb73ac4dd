"""A matter from its filing to its end: who may do what on the way, and what the flow keeps by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.ledger.factories import World
from tests.matters.course import Matter, china
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.history import history
from xianfeng.ledger.mentions import naming
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem


@pytest.fixture
def matter(world: World) -> Matter:
    return Matter(world)


def refused(doing: Any) -> Problem:
    with pytest.raises(Problem) as found:
        doing()
    return found.value


def test_it_goes_from_its_requester_by_its_handler_back_to_him(matter: Matter) -> None:
    matter.assigned()
    matter.do("do_at_once", matter.handler)
    matter.do("answer", matter.handler, reply="路灯已经换好。")
    matter.do("confirm", matter.requester, satisfied="satisfied")
    assert matter.record.state == "resolved"
    acted = [event.actor.partition(":")[0] for event in history(matter.record.id)]
    assert acted == ["counterfoil", "appointment", "appointment", "appointment", "appointment", "counterfoil"]
    assert list(rebuild.check()) == []


def test_a_handler_handles_wherever_it_stands_and_corrects_nothing(matter: Matter) -> None:
    matter.assigned()
    assert list(naming(matter.world.other_town)) == [matter.record.id]
    other = matter.world.of(matter.world.other_village, "clerk")
    assert refused(lambda: matter.do("do_at_once", other)).code == "ledger.wrong_actor"
    again = {"record": matter.record.id, "values": {"text": "别的"}, "reason": "改"}
    assert refused(lambda: actions.amend(by=matter.handler, **again)).code == "ledger.wrong_actor"
    assert refused(lambda: matter.do("do_at_once", matter.handler, sort="other")).code == "ledger.not_asked"


def test_the_third_refusal_goes_up_for_assignment(matter: Matter) -> None:
    clerk = matter.world.of(matter.world.village, "clerk")
    matter.assigned()
    assert refused(lambda: matter.do("refuse_finally", matter.handler, reason="不归我们管")).code == "ledger.guard"
    for _ in range(2):
        matter.do("refuse", matter.handler, reason="不归我们管")
        matter.do("assign", clerk, handler=matter.world.other_town)
    assert refused(lambda: matter.do("refuse", matter.handler, reason="不归我们管")).code == "ledger.guard"
    matter.do("refuse_finally", matter.handler, reason="不归我们管")
    assert (matter.record.state, matter.values["refusals"]) == ("disputed", 3)
    assert refused(lambda: matter.do("designate", clerk, handler=matter.world.town, reason="指定")).code == (
        "ledger.wrong_actor"
    )
    superior = matter.world.of(matter.world.town)
    matter.do("designate", superior, handler=matter.world.other_town, reason="职责如此")
    assert refused(lambda: matter.do("refuse", matter.handler, reason="不归我们管")).code == "ledger.wrong_state"


def test_handing_over_needs_a_reason_and_lets_the_next_handle(matter: Matter) -> None:
    matter.assigned()
    matter.do("do_at_once", matter.handler)
    to = matter.world.other_village
    assert refused(lambda: matter.do("forward", matter.handler, handler=to)).code == "ledger.reason"
    matter.do("forward", matter.handler, handler=to, reason="路灯归村里管")
    assert refused(lambda: matter.do("do_at_once", matter.handler)).code == "ledger.wrong_actor"
    assert matter.do("do_at_once", matter.world.of(to, "clerk")).state == "at_once"


def test_whoever_handles_it_is_one_of_those_that_the_campaign_binds(matter: Matter) -> None:
    told = refused(lambda: matter.assigned(to=matter.world.province))
    assert (told.code, told.field) == ("ledger.handler_outside", "handler")


def test_its_requester_learns_why_it_was_handed_on_put_off_confirmed_or_closed(matter: Matter) -> None:
    clerk, to = matter.world.of(matter.world.village, "clerk"), matter.world.other_village
    matter.assigned()
    matter.do("limit", matter.handler, opinion="要重新埋线", due="2012-03-20")
    matter.do("extend", matter.handler, due="2012-03-27", reason="线材未到")
    matter.do("forward", matter.handler, handler=to, reason="路灯归村里管")
    matter.do("do_at_once", matter.world.of(to, "clerk"))
    matter.do("answer", matter.world.of(to, "clerk"), reply="不在规划内")
    matter.do("close", clerk, reason="今年没有预算")
    told = [event.reason for event in history(matter.record.id) if event.public]
    assert told == ["线材未到", "路灯归村里管", "今年没有预算"]


def test_it_is_extended_before_expiry_only_and_once(matter: Matter) -> None:
    """What is promised for Tuesday 20 March is extended until then, by five working days at most: to the 27th."""
    matter.assigned()
    matter.do("limit", matter.handler, opinion="要重新埋线", due="2012-03-20")
    late, last = china("2012-03-21 09:00"), china("2012-03-20 17:00")
    told = {"due": "2012-03-27", "reason": "线材未到"}
    assert refused(lambda: matter.do("extend", matter.handler, late, **told)).code == "ledger.guard"
    too_far = refused(lambda: matter.do("extend", matter.handler, last, **{**told, "due": "2012-03-28"}))
    assert (too_far.code, too_far.field) == ("ledger.promised_late", "due")
    matter.do("extend", matter.handler, last, **told)
    assert refused(lambda: matter.do("extend", matter.handler, late, **told)).code == "ledger.wrong_state"


def test_its_requester_reopens_what_was_not_resolved(matter: Matter) -> None:
    matter.assigned()
    matter.do("do_at_once", matter.handler)
    matter.do("answer", matter.handler, reply="已换好")
    matter.do("reopen", matter.requester, reason="还有一盏不亮")
    assert (matter.record.state, matter.values["reopened"]) == ("assigned", 1)
    assert {"reply", "satisfied"}.isdisjoint(matter.values)
    matter.do("do_at_once", matter.handler)
    assert refused(lambda: matter.do("answer", matter.handler)).code == "ledger.needs"


def test_what_was_closed_without_resolution_is_not_resolved(matter: Matter) -> None:
    clerk = matter.world.of(matter.world.village, "clerk")
    matter.assigned()
    matter.do("do_at_once", matter.handler)
    matter.do("answer", matter.handler, reply="不在规划内")
    assert refused(lambda: matter.do("confirm", clerk, satisfied="satisfied")).code == "ledger.wrong_actor"
    assert refused(lambda: matter.do("close", clerk)).code == "ledger.reason"
    assert matter.do("close", clerk, reason="今年没有预算").state == "closed"


def test_its_requester_adds_to_it_wherever_it_stands_and_to_no_other(matter: Matter) -> None:
    matter.do("add", matter.requester, addition="是村东头那三盏")
    assert matter.record.state == "received"
    matter.assigned()
    matter.do("add", matter.requester, addition="现在四盏都不亮")
    assert (matter.record.state, matter.values["addition"]) == ("assigned", "是村东头那三盏\n\n现在四盏都不亮")
    stranger = Actor(kind=ActorKind.COUNTERFOIL, id=matter.record.id + 1)
    assert refused(lambda: matter.do("add", stranger, addition="别的")).code == "ledger.wrong_actor"
    assert (
        refused(lambda: matter.do("assign", matter.requester, handler=matter.world.town)).code == "ledger.wrong_state"
    )


def test_nobody_fills_in_what_the_flow_keeps(matter: Matter) -> None:
    clerk = matter.world.of(matter.world.village, "clerk")
    told = refused(lambda: matter.do("accept", clerk, refusals=2))
    assert (told.code, told.field) == ("ledger.kept", "refusals")


def test_its_requesters_name_and_telephone_are_no_part_of_it(matter: Matter) -> None:
    entry = json.dumps(matter.values, ensure_ascii=False)
    assert "王大山" not in entry
    assert "13850012345" not in entry
    assert set(json.loads(matter.record.personal)) == {"name", "phone"}
