"""The part of a round's polls page that calls electors afterwards: which value decides, and what was heard."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.ballots.calls import Outcome
from xianfeng.evaluations import calls
from xianfeng.evaluations.calls import Calls, Due
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot
from xianfeng.evaluations.stages import Stage
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.web.office.evaluations.finding import typed

_HEARD = ("confirmed", "denied", "unreached")


@dataclass(frozen=True)
class CalledLine:
    title: str
    due: Due


@dataclass(frozen=True)
class CallsPart:
    """`lot`: by what they are drawn, once that is said; `open`: whether that day has come."""

    lines: tuple[CalledLine, ...]
    lot: Lot | None
    open: bool


def part(row: EvaluationRound) -> CallsPart | None:
    """None where nobody is called."""
    due = calls.due(row) if row.stage in (Stage.CLOSED, Stage.PUBLISHED) else {}
    if not due:
        return None
    titles = dict(row.electorates.filter(number__in=due).values_list("number", "title"))
    lot = calls.announced(row)
    return CallsPart(
        lines=tuple(CalledLine(titles[number], one) for number, one in sorted(due.items())),
        lot=lot,
        open=lot is not None and lot.known <= timezone.localdate(),
    )


def announce(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    try:
        known = dt.date.fromisoformat(request.POST.get("known", ""))
    except ValueError:
        told = gettext("没有写那个数哪一天公布。")
        raise Problem("evaluations.no_day", told, hint=gettext("填今天以后的日子。"), field="known") from None
    lot = Lot(value=request.POST.get("value", "")[:200], known=known)
    calls.announce(number=row.id, lot=lot, by=by)
    messages.success(request, gettext("已经写明并封存。到那一天由监票人抽取。"))


def enter(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    halves = {half: [f"{half}_{name}" for name in _HEARD] for half in ("used", "unused")}
    found = typed(request, ("electorate", *halves["used"], *halves["unused"]))
    if len(found) != 1 + 2 * len(_HEARD):
        raise Problem("evaluations.calls_blank", gettext("六个数都要填。"), hint=gettext("一个都没有的填 0。"))
    used, unused = (Outcome(*(found[name] for name in names)) for names in halves.values())
    called = Calls(used=used, unused=unused)
    if calls.enter(number=row.id, electorate=found["electorate"], called=called, by=by):
        messages.success(request, gettext("两个人录的一致，与结果一起公开。"))
    else:
        messages.success(request, gettext("录下了。请另一个人照监票人的单子再录一遍，一致了才公开。"))
