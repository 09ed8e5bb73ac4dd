"""Why no class is proposed where a value may be more than is known, in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.gradings.sheets import scheme, sheet
from xianfeng.gradings.lines import lines
from xianfeng.gradings.models import ProposalLine
from xianfeng.gradings.proposing import proposed
from xianfeng.gradings.telling import Told, told
from xianfeng.sentences import translated

RULE = """gradings:
  year:
    title: 定级
    kind: grading
    classes: {advanced: 92, average: 60, backward: 0}
    parts: {work: {title: 实绩, weight: 1, indicators: {share: {measure: share, full: 100, points: "value * 100"}}}}
    bars: {few: {title: 实事太少, when: "deeds < 2", at_most: average}}
    quotas: {advanced: {at_most: 1}}
"""


def line(*shares: str, floors: list[bool], deeds: str = "5") -> Told:
    """The first one's."""
    found = scheme(RULE)
    rule = found.gradings["year"]
    held = sheet({"share": shares, "deeds": [deeds] * len(shares)})
    held = replace(held, values={**held.values, "share": replace(held.values["share"], floors=np.array(floors))})
    organisation, place, grade, total, facts = next(iter(lines(rule, held, proposed(rule, held))))
    kept = ProposalLine(organisation_id=organisation, place_id=place, grade=grade, total=total, facts=facts)
    return told(found, rule, kept)


@pytest.mark.parametrize(
    ("shares", "floors", "deeds", "scored", "grade", "moved"),
    [
        (["0.950000"], [True], "5", "advanced", "advanced", ""),
        (["0.900000"], [True], "5", "", "", "得分在90.00和100.00之间"),
        (["0.900000"], [True], "1", "", "average", "实事太少"),
        (["0.930000", "0.940000"], [True, False], "5", "advanced", "", "名额够不够不能确定"),
        (["0.930000", "0.940000"], [False, False], "5", "advanced", "average", "先进名额已满"),
        (["0.930000", "0.920000"], [False, True], "5", "advanced", "", "名额够不够不能确定"),
    ],
)
def test_what_keeps_a_class_from_being_proposed_is_said(  # noqa: PLR0917
    shares: list[str], floors: list[bool], deeds: str, scored: str, grade: str, moved: str
) -> None:
    found = line(*shares, floors=floors, deeds=deeds)
    assert (found.scored, found.grade) == (scored, grade)
    (said,) = [translated(one) for one in found.moved] or [""]
    assert said.startswith(moved)
    assert bool(said) == bool(moved)


def test_only_what_may_be_more_is_told_as_at_least() -> None:
    open_, exact = line("0.900000", floors=[True]), line("0.900000", floors=[False])
    for found, is_floor in ((open_, True), (exact, False)):
        assert found.is_floor is is_floor
        assert [one.is_floor for one in found.indicators] == [is_floor]
        assert [one.is_floor for one in found.shares] == [is_floor]
