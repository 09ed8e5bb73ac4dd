"""What is counted in a round that was closed: each pool of slips with its batches, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import sheets, stages
from xianfeng.evaluations.batches import Batch
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sheets import Pool
from xianfeng.evaluations.stages import Stage
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, cells
from xianfeng.web.cells import Cell, Look
from xianfeng.web.office.evaluations.finding import round_or_404
from xianfeng.web.tables import Column, Table, answer


@dataclass(frozen=True)
class CountingPage:
    row: EvaluationRound
    rule: Evaluation
    table: Table
    done: bool
    counts: bool


@require_safe
@access.needs(Ability.OFFICE)
def counting(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    pools = sheets.pools(row)
    page = CountingPage(
        row=row,
        rule=stages.rule_of(row)[1],
        table=_table(row, pools, reader.of(request).actor.person),
        done=all(pool.done for pool in pools),
        counts=row.stage == Stage.CLOSED,
    )
    return answer(request, page.table) or render(request, "office/evaluations/counting.html", {"page": page})


def _table(row: EvaluationRound, pools: Sequence[Pool], person: int | None) -> Table:
    columns = (
        Column(gettext("评议对象")),
        Column(gettext("收回"), gettext("张"), align="right"),
        Column(gettext("批次")),
        Column(gettext("张数"), gettext("张"), align="right"),
        Column(gettext("情况")),
    )
    rows = [line for pool in pools for line in _lines(row, pool, person)]
    return Table("counting", gettext("计票"), columns, rows, empty=gettext("没有够数的票可计。"))


def _lines(row: EvaluationRound, pool: Pool, person: int | None) -> Iterator[tuple[Cell, ...]]:
    for batch in pool.batches:
        yield (*_head(pool, batch.number), cells.number(batch.slips), _stands(row, pool, batch, person))
    if pool.left:
        next_ = len(pool.batches) + 1
        words = gettext("录第一遍")
        link = reverse("evaluation_sheet", args=[row.id, pool.number, next_])
        yield (*_head(pool, next_), cells.text(""), cells.text(words, link=link, note=_left(pool)))


def _head(pool: Pool, batch: int) -> tuple[Cell, ...]:
    words = gettext("第%(batch)s批") % {"batch": batch}
    return cells.text(pool.title), cells.number(pool.returned), cells.text(words)


def _left(pool: Pool) -> str:
    return gettext("还有 %(left)s 张没有录") % {"left": pool.left}


def _stands(row: EvaluationRound, pool: Pool, batch: Batch, person: int | None) -> Cell:
    at = [row.id, pool.number, batch.number]
    if batch.last.settled:
        words = gettext("已复核") if batch.last.differing else gettext("两遍一致")
        if row.stage != Stage.PUBLISHED:
            return cells.text(words, look=Look.DONE)
        return cells.text(gettext("重新计票"), link=reverse("evaluation_sheet", args=at), note=words)
    if batch.last.differing:
        words = gettext("两遍有 %(n)s 处不同，去复核") % {"n": len(batch.last.differing)}
        return cells.text(words, link=reverse("evaluation_third_look", args=at))
    if batch.last.sheets[0].person == person:
        return cells.text(gettext("您录了第一遍，第二遍换一个人"), look=Look.ATTENTION)
    return cells.text(gettext("录第二遍"), link=reverse("evaluation_sheet", args=at))
