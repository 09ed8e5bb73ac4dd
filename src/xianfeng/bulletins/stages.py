"""How far a manuscript has got, and what the log says about how it got there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from xianfeng.bulletins.models import Manuscript
from xianfeng.log import steps as log
from xianfeng.log.steps import Step
from xianfeng.sentences import say

STREAM = "bulletin"


class Stage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    SIGNED = "signed"
    ISSUED = "issued"
    DROPPED = "dropped"

    @property
    def word(self) -> str:
        return _TITLES[self]


_TITLES: Mapping[Stage, str] = {
    Stage.DRAFT: say("拟稿"),
    Stage.SUBMITTED: say("待核稿"),
    Stage.CHECKED: say("待签发"),
    Stage.SIGNED: say("待印发"),
    Stage.ISSUED: say("已印发"),
    Stage.DROPPED: say("已撤销"),
}
MOVES: Mapping[str, str] = {
    "draft": say("拟稿"),
    "reopen": say("改稿，回到拟稿"),
    "submit": say("送核"),
    "check": say("核稿"),
    "sign": say("签发"),
    "send_back": say("退回"),
    "drop": say("撤销"),
    "scan": say("附上签批单扫描件"),
    "issue": say("印发"),
}


def steps(manuscript: Manuscript) -> tuple[Step, ...]:
    """Everything that was done to it, in order, as the log has it."""
    return log.steps(STREAM, manuscript.id, MOVES)


def last(found: tuple[Step, ...], move: str) -> Step | None:
    """The last step of a sort since the text last went back to its author."""
    for step in reversed(found):
        if step.move == move:
            return step
        if step.move in ("reopen", "send_back"):
            return None
    return None
