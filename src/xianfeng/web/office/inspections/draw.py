"""A draw by hand: the slips from the sealed frame, what was drawn as one types it, and as another confirms it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import drawing, stages
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import Stage
from xianfeng.ledger import files
from xianfeng.ledger.files import LARGEST
from xianfeng.problems import Problem
from xianfeng.web import access, cells, errors
from xianfeng.web.office.inspections.own import plan_or_404
from xianfeng.web.tables import Column, Table, answer


class DrawForm(forms.Form):
    lines = forms.CharField(
        label=_("摇出的编号"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("一行一个单位，先写单位的编号，再写去的督查人员的编号，用空格隔开，例如：17 2 5。"),
    )
    witnesses = forms.CharField(label=_("见证人"), max_length=200, help_text=_("姓名和身份，写几位都可以；不公开。"))
    scan = forms.FileField(
        label=_("签了字的摇号单（扫描件或照片）"), widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})
    )


@dataclass(frozen=True)
class DrawPage:
    row: InspectionPlan
    form: DrawForm | None  # to type what was drawn
    typed: Table | None  # what was typed, to be confirmed
    units: Table
    inspectors: Table


@dataclass(frozen=True)
class SlipsPage:
    row: InspectionPlan
    strata: tuple[tuple[str, int, tuple[tuple[int, str], ...]], ...]  # name, how many are drawn, slips
    inspectors: tuple[tuple[int, str], ...]


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def inspection_draw(request: HttpRequest, number: int) -> HttpResponse:
    row = plan_or_404(request, number)
    frame = Frame.read(row.frame)
    if not frame.by_hand or row.stage not in (Stage.SEALED, Stage.TYPED):
        raise Http404(gettext("现在没有要登记的摇号结果"))
    own = reader.of(request).actor.person == row.typed_by
    if row.stage == Stage.TYPED:
        if own:
            raise Http404(gettext("登记的人不能自己核对"))
        return _shown(request, row, frame, None)
    form = DrawForm(request.POST or None, request.FILES or None)
    scan = request.FILES.get("scan")
    if scan is not None and (scan.size or 0) > LARGEST:
        return errors.too_large(request, LARGEST)
    if form.is_valid() and _entered(request, row, form):
        return redirect("inspection_plan", row.id)
    return _shown(request, row, frame, form)


@require_safe
@access.needs(Ability.OFFICE)
def inspection_slips(request: HttpRequest, number: int) -> HttpResponse:
    row = plan_or_404(request, number)
    frame = Frame.read(row.frame)
    if not frame.by_hand or not row.fingerprint:
        raise Http404(gettext("封存以后才有号签"))
    numbered = drawing.slips(frame)
    strata = tuple(
        (one.name, one.size, tuple((n, unit.title) for n, unit in numbered if unit.stratum == one.name))
        for one in frame.strata
    )
    inspectors = tuple((n, one.title) for n, one in enumerate(frame.inspectors, start=1))
    page = SlipsPage(row, strata, inspectors)
    return render(request, "office/inspections/slips.html", {"page": page})


@require_safe
@access.needs(Ability.OFFICE)
def inspection_scan(request: HttpRequest, number: int, sha256: str) -> HttpResponseBase:
    for step in stages.steps(plan_or_404(request, number)):
        described = step.body.get("attachment", {})
        if described.get("sha256") == sha256:
            return FileResponse(files.path(sha256).open("rb"), as_attachment=True, filename=described["name"])
    raise Http404(gettext("没有这个扫描件"))


def _entered(request: HttpRequest, row: InspectionPlan, form: DrawForm) -> bool:
    given = form.cleaned_data
    try:
        drawing.enter(
            plan=row.id,
            lines=given["lines"],
            witnesses=given["witnesses"],
            scan=(given["scan"].name, given["scan"].read()),
            by=reader.of(request).actor,
        )
    except Problem as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.told)
        return False
    messages.success(request, gettext("已经登记，请办公室另一位同志核对。"))
    return True


def _shown(request: HttpRequest, row: InspectionPlan, frame: Frame, form: DrawForm | None) -> HttpResponse:
    page = DrawPage(row, form, None if form else _typed(row, frame), _units(frame), _inspectors(frame))
    tables = (page.typed,) if page.typed else (page.units, page.inspectors)
    status = 422 if form is not None and form.errors else 200
    return answer(request, *tables) or render(request, "office/inspections/draw.html", {"page": page}, status=status)


def _typed(row: InspectionPlan, frame: Frame) -> Table:
    numbers = {unit.code: (n, unit) for n, unit in drawing.slips(frame)}
    going = {one.code: n for n, one in enumerate(frame.inspectors, start=1)}
    columns = (Column(_("编号"), align="right"), Column(_("单位")), Column(_("层")), Column(_("督查人员")))
    rows = [
        (
            cells.number(numbers[visit.unit][0]),
            cells.text(numbers[visit.unit][1].title),
            cells.text(numbers[visit.unit][1].stratum),
            cells.text(gettext("、").join(f"{going[code]} {code}" for code in visit.inspectors)),
        )
        for visit in drawing.drawn(row)
    ]
    return Table("typed", _("登记的摇号结果"), columns, rows, head=1)


def _units(frame: Frame) -> Table:
    columns = (Column(_("编号"), align="right"), Column(_("单位")), Column(_("层")))
    rows = [(cells.number(n), cells.text(unit.title), cells.text(unit.stratum)) for n, unit in drawing.slips(frame)]
    return Table("units", _("单位的编号"), columns, rows, head=1)


def _inspectors(frame: Frame) -> Table:
    columns = (Column(_("编号"), align="right"), Column(_("督查人员（代码）")))
    return Table("inspectors", _("督查人员的编号"), columns, list(_numbered(frame)), head=1)


def _numbered(frame: Frame) -> Iterator[tuple[cells.Cell, ...]]:
    for n, one in enumerate(frame.inspectors, start=1):
        yield cells.number(n), cells.text(one.title)
