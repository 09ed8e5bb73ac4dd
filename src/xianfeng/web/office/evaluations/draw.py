"""The draw of a round's sample, and the list of those who were drawn, to be taken away: the house keeps none."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import drawing, freezing, stages
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Sample
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, cells, errors
from xianfeng.web.office.evaluations.finding import roll_of, round_or_404, warn
from xianfeng.web.tables import Column, Table, workbook
from xianfeng.workbooks import LARGEST_FILE


@dataclass(frozen=True)
class DrawPage:
    """`value`: by which it was drawn; '' before."""

    row: EvaluationRound
    rule: Evaluation
    sample: Sample
    value: str

    @property
    def drawable(self) -> bool:
        return timezone.localdate() >= self.sample.known

    @property
    def listed(self) -> int:
        return sum(self.sample.listed)


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def evaluation_draw(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    sample = freezing.read(row).sample if row.frozen else None
    if sample is None:
        raise Http404(gettext("这一轮不抽样"))
    file = request.FILES.get("list")
    if file is not None and (file.size or 0) > LARGEST_FILE:
        return errors.too_large(request, LARGEST_FILE)
    if request.method == "POST":
        try:
            return _done(request, row)
        except Problem as problem:
            warn(request, problem)
    done = drawing.drawn(row)
    page = DrawPage(row, stages.rule_of(row)[1], sample, done.body["value"] if done else "")
    return render(request, "office/evaluations/draw.html", {"page": page})


def _done(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    file, by = request.FILES.get("list"), reader.of(request).actor
    roll = roll_of(row, file.name or "", file.read()) if file else None
    if request.POST.get("do") == "list":
        return workbook(request, _table(drawing.listed(number=row.id, roll=roll, by=by)))
    drawing.draw(number=row.id, value=request.POST.get("value", "")[:200], roll=roll, by=by)
    messages.success(request, gettext("已经抽取。取抽中的名单，按名单发放评议票。"))
    return redirect("evaluation_draw", row.id)


def _table(drawn: Roll) -> Table:
    columns = (Column(gettext("组织代码")), Column(gettext("参评人员")))
    rows = [(cells.text(code), cells.text(elector)) for code, people in drawn.items() for elector in people]
    return Table("drawn", gettext("抽中的参评人员"), columns, rows)
