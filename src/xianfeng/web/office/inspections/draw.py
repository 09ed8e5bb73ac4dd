"""A draw by hand: the slips from the sealed frame, what was drawn as one types it, and as another confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import drawing, stages
from xianfeng.inspections.frame import Frame
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import Stage
from xianfeng.ledger.files import LARGEST
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.registry import places, tree
from xianfeng.registry.models import Appointment, Person
from xianfeng.web import access, cells, errors, people, scans, scope
from xianfeng.web.office.inspections.own import plan_or_404
from xianfeng.web.tables import Column, Table, answer


class DrawForm(forms.Form):
    lines = forms.CharField(
        label=_("摇出的编号"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    witnesses = forms.CharField(label=_("见证人"), max_length=200, help_text=_("姓名和身份，写几位都可以；不公开。"))
    scan = forms.FileField(
        label=_("签了字的摇号单（扫描件或照片）"), widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})
    )


@dataclass(frozen=True)
class DrawPage:
    row: InspectionPlan
    wanted: str  # how many are to be drawn
    form: DrawForm | None  # to type what was drawn
    step: Step | None  # by which it was typed, with the scan of the signed sheet
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
    form.fields["lines"].help_text = _example(frame)
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
def inspection_scan(request: HttpRequest, number: int, seq: int) -> HttpResponseBase:
    return scans.sheet(stages.steps(plan_or_404(request, number)), seq, reader.of(request).actor)


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
    called = _called(request, frame)
    step = None if form else drawing.typed(row)  # before what it typed is read: what is shown is never older
    typed = None if form else _typed(row, frame, called)
    page = DrawPage(row, _wanted(frame), form, step, typed, _units(frame), _inspectors(frame, called))
    tables = (page.typed,) if page.typed else (page.units, page.inspectors)
    status = 422 if form is not None and form.errors else 200
    return answer(request, *tables) or render(request, "office/inspections/draw.html", {"page": page}, status=status)


def _wanted(frame: Frame) -> str:
    strata = gettext("、").join(
        gettext("%(stratum)s %(n)s 个") % {"stratum": one.name, "n": one.size} for one in frame.strata if one.size
    )
    return gettext("应摇出 %(n)s 个单位（%(strata)s），每个单位 %(each)s 名督查人员。") % {
        "n": sum(one.size for one in frame.strata),
        "strata": strata,
        "each": frame.each,
    }


def _example(frame: Frame) -> str:
    """A line with as many inspectors as go to one unit."""
    numbers = [f"{2 * n}" for n in range(1, frame.each + 1)]
    told = gettext("一行一个单位，用空格隔开。例如：%(line)s，就是 17 号单位由 %(who)s 号督查人员去。")
    return told % {"line": " ".join(["17", *numbers]), "who": gettext("、").join(numbers)}


def _called(request: HttpRequest, frame: Frame) -> dict[str, tuple[str, str]]:
    """Of each inspector by code, the name and where he is appointed: for the office; what is published has codes."""
    seen, codes = scope.of(request), [one.code for one in frame.inspectors]
    known = dict(Person.objects.filter(code__in=codes).values_list("id", "code"))
    names = people.names(known, seen, purpose=gettext_noop("督查摇号"))
    posts: dict[str, list[str]] = {}
    held = Appointment.objects.filter(places.on(timezone.localdate()), person__in=known).order_by("id")
    at = dict.fromkeys(held.values_list("person", "organisation"))
    nodes = tree.named({organisation for _person, organisation in at}, timezone.localdate())
    for person, organisation in at:
        posts.setdefault(known[person], []).append(nodes[organisation].name)
    return {code: (names.get(person, code), gettext("、").join(posts.get(code, ()))) for person, code in known.items()}


def _typed(row: InspectionPlan, frame: Frame, called: Mapping[str, tuple[str, str]]) -> Table:
    numbers = {unit.code: (n, unit) for n, unit in drawing.slips(frame)}
    going = {one.code: n for n, one in enumerate(frame.inspectors, start=1)}
    columns = (Column(_("编号"), align="right"), Column(_("单位")), Column(_("层")), Column(_("督查人员")))
    rows = [
        (
            cells.number(numbers[visit.unit][0]),
            cells.text(numbers[visit.unit][1].title),
            cells.text(numbers[visit.unit][1].stratum),
            cells.text(
                gettext("、").join(f"{going[code]} {called.get(code, (code,))[0]}" for code in visit.inspectors)
            ),
        )
        for visit in drawing.drawn(row)
    ]
    return Table("typed", _("登记的摇号结果"), columns, rows, head=1)


def _units(frame: Frame) -> Table:
    columns = (Column(_("编号"), align="right"), Column(_("单位")), Column(_("层")))
    rows = [(cells.number(n), cells.text(unit.title), cells.text(unit.stratum)) for n, unit in drawing.slips(frame)]
    return Table("units", _("单位的编号"), columns, rows, head=1)


def _inspectors(frame: Frame, called: Mapping[str, tuple[str, str]]) -> Table:
    columns = (Column(_("编号"), align="right"), Column(_("姓名")), Column(_("单位")))
    rows = [
        (cells.number(n), *map(cells.text, called.get(one.code, (one.code, ""))))
        for n, one in enumerate(frame.inspectors, start=1)
    ]
    return Table("inspectors", _("督查人员的编号"), columns, rows, head=1)
