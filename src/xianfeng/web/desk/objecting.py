"""An objection from the page of what it is about: whom a record concerns says what is wrong, and hears who answers by
when before he sends it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import store
from xianfeng.ledger import objecting
from xianfeng.ledger.models import Record
from xianfeng.matters import objecting as raising
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind
from xianfeng.web import access, scope
from xianfeng.web.deadlines import Told, told
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms import faults, filing
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.forms.sheet import Question, Sheet, Typed
from xianfeng.web.record.finding import record_or_404
from xianfeng.web.record.objections import may_object


@dataclass(frozen=True, kw_only=True)
class ObjectingPage(Faulted):
    """`kind`: of the objection; `of`: of what it is about."""

    record: Record
    kind: Kind
    of: Kind
    answers: Node
    due: Told | None
    question: Question
    reference: str
    faults: tuple[Fault, ...] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.ANSWER)
def objection(request: HttpRequest, number: int) -> HttpResponse:
    seen, filer = scope.of(request), filer_of(request)
    opened = record_or_404(number, seen.full)
    sent = request.method == "POST"
    found = objecting.kind_of(opened.record)
    reference = filing.reference_of(request) if sent else filing.fresh_reference()
    again = next((one for one in objecting.about([number]) if sent and one.reference == reference), None)
    if again is not None:
        return redirect("record", again.id)
    if found is None or not may_object(opened.record, seen):
        raise Http404(gettext("现在不能对这条记录提异议"))
    scheme, kind = found
    sheet = Sheet.of(scheme, kind, filer.names, only={kind.roles["text"]})
    typed: Typed = sheet.typed(request.POST, request.FILES) if sent else {}
    wrong: tuple[Fault, ...] = ()
    if sent:
        try:
            grounds = str(sheet.read(typed).values.get(kind.roles["text"]) or "")
            raised = raising.raise_(by=filer.by, record=opened.record, grounds=grounds, reference=reference)
            return redirect("record", raised.id)
        except Problem as problem:
            wrong = faults.told(problem, kind)
    answers = objecting.answers(opened.record, timezone.localdate())
    deadline = raising.due(opened.record, by=filer.by)
    page = ObjectingPage(
        record=opened.record,
        kind=kind,
        of=opened.kind,
        answers=tree.named([answers], timezone.localdate())[answers],
        due=told(deadline, store.calendar(answers)) if deadline else None,
        question=sheet.questions(typed, faults=wrong, needed=[kind.roles["text"]])[0],
        reference=reference,
        faults=wrong,
    )
    return render(request, "desk/objecting.html", {"page": page}, status=422 if wrong else 200)
