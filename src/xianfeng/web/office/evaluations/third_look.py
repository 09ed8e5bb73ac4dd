"""Both readings of a batch beside each other, line by line where they differ; what the slips say settles it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import correcting, sheets, stages
from xianfeng.evaluations.batches import INVALID, SECOND, SLIPS, Batch, Counted, Line
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sheets import Pool
from xianfeng.evaluations.stages import Stage
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, cells
from xianfeng.web.cells import Cell
from xianfeng.web.office.evaluations.finding import pool_or_404, round_or_404, typed, warn
from xianfeng.web.office.evaluations.sheet import called
from xianfeng.web.tables import Column, Table


@dataclass(frozen=True)
class ThirdLookPage:
    row: EvaluationRound
    rule: Evaluation
    pool: Pool
    batch: Batch
    table: Table


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def third_look(request: HttpRequest, number: int, pool: int, batch: int) -> HttpResponse:
    row = round_or_404(request, number)
    held, rule = pool_or_404(row, pool), stages.rule_of(row)[1]
    found = next((one for one in held.batches if one.number == batch and not one.last.settled), None)
    if found is None or not found.last.differing:
        raise Http404(gettext("这一批没有要复核的"))
    if request.method == "POST":
        given = typed(request, (f"line{at}" for at, _ in enumerate(found.last.differing)))
        looked = {line: given[f"line{at}"] for at, line in enumerate(found.last.differing) if f"line{at}" in given}
        settle = correcting.settle if row.stage == Stage.PUBLISHED else sheets.settle
        try:
            settle(number=number, pool=pool, batch=batch, looked=looked, by=reader.of(request).actor)
        except Problem as problem:
            warn(request, problem)
        else:
            messages.success(request, gettext("已按票面复核。"))
            return redirect("evaluation_counting", number)
    page = ThirdLookPage(row, rule, held, found, _table(found, rule))
    return render(request, "office/evaluations/third_look.html", {"page": page})


def _table(batch: Batch, rule: Evaluation) -> Table:
    columns = (
        Column(gettext("哪一处")),
        Column(gettext("第一遍"), align="right"),
        Column(gettext("第二遍"), align="right"),
        Column(gettext("再看票，应是")),
    )
    return Table("lines", gettext("两遍不同的地方"), columns, list(_lines(batch, rule)), file=False)


def _lines(batch: Batch, rule: Evaluation) -> Iterator[tuple[Cell, ...]]:
    first, second = (Counted.of(sheet).lines() for sheet in batch.last.sheets[:SECOND])
    for at, line in enumerate(batch.last.differing):
        words = _words(line, rule)
        box = format_html(
            '<input type="number" name="line{}" min="0" max="999999" required aria-label="{}">', at, words
        )
        yield cells.text(words), cells.number(first[line]), cells.number(second[line]), cells.text("", beside=box)


def _words(line: Line, rule: Evaluation) -> str:
    whole = {SLIPS: gettext("这一批共几张"), INVALID: gettext("其中无效票")}
    if line in whole:
        return whole[line]
    question = rule.questions[line[0]]
    return gettext("%(question)s：%(answer)s") % {"question": question.title, "answer": called(question, line[1])}
