"""One new record: the form, put aside or filed, for one's own organisation or on behalf of one below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import drafts
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Draft
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import access, offline
from xianfeng.web.desk import draft, facts
from xianfeng.web.desk.draft import Form
from xianfeng.web.desk.facts import Facts
from xianfeng.web.desk.kinds import filer_of, has_below, kind_or_404
from xianfeng.web.forms import demanded, filing
from xianfeng.web.forms.aside import Aside
from xianfeng.web.forms.demanded import Demanded
from xianfeng.web.forms.faults import DAY, FOR, Fault, Faulted
from xianfeng.web.forms.filing import Filing
from xianfeng.web.forms.sheet import Question, Sheet
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.frame import asked, scheme_or_404
from xianfeng.web.record.steps import Step


@dataclass(frozen=True)
class FormPage(Faulted):
    """`other`: what stands in the box of 代填; '' is the filer's own organisation."""

    scheme: Scheme
    kind: Kind
    organisation: Node
    own: Node
    other: str
    other_name: str
    reference: str
    day: str
    questions: tuple[Question, ...]
    later: tuple[Question, ...]
    steps: tuple[Step, ...]
    aside: Aside
    faults: tuple[Fault, ...] = ()
    files: bool = False
    below: bool = False  # whether there is anybody to file for
    known: Facts | None = None  # of whom it is about
    demanded: Demanded | None = None  # the duty of another period for which it is filled in
    head: Node | None = None  # of the same desk, for whom it could be filed as well

    @property
    def prefilled(self) -> bool:
        return any(question.prefilled for question in self.questions)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@offline.kept
@access.needs(Ability.FILE)
def new(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    filer = filer_of(request)
    register = scheme_or_404(name).kinds.get(kind)
    if register is not None and register.requested:
        return redirect(f"{reverse('matter_call')}?{urlencode({'scheme': name, 'for': asked(request, 'for')})}")
    scheme, found = kind_or_404(name, kind, filer.own)
    if request.method == "POST":
        return _posted(request, filer, scheme, found)
    sheet = Sheet.of(scheme, found, filer.names)
    kept = draft.taken_up(request, Form(sheet))
    if kept is not None:
        return _shown(request, _of_draft(filer, scheme, found, kept), of_draft=True)
    organisation, wrong = _organisation(filer, asked(request, "for"))
    day = filing.usual_day(scheme, organisation, found)
    offered = filing.prefilled(scheme, found, organisation, day)
    typed = {**sheet.typed_of(offered), **facts.about(request, found)}
    shown = "" if demanded.of(request, scheme, found, filer.names.seen) else day.isoformat()
    begun = Filing(filer, scheme, found, organisation, filing.fresh_reference(), shown, typed)
    return _shown(request, begun, faults=wrong, prefilled=tuple(offered))


def _posted(request: HttpRequest, filer: Filer, scheme: Scheme, kind: Kind) -> HttpResponse:
    organisation, wrong = _organisation(filer, request.POST.get("for", ""))
    sheet = Sheet.of(scheme, kind, filer.names)
    given = Filing(
        filer,
        scheme,
        kind,
        organisation,
        filing.reference_of(request),
        request.POST.get("day", ""),
        sheet.typed(request.POST, request.FILES),
    )
    if draft.wanted(request):
        return _kept(request, given)
    if wrong:
        return _shown(request, given, faults=wrong)
    if facts.asked(request):
        known = facts.facts(request, given, filer.names.seen)
        return _shown(request, given if known is None else given.typing(facts.quoted(request, known, given.typed)))
    outcome = given.file(request.POST.get("do", ""))
    if isinstance(outcome, tuple):
        return _shown(request, given, faults=outcome)
    draft.drop(request, given.reference)
    return redirect("filed", outcome.id)


def _kept(request: HttpRequest, given: Filing) -> HttpResponse:
    try:
        return draft.keep(
            request,
            Form(given.sheet),
            organisation=given.organisation.id,
            reference=given.reference,
            day=given.day,
            typed=given.typed,
        )
    except Problem as problem:
        return _shown(request, given, faults=(Fault("", "", problem.message, problem.hint),))


def _of_draft(filer: Filer, scheme: Scheme, kind: Kind, kept: Draft) -> Filing:
    typed = dict(drafts.typed(kept))
    day = next(iter(typed.pop(DAY, [])), "")
    organisation = tree.named([kept.organisation_id], timezone.localdate())[kept.organisation_id]
    filer.names.serve(organisation)
    return Filing(filer, scheme, kind, organisation, kept.reference, day, typed)


def _organisation(filer: Filer, text: str) -> tuple[Node, tuple[Fault, ...]]:
    """Whose work it is; what was typed for 代填 must lie below."""
    if not text.strip():
        return filer.own, ()
    found = filer.names.inside([text]).get(text)
    if found is None:
        said = gettext("本组织之下没有“{name}”。").format(name=text.strip()[:40])
        return filer.own, (Fault(FOR, gettext("代填"), said, gettext("请从列表中选择下级组织，或者留空填本组织。")),)
    return found, ()


def _shown(
    request: HttpRequest,
    given: Filing,
    *,
    faults: Sequence[Fault] = (),
    prefilled: Sequence[str] = (),
    of_draft: bool = False,
) -> HttpResponse:
    first = given.steps[0]
    questions = given.sheet.questions(given.typed, prefilled=prefilled, faults=faults, needed=given.needed(first))
    now, then = filing.split(questions, given.kind)
    other = request.POST.get("for", "") if request.method == "POST" else ""
    if not other and given.for_ is not None:
        other = given.organisation.code
    page = FormPage(
        scheme=given.scheme,
        kind=given.kind,
        organisation=given.organisation,
        own=given.filer.own,
        other=other,
        other_name=given.organisation.name if given.for_ is not None else "",
        reference=given.reference,
        day=given.day,
        questions=now,
        later=then,
        steps=given.steps,
        faults=tuple(faults),
        aside=draft.told(request, Form(given.sheet), draft=of_draft),
        below=has_below(given.filer.own),
        known=facts.facts(request, given, given.filer.names.seen),
        head=_head(given),
        demanded=demanded.of(request, given.scheme, given.kind, given.filer.names.seen),
        files=any(question.control == "files" for question in questions),
    )
    return render(request, "desk/new.html", {"page": page}, status=422 if faults and request.method == "POST" else 200)


def _head(given: Filing) -> Node | None:
    head = given.filer.names.seen.head
    return None if head in (None, given.organisation.id) else tree.named([head], timezone.localdate())[head]
