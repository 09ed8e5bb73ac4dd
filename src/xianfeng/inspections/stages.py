"""How far a plan has got, and what the log says about how it got there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from xianfeng.inspections.models import InspectionPlan
from xianfeng.log import steps as log
from xianfeng.log.steps import Step
from xianfeng.sentences import say

STREAM = "inspection"


class Stage(StrEnum):
    PREPARED = "prepared"  # the frame is drawn up and may still be drawn up again
    SEALED = "sealed"  # fixed and entered
    TYPED = "typed"  # by hand: one has typed what was drawn
    DRAWN = "drawn"
    REVEALED = "revealed"
    VOID = "void"

    @property
    def word(self) -> str:
        return _TITLES[self]


_TITLES: Mapping[Stage, str] = {
    Stage.PREPARED: say("待封存"),
    Stage.SEALED: say("已封存，待抽取"),
    Stage.TYPED: say("已登记，待核对"),
    Stage.DRAWN: say("已抽取，督查中"),
    Stage.REVEALED: say("已公布"),
    Stage.VOID: say("已作废"),
}
OPEN = (Stage.PREPARED, Stage.SEALED, Stage.TYPED, Stage.DRAWN)
MOVES: Mapping[str, str] = {
    "prepare": say("列出名册"),
    "seal": say("封存名册"),
    "draw": say("抽取"),
    "type": say("登记摇号结果"),
    "confirm": say("核对摇号结果"),
    "retype": say("退回重新登记"),
    "visit": say("登记督查"),
    "miss": say("没有去成"),
    "reveal": say("公布结果"),
    "void": say("作废"),
}
_LEADS: Mapping[str, Stage] = {
    "prepare": Stage.PREPARED,
    "seal": Stage.SEALED,
    "draw": Stage.DRAWN,
    "type": Stage.TYPED,
    "confirm": Stage.DRAWN,
    "retype": Stage.SEALED,
    "reveal": Stage.REVEALED,
    "void": Stage.VOID,
}


def stage_after(moves: Iterable[str]) -> Stage:
    """Where a plan stands by what the log says was done to it."""
    return [_LEADS[move] for move in moves if move in _LEADS][-1]


def steps(plan: InspectionPlan) -> tuple[Step, ...]:
    """Everything that was done to it, in order, as the log has it."""
    return log.steps(STREAM, plan.id, MOVES)


def last(found: tuple[Step, ...], move: str) -> Step | None:
    return next((step for step in reversed(found) if step.move == move), None)
