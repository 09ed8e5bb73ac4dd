"""A code that was lost is replaced for whoever is known as the requester, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.ledger.factories import World
from tests.matters.course import MONDAY, WISH, Matter
from xianfeng.ledger import rebuild
from xianfeng.ledger.history import history
from xianfeng.matters import codes, counterfoils
from xianfeng.problems import Problem
from xianfeng.vault.models import PersonalRead

REASON = "报出了日期和经过"


def renewed(matter: Matter, code: str, **changed: Any) -> None:
    given: dict[str, Any] = {
        "by": replace(matter.world.of(matter.world.village, "clerk"), at=MONDAY),
        "told": {"phone": "138 5001-2345"},
        "reason": REASON,
        **changed,
    }
    counterfoils.renew(record=matter.record.id, code=code, **given)


def test_another_code_ends_the_one_before_and_an_entry_says_so(world: World) -> None:
    matter, code = Matter(world), codes.fresh()
    renewed(matter, code)
    assert counterfoils.opened(matter.code) is None
    assert counterfoils.opened(code) == matter.record
    last = history(matter.record.id)[-1]
    assert (last.title, last.reason, last.organisation) == ("补发查询码", REASON, world.village)
    assert list(rebuild.check()) == []


def test_the_same_page_sent_twice_gives_one_code(world: World) -> None:
    matter, code = Matter(world), codes.fresh()
    renewed(matter, code)
    renewed(matter, code)
    assert [event.action for event in history(matter.record.id)] == ["file", "renew_code"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"told": {"phone": "13850012346"}}, "matters.other_requester", id="another telephone"),
        pytest.param({"told": {"name": "王大山", "phone": "1"}}, "matters.other_requester", id="one of two is wrong"),
        pytest.param({"told": {"name": " ", "phone": ""}}, "matters.not_known", id="nothing told"),
        pytest.param({"told": {"text": "路灯"}}, "matters.not_known", id="what everybody may know"),
        pytest.param({"reason": " "}, "matters.unexplained", id="not said how he was known"),
    ],
)
def test_a_stranger_gets_none(world: World, changed: dict[str, Any], code: str) -> None:
    matter = Matter(world)
    with pytest.raises(Problem) as refused:
        renewed(matter, codes.fresh(), **changed)
    assert refused.value.code == code
    assert counterfoils.opened(matter.code) == matter.record


def test_asking_in_vain_is_written_down(world: World) -> None:
    matter = Matter(world)
    with pytest.raises(Problem):
        renewed(matter, codes.fresh(), told={"phone": "13850012346"})
    assert set(PersonalRead.objects.values_list("field", flat=True)) == {"matter.name", "matter.phone"}


def test_who_told_nothing_of_himself_is_known_by_what_happened(world: World) -> None:
    matter, code = Matter(world, replace(WISH, name="", phone="")), codes.fresh()
    renewed(matter, code, told={})
    assert counterfoils.opened(code) == matter.record


def test_whoever_handles_it_gives_out_no_codes(world: World) -> None:
    matter = Matter(world).assigned()
    with pytest.raises(Problem) as refused:
        renewed(matter, codes.fresh(), by=replace(matter.handler, at=MONDAY))
    assert refused.value.code == "ledger.wrong_actor"
