"""What is entered of a visit once it is over: its own record first, then what was found, each against the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import visiting
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Kind
from xianfeng.web import access
from xianfeng.web.desk.inspections.own import Drawn, drawn_or_404
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms import filing
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.forms.filing import Filing
from xianfeng.web.forms.sheet import PREFIX, Question
from xianfeng.web.record.steps import Step


@dataclass(frozen=True)
class VisitPage(Faulted):
    drawn: Drawn
    kind: Kind
    reference: str
    day: str
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    faults: tuple[Fault, ...] = ()
    files: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.READ)
def visit_record(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    drawn = drawn_or_404(request, number)
    found = _kind_or_404(drawn, kind)
    filer = filer_of(request)
    day = filing.usual_day(drawn.scheme, filer.own, found).isoformat()
    reference = filing.reference_of(request)
    given = Filing(filer, drawn.scheme, found, filer.own, reference, request.POST.get("day", day), {})
    known = given.sheet.typed_of(_known(drawn, found))
    typed = {**given.sheet.typed(request.POST, request.FILES), **known}
    given = Filing(filer, drawn.scheme, found, filer.own, reference, given.day, typed)
    if request.method != "POST":
        return _shown(request, drawn, given, known)
    outcome = _filed(drawn, given, request.POST.get("do", ""))
    if isinstance(outcome, tuple):
        return _shown(request, drawn, given, known, outcome)
    messages.success(request, gettext("已经登记。"))
    return redirect("drawn_visit", number)


def _kind_or_404(drawn: Drawn, name: str) -> Kind:
    """The visit's own once; afterwards what names it."""
    open_ = drawn.followers if drawn.visit.record else () if drawn.visit.missed else (drawn.kind,)
    found = next((kind for kind in open_ if kind.name == name), None)
    if found is None:
        raise Http404(gettext("现在不能登记这个"))
    return found


def _known(drawn: Drawn, kind: Kind) -> Mapping[str, object]:
    """What nobody types: the unit, the visit, the approval."""
    values: dict[str, object] = {kind.subject: drawn.visit.organisation}
    if kind.name != drawn.rule.kind:
        return {**values, drawn.naming(kind): drawn.visit.record}
    if drawn.rule.approval:
        values[drawn.rule.approval] = drawn.visit.plan.approval
    return {**values, **dict([drawn.rule.recorded_as] if drawn.rule.recorded_as else [])}


def _filed(drawn: Drawn, given: Filing, action: str) -> Record | tuple[Fault, ...]:
    try:
        with transaction.atomic():
            outcome = given.file(action)
            if isinstance(outcome, Record) and given.kind.name == drawn.rule.kind:
                visiting.visited(visit=drawn.visit.id, record=outcome, by=given.filer.by)
    except Problem as problem:
        return (Fault("", "", problem.message, problem.hint),)
    return outcome


def _shown(
    request: HttpRequest, drawn: Drawn, given: Filing, known: Mapping[str, object], faults: Sequence[Fault] = ()
) -> HttpResponse:
    asked = given.sheet.questions(given.typed, faults=faults, needed=given.needed(given.steps[0]))
    shown = tuple(one for one in asked if PREFIX + one.field.name not in known)
    now, _then = filing.split(shown, given.kind)
    page = VisitPage(
        drawn=drawn,
        kind=given.kind,
        reference=given.reference,
        day=given.day,
        questions=now,
        steps=given.steps,
        faults=tuple(faults),
        files=any(question.control == "files" for question in now),
    )
    return render(request, "desk/inspections/visit.html", {"page": page}, status=422 if faults else 200)
