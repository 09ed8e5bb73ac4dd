"""Electors are called after an online round, drawn by lot: did those vote whose code was used, and those not whose was
not?

The house knows neither codes nor electors. It says beforehand which public value decides, when issuers are bound to
what was used (`ballots.calls`); observers draw, somebody else calls, and two people type in how many said what. That
is all that is kept, and it is told beside the results.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from xianfeng import lots
from xianfeng.ballots import calls as ballots
from xianfeng.ballots.calls import Outcome
from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import polls, stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.polls import OnlineResult
from xianfeng.evaluations.sample import Lot
from xianfeng.evaluations.stages import Stage
from xianfeng.log import seals
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.sentences import say

_SINCE = (Stage.CLOSED, Stage.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class Calls:
    """What was heard of an electorate."""

    used: Outcome
    unused: Outcome


@dataclass(frozen=True, kw_only=True)
class Due:
    """How many of an electorate are called, and what has been typed in. `told`: since two people typed the same."""

    electorate: int
    used: int
    unused: int
    first: bool
    told: Calls | None

    @property
    def to_call(self) -> int:
        return self.used + self.unused


@transaction.atomic
def announce(*, number: int, lot: Lot, by: Actor) -> None:
    """By which public value the lot falls: once, when all counts are taken and sealed, before the value is known."""
    row = stages.opened(number, by, at=_SINCE, doing=say("安排电话回访"))
    if announced(row) is not None:
        raise Problem("evaluations.calls_announced", "已经写明用哪个数抽取。", hint="到那一天由监票人抽取。")
    waiting = polls.of(row).values() - polls.results(row).keys()
    if waiting or not due(row):
        hint = say("有网上投票、方案写了 calls 的才回访；结果都取回以后再安排。")
        raise Problem("evaluations.calls_none", "现在没有可以回访的参评人员。", hint=hint)
    lot.refuse(today=timezone.localdate(by.moment))
    stages.note(row, "lot", by, body={"value": lot.value.strip(), "known": lot.known.isoformat()})
    seals.seal(by=by)


@transaction.atomic
def enter(*, number: int, electorate: int, called: Calls, by: Actor) -> bool:
    """How many said what: whether somebody else had typed the same before, so that it is told."""
    row = stages.opened(number, by, at=_SINCE, doing=say("录入电话回访的结果"))
    lot, one = announced(row), due(row).get(electorate)
    if lot is None or one is None:
        raise Problem("evaluations.calls_unannounced", "还没有写明用哪个数抽取。", hint="先写明，到那一天再抽取。")
    lots.refuse_early(lot.known, today=timezone.localdate(by.moment))
    if one.told is not None:
        raise Problem("evaluations.calls_told", "这组参评人员的回访结果已经录过两遍。", hint="看下一组。")
    _refuse(one, called)
    said = {"used": asdict(called.used), "unused": asdict(called.unused)}
    before = _typed(row).get(electorate)
    if not by.apart(before["person"] if before else None):
        raise Problem("evaluations.same_hand", "两遍要由两个人录。", hint="请另一个人对着同一张单子再录一遍。")
    agreed = before is not None and before["called"] == said
    body = {"electorate": electorate, "person": by.person, "called": said, "agreed": agreed}
    stages.note(row, "called", by, body=body)
    return agreed


def announced(row: EvaluationRound) -> Lot | None:
    """By which public value those to be called are drawn."""
    said = next((step.body for step in stages.steps(row, "lot")), None)
    return Lot(value=said["value"], known=dt.date.fromisoformat(said["known"])) if said else None


def due(row: EvaluationRound) -> dict[int, Due]:
    """By electorate: of all that voted online and are called, how many."""
    found = {one.electorate: one.poll for one in polls.held(row) if one.poll.calls}
    if not found:
        return {}
    taken, typed = polls.results(row), _typed(row)
    return {number: _due(taken[number], poll, typed.get(number)) for number, poll in found.items() if number in taken}


def _due(taken: OnlineResult, poll: Poll, typed: Mapping[str, Any] | None) -> Due:
    used, unused = ballots.due(poll, used=taken.used, unused=taken.unused)
    return Due(
        electorate=taken.electorate,
        used=used,
        unused=unused,
        first=typed is not None,
        told=_called(typed["called"]) if typed is not None and typed["agreed"] else None,
    )


def _called(said: Mapping[str, Any]) -> Calls:
    return Calls(used=Outcome(**said["used"]), unused=Outcome(**said["unused"]))


def _typed(row: EvaluationRound) -> dict[int, Mapping[str, Any]]:
    """By electorate: what was typed in last."""
    return {step.body["electorate"]: step.body for step in stages.steps(row, "called")}


def _refuse(one: Due, called: Calls) -> None:
    halves = ((say("票码用过的"), called.used, one.used), (say("票码没用过的"), called.unused, one.unused))
    for half, outcome, many in halves:
        if min(outcome.confirmed, outcome.denied, outcome.unreached) < 0 or outcome.called != many:
            told = say("{half}抽了{many}人，录的加起来是{n}人。", half=half, many=many, n=outcome.called)
            raise Problem("evaluations.calls_sum", told, hint="没打通的也要算上；照监票人的单子录。")
