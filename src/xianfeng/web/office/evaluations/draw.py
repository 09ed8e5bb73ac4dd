"""The draw of a round's sample, and the list of those who were drawn, to be taken away: the house keeps none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import drawing, freezing, stages, witnessed
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Sample
from xianfeng.evaluations.witnessed import Numbers
from xianfeng.ledger.files import LARGEST
from xianfeng.log.actors import Actor
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, cells, errors, scans
from xianfeng.web.forms import late
from xianfeng.web.office.evaluations.finding import roll_of, round_or_404, warn
from xianfeng.web.tables import Column, Table, workbook
from xianfeng.workbooks import LARGEST_FILE


@dataclass(frozen=True)
class DrawPage:
    """`value`: by which it was drawn; '' before. By hand: the step by which it was typed, with the scan of the signed
    sheet; what it typed and who watched, for whoever confirms it."""

    row: EvaluationRound
    rule: Evaluation
    sample: Sample
    value: str
    confirmed: bool = False
    step: Step | None = None
    typed: Table | None = None
    own: bool = False
    witnesses: str = ""
    lines: str = ""

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
    for key, largest in (("list", LARGEST_FILE), ("scan", LARGEST)):
        file = request.FILES.get(key)
        if file is not None and (file.size or 0) > largest:
            return errors.too_large(request, largest)
    if request.method == "POST":
        try:
            return _done(request, row)
        except Problem as problem:
            warn(request, problem)
    page = _by_hand(request, row, sample) if sample.by_hand else _by_value(row, sample)
    return render(request, "office/evaluations/draw.html", {"page": page})


@require_safe
@access.needs(Ability.OFFICE)
def evaluation_scan(request: HttpRequest, number: int, seq: int) -> HttpResponseBase:
    return scans.sheet(stages.steps(round_or_404(request, number)), seq, reader.of(request).actor)


def _by_value(row: EvaluationRound, sample: Sample) -> DrawPage:
    done = drawing.drawn(row)
    return DrawPage(row, stages.rule_of(row)[1], sample, done.body["value"] if done else "")


def _by_hand(request: HttpRequest, row: EvaluationRound, sample: Sample) -> DrawPage:
    rule, by, step = stages.rule_of(row)[1], reader.of(request).actor, witnessed.typed(row)
    if drawing.drawn(row) is not None:
        return DrawPage(row, rule, sample, "", confirmed=True, step=step)
    if step is None:
        lines, witnesses = request.POST.get("lines", ""), request.POST.get("witnesses", "")
        return DrawPage(row, rule, sample, "", lines=lines, witnesses=witnesses)
    met, watched = witnessed.told(row, by)
    own = step.body["person"] == by.person
    return DrawPage(row, rule, sample, "", step=step, typed=_met(met), own=own, witnesses=watched)


def _done(request: HttpRequest, row: EvaluationRound) -> HttpResponse:
    file, by = request.FILES.get("list"), reader.of(request).actor
    roll = roll_of(row, file.name or "", file.read()) if file else None
    if request.POST.get("do") == "list":
        return workbook(request, _table(drawing.listed(number=row.id, roll=roll, by=by)))
    if request.POST.get("do") == "numbered":
        return workbook(request, _numbered(witnessed.listed(number=row.id, roll=roll, by=by)))
    if request.POST.get("do") in _BY_HAND:
        messages.success(request, _BY_HAND[request.POST["do"]](request, row, roll, by))
        return redirect("evaluation_draw", row.id)
    drawing.draw(number=row.id, value=request.POST.get("value", "")[:200], roll=roll, by=by)
    messages.success(request, gettext("已经抽取。取抽中的名单，按名单发放评议票。"))
    return redirect("evaluation_draw", row.id)


def _entered(request: HttpRequest, row: EvaluationRound, roll: Roll | None, by: Actor) -> str:
    lines, witnesses = request.POST.get("lines", ""), request.POST.get("witnesses", "")[:200]
    sheet = request.FILES.get("scan")
    if sheet is None:
        told, hint = gettext("没有附上签了字的结果。"), gettext("扫描或拍照，选择那个文件。")
        raise Problem("evaluations.no_scan", told, hint=hint, field="scan")
    scan = (sheet.name or "", sheet.read())
    witnessed.enter(number=row.id, lines=lines, witnesses=witnesses, scan=scan, roll=roll, by=by)
    return gettext("已登记。请另一位同志核对。")


def _confirmed(request: HttpRequest, row: EvaluationRound, _: Roll | None, by: Actor) -> str:
    witnessed.confirm(number=row.id, seen=late.seq_of(request), by=by)
    return gettext("已核对。取抽中的名单，按名单发放评议票。")


def _sent_back(request: HttpRequest, row: EvaluationRound, _: Roll | None, by: Actor) -> str:
    witnessed.send_back(number=row.id, reason=request.POST.get("reason", "")[:500], by=by)
    return gettext("已退回，重新登记。")


_BY_HAND: Mapping[str, Callable[[HttpRequest, EvaluationRound, Roll | None, Actor], str]] = {
    "enter": _entered,
    "confirm": _confirmed,
    "back": _sent_back,
}


def _numbered(listed: Roll) -> Table:
    columns = (Column(gettext("组织代码")), Column(gettext("编号"), align="right"), Column(gettext("参评人员")))
    rows = [
        (cells.text(code), cells.number(number), cells.text(elector))
        for code, people in listed.items()
        for number, elector in enumerate(people, start=1)
    ]
    return Table("numbered", gettext("带编号的名单"), columns, rows)


def _met(met: Numbers) -> Table:
    columns = (Column(gettext("组织代码")), Column(gettext("抽中的编号")))
    rows = [(cells.text(code), cells.text(" ".join(map(str, found)))) for code, found in met.items()]
    return Table("met", gettext("登记的结果"), columns, rows, file=False)


def _table(drawn: Roll) -> Table:
    columns = (Column(gettext("组织代码")), Column(gettext("参评人员")))
    rows = [(cells.text(code), cells.text(elector)) for code, people in drawn.items() for elector in people]
    return Table("drawn", gettext("抽中的参评人员"), columns, rows)
