"""The rounds of evaluations of the reader's campaigns, and which evaluation has none yet in the current stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.scheme import stretches
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import overlooked_campaigns
from xianfeng.web.tables import Column, Table, answer


@dataclass(frozen=True)
class Wanting:
    """An evaluation that has no round in the current stretch of time."""

    scheme: Scheme
    rule: Evaluation
    stretch: Stretch


@dataclass(frozen=True)
class RoundsPage:
    wanting: tuple[Wanting, ...]
    rounds: Table


@require_safe
@access.needs(Ability.OVERLOOK)
def evaluations(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    schemes = {scheme.name: scheme for scheme in overlooked_campaigns(seen)}
    rows = list(EvaluationRound.objects.filter(scheme__in=schemes).order_by("-id"))
    page = RoundsPage(wanting=tuple(_wanting(filter(seen.runs, schemes.values()), rows)), rounds=_table(rows, schemes))
    return answer(request, page.rounds) or render(request, "office/evaluations/rounds.html", {"page": page})


def _wanting(schemes: Iterable[Scheme], rows: list[EvaluationRound]) -> Iterator[Wanting]:
    today = timezone.localdate()
    there = {(row.scheme, row.evaluation, row.since) for row in rows if row.stage != Stage.ANNULLED}
    for scheme in schemes:
        for rule in scheme.evaluations.values():
            one = stretches.holding(rule, scheme, today)
            if one and (scheme.name, rule.name, one.since) not in there:
                yield Wanting(scheme, rule, one)


def _table(rows: list[EvaluationRound], schemes: dict[str, Scheme]) -> Table:
    columns = (
        Column(gettext("评议")),
        Column(gettext("期间")),
        Column(gettext("进度")),
        Column(gettext("活动")),
    )
    return Table(
        "rounds",
        gettext("各轮评议"),
        columns,
        [_row(row, schemes[row.scheme]) for row in rows],
        empty=gettext("还没有开过评议。"),
    )


def _row(row: EvaluationRound, scheme: Scheme) -> tuple[Cell, ...]:
    stage, rule = Stage(row.stage), scheme.evaluations.get(row.evaluation)
    look = {Stage.PUBLISHED: Look.DONE, Stage.ANNULLED: Look.TAG}.get(stage, Look.ATTENTION)
    span = gettext("%(since)s 至 %(until)s") % {"since": row.since, "until": row.until}
    return (
        cells.text(rule.title if rule else row.evaluation, link=reverse("evaluation_round", args=[row.id])),
        cells.text(span),
        cells.text(stage.word, look=look),
        cells.text(scheme.title),
    )
