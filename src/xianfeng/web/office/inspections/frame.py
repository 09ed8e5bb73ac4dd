"""The frame of a plan as the office looks it over, and as the file that is sealed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.web import access, cells
from xianfeng.web.office.inspections.own import plan_or_404
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 200


@dataclass(frozen=True)
class FramePage:
    row: InspectionPlan
    units: Table
    more: int  # that only the workbook has
    inspectors: Table


@require_safe
@access.needs(Ability.OFFICE)
def inspection_frame(request: HttpRequest, number: int) -> HttpResponse:
    row = plan_or_404(request, number)
    frame = Frame.read(row.frame)
    units = _units(frame, len(frame.units) if wanted(request) else SHOWN)
    page = FramePage(row, units, max(0, len(frame.units) - SHOWN), _inspectors(frame))
    return answer(request, page.units, page.inspectors) or render(
        request, "office/inspections/frame.html", {"page": page}
    )


@require_safe
@access.needs(Ability.OFFICE)
def inspection_frame_file(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(plan_or_404(request, number).frame, content_type="application/json")


def _units(frame: Frame, most: int) -> Table:
    recent = {unit.code for stratum in frame.strata for unit in frame.excluded(stratum.name)}
    columns = (Column(_("单位")), Column(_("代码")), Column(_("层")), Column(_("上次督查")), Column(_("说明")))
    rows = [
        (
            cells.text(unit.title),
            cells.text(unit.code),
            cells.text(unit.stratum),
            cells.day(unit.visited),
            cells.text(gettext("近期督查过，不再抽") if unit.code in recent else ""),
        )
        for unit in frame.units[:most]
    ]
    return Table("units", _("可以抽的单位"), columns, rows, empty=_("没有单位。"))


def _inspectors(frame: Frame) -> Table:
    columns = (Column(_("督查人员（代码）")), Column(_("应回避的单位"), _("个"), align="right"))
    rows = [(cells.text(one.title), cells.number(len(one.conflicts))) for one in frame.inspectors]
    return Table("inspectors", _("督查人员"), columns, rows, empty=_("没有督查人员。"))
