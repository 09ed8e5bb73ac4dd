"""A draw in public: its fingerprint from the sealing on, the outcome once it is revealed, and how to repeat it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.inspections import stages, visiting
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import Stage
from xianfeng.ledger import versions
from xianfeng.log.steps import Step
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells
from xianfeng.web.tables import Column, Table, answer

LISTED = 100


@dataclass(frozen=True)
class InspectionPage:
    scheme: Scheme
    row: InspectionPlan
    stage: Stage
    by_hand: bool
    value: str
    sealed: Step
    void: Step | None
    visits: Table | None
    repeatable: bool


@dataclass(frozen=True)
class ListPage:
    plans: Table


@require_safe
@access.public
def public_inspections(request: HttpRequest) -> HttpResponse:
    rows = InspectionPlan.objects.exclude(fingerprint="").order_by("-id").defer("frame", "organisations")[:LISTED]
    columns = (Column(_("督查")), Column(_("批准文号")), Column(_("抽取日期")), Column(_("情况")))
    lines = [
        (
            cells.text(row.title, link=reverse("inspection", args=[row.id])),
            cells.text(row.approval),
            cells.day(row.known),
            cells.text(Stage(row.stage).word),
        )
        for row in rows
    ]
    page = ListPage(Table("plans", _("督查抽取"), columns, lines, empty=_("还没有封存的督查。")))
    return answer(request, page.plans) or render(request, "public/inspections/list.html", {"page": page})


@require_safe
@access.public
def inspection(request: HttpRequest, number: int) -> HttpResponse:
    row, steps = _sealed_or_404(number)
    sealed = stages.last(steps, "seal")
    if sealed is None:
        raise Http404(gettext("没有这次督查"))
    frame, stage = Frame.read(row.frame), Stage(row.stage)
    page = InspectionPage(
        scheme=versions.current(row.scheme),
        row=row,
        stage=stage,
        by_hand=frame.by_hand,
        value=frame.value,
        sealed=sealed,
        void=stages.last(steps, "void"),
        visits=_visits(row, frame) if stage is Stage.REVEALED else None,
        repeatable=stage is Stage.REVEALED and not frame.by_hand,
    )
    tables = (page.visits,) if page.visits else ()
    return answer(request, *tables) or render(request, "public/inspections/inspection.html", {"page": page})


@require_safe
@access.public
def inspection_outcome(request: HttpRequest, number: int) -> HttpResponse:
    row, _steps = _sealed_or_404(number)
    found = visiting.outcome(row)
    if found is None:
        raise Http404(gettext("结果还没有公布"))
    headers = {"Content-Disposition": 'attachment; filename="outcome.json"'}  # as the command beside it calls the file
    return HttpResponse(found.text, content_type="application/json", headers=headers)


def _sealed_or_404(number: int) -> tuple[InspectionPlan, tuple[Step, ...]]:
    row = InspectionPlan.objects.filter(id=number).exclude(fingerprint="").first()
    if row is None:
        raise Http404(gettext("没有这次督查"))
    return row, stages.steps(row)


def _visits(row: InspectionPlan, frame: Frame) -> Table:
    units = {unit.code: unit for unit in frame.units}
    columns = (Column(_("顺序"), align="right"), Column(_("单位")), Column(_("层")), Column(_("情况")))
    lines = [
        (
            cells.number(visit.number),
            cells.text(units[visit.unit].title),
            cells.text(units[visit.unit].stratum),
            cells.text(gettext("没有去成：%(why)s") % {"why": visit.missed} if visit.missed else gettext("已督查")),
        )
        for visit in row.visits.order_by("number")
    ]
    return Table("visits", _("抽中的单位"), columns, lines, head=1)
