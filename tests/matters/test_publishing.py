"""Making a matter public: by nobody's form, of what its requester allows, and with nothing that leads to a person."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.ledger.factories import World
from tests.matters.course import MONDAY, WISH, Matter
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem

OPEN = replace(WISH, private=False)
SAID = {"text": "王大山说村口的路灯坏了，打138 5001 2345。", "reply": "已修好，证号350102198001011234，编号８７６５。"}


@pytest.fixture
def answered(world: World) -> Matter:
    return _answered(Matter(world, OPEN))


def _answered(matter: Matter) -> Matter:
    matter.assigned()
    matter.do("do_at_once", matter.handler)
    matter.do("answer", matter.handler, reply="路灯已经换好。")
    return matter


def published(matter: Matter, outcome: str = "answered") -> Record:
    return actions.file(
        by=matter.world.of(matter.world.village, "clerk"),
        scheme="trial-2012",
        kind="public_reply",
        organisation=matter.world.village,
        day=MONDAY.date(),
        values={"matter": matter.record.id, "outcome": outcome, **SAID},
    )


def test_what_leads_to_a_person_is_taken_out_whoever_writes_it(answered: Matter) -> None:
    reply = published(answered)
    values = json.loads(reply.values)
    assert values["text"] == "■■■■说村口的路灯坏了，打■■■■。"
    assert values["reply"] == "已修好，证号■■■■，编号８７６５。"
    clerk = answered.world.of(answered.world.village, "clerk")
    told = {"reply": "请王 大 山再打13850012345。"}
    amended = actions.amend(by=clerk, record=reply.id, values=told, reason="补充")
    assert json.loads(amended.values)["reply"] == "请■■■■再打■■■■。"


@pytest.mark.parametrize("private", [True, None])
def test_nothing_is_published_unless_its_requester_lets_it(world: World, private: bool | None) -> None:
    with pytest.raises(Problem) as refused:
        published(_answered(Matter(world, replace(WISH, private=private))))  # type: ignore[arg-type]
    assert refused.value.code == "ledger.check"


@pytest.mark.parametrize("outcome", ["resolved", "closed"])
def test_the_outcome_is_the_matter_s_own(answered: Matter, outcome: str) -> None:
    with pytest.raises(Problem) as refused:
        published(answered, outcome)
    assert (refused.value.code, "结果为诉求的状态" in refused.value.hint) == ("ledger.check", True)


def test_what_was_not_answered_yet_is_not_published(world: World) -> None:
    with pytest.raises(Problem):
        published(Matter(world, OPEN), "resolved")
