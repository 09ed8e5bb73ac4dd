"""How far a round has got, and what the log says about how it got there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from xianfeng.evaluations.models import EvaluationRound
from xianfeng.ledger import powers, versions
from xianfeng.log import steps as log
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

STREAM = "evaluation"


class Stage(StrEnum):
    PREPARED = "prepared"
    FROZEN = "frozen"
    ISSUED = "issued"
    CLOSED = "closed"
    PUBLISHED = "published"
    ANNULLED = "annulled"

    @property
    def word(self) -> str:
        return _TITLES[self]


_TITLES: Mapping[Stage, str] = {
    Stage.PREPARED: say("准备"),
    Stage.FROZEN: say("已封存名单"),
    Stage.ISSUED: say("正在投票"),
    Stage.CLOSED: say("已截止，正在计票"),
    Stage.PUBLISHED: say("已公布"),
    Stage.ANNULLED: say("已作废"),
}
MOVES: Mapping[str, str] = {
    "begin": say("准备一轮评议"),
    "freeze": say("封存名单和题目"),
    "draw": say("抽取参评人员"),
    "type": say("登记当众抽取的参评人员"),
    "retype": say("退回重新登记"),
    "confirm": say("核对当众抽取的参评人员"),
    "poll": say("开设网上投票"),
    "page": say("封存投票网页"),
    "take": say("取回网上投票的结果"),
    "lot": say("写明用哪个数抽取回访的人"),
    "called": say("录入电话回访的结果"),
    "issue": say("登记发出的评议票"),
    "close": say("截止收票"),
    "count": say("录入计票单"),
    "settle": say("复核计票单"),
    "reveal": say("公开抽取的密数"),
    "publish": say("公布结果"),
    "correct": say("更正结果"),
    "show": say("公布一条文字意见"),
    "drop": say("删去一条文字意见"),
    "take_back": say("撤下一条文字意见"),
    "annul": say("作废"),
}
TELLING = ("publish", "correct")  # steps whose entry says what is published from there on


def steps(row: EvaluationRound, *moves: str) -> tuple[Step, ...]:
    """What was done to it, in order, as the log has it: by these moves, or everything."""
    return log.steps(STREAM, row.id, MOVES, moves)


def last(row: EvaluationRound, move: str) -> Step:
    """The step that was taken, the last of its sort."""
    return steps(row, move)[-1]


def rule_of(row: EvaluationRound) -> tuple[Scheme, Evaluation]:
    """The campaign and its rule: as frozen; before that as they are now, or as they were when it was begun."""
    begun, now = versions.scheme(row.version), versions.current(row.scheme)
    scheme = now if row.stage == Stage.PREPARED and row.evaluation in now.evaluations else begun
    return scheme, scheme.evaluations[row.evaluation]


def opened(number: int, by: Actor, *, at: tuple[Stage, ...], doing: str) -> EvaluationRound:
    """The round, held for a step of whoever runs the campaign; within the caller's transaction."""
    held = EvaluationRound.objects.select_for_update().filter(id=number).first()
    if held is None:
        raise Problem("evaluations.no_round", say("没有第{number}号评议。", number=number), hint="从列表中选择。")
    powers.refuse_other_offices(versions.current(held.scheme), by, doing)
    if held.stage not in at:
        told = say("这一轮{stage}，不能{doing}。", stage=Stage(held.stage).word, doing=doing)
        raise Problem("evaluations.not_now", told, hint="刷新页面，看现在该做哪一步。")
    return held


def note(row: EvaluationRound, action: str, by: Actor, *, body: Mapping[str, Any]) -> int:
    """Write down a step; last in its transaction."""
    (seq,) = note_all(row, action, by, bodies=[body])
    return seq


def note_all(row: EvaluationRound, action: str, by: Actor, *, bodies: Iterable[Mapping[str, Any]]) -> range:
    """The same step for several at once."""
    return append([entry(action, by, about=row.id, version=row.version, body=body) for body in bodies], by=by)


def entry(action: str, by: Actor, *, about: int | None, version: str, body: Mapping[str, Any]) -> Draft:
    return log.entry(STREAM, action, by, about=about, version=version, body=body)
