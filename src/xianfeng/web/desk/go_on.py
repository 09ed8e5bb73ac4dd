"""Taking a record of one's own further: what was sent back is put right and sent again, what was promised is done.

The form starts from what the record says. Whoever is late (somebody handled it since the page was opened) is told by
whom and how, and keeps what he typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import actions, history, powers
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import AUTHOR, HANDLER, SUPERIOR
from xianfeng.ledger.values import is_missing
from xianfeng.ledger.writable import writable
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import access, scope
from xianfeng.web.desk import late
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms import faults
from xianfeng.web.forms.faults import DAY, Fault, Faulted
from xianfeng.web.forms.sheet import Question, Sheet, Typed
from xianfeng.web.forms.weighing import Filer, as_day, needed_for
from xianfeng.web.frame import asked
from xianfeng.web.record import files, steps
from xianfeng.web.record.finding import Opened, record_or_404
from xianfeng.web.record.steps import Step
from xianfeng.web.record.waiting import as_author

_STALE = "ledger.stale"


@dataclass(frozen=True, kw_only=True)
class GoOnPage(Faulted):
    """`sent_back`: the reason for which the record came back; `since`: what others did to it meanwhile."""

    scheme: Scheme
    kind: Kind
    record: Record
    organisation: Node
    step: Step
    day: str
    questions: tuple[Question, ...]
    reason: str
    seq: int
    sent_back: str = ""
    since: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def files(self) -> bool:
        return any(question.control == "files" for question in self.questions)

    @property
    def asks_reason(self) -> bool:
        return REASON in self.step.needs


@dataclass(frozen=True)
class _Opened:
    record: Record
    scheme: Scheme
    kind: Kind
    holder: Node
    step: Step
    filer: Filer
    sheet: Sheet
    handles: bool  # as whom the record names, wherever it is held


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.ANSWER)
def go_on(request: HttpRequest, number: int, move: str) -> HttpResponse:
    opened = _opened_or_404(request, number, move)
    if request.method != "POST":
        begun = {
            **opened.sheet.typed_of(json.loads(opened.record.values)),
            **opened.sheet.phrase(asked(request, "phrase")),
        }
        page = _page(opened, begun, day=timezone.localdate().isoformat())
        return render(request, "desk/go_on.html", {"page": page})
    typed = opened.sheet.typed(request.POST, request.FILES)
    day, reason = request.POST.get("day", ""), request.POST.get(REASON, "")
    found = _moved(opened, typed, day, reason, late.seq_of(request))
    if not found:
        return redirect("filed" if scope.of(request).reader.can(Ability.FILE) else "record", number)
    page = _page(opened, typed, day=day, reason=reason, found=found)
    if any(fault.code == _STALE for fault in found):
        page = replace(page, since=late.since({number: late.seq_of(request)}).get(number, ""))
    return render(request, "desk/go_on.html", {"page": page}, status=409 if page.since else 422)


def _opened_or_404(request: HttpRequest, number: int, move: str) -> _Opened:
    """A record of the filer's own organisation or one below it, or that names him or it, and a move that is theirs."""
    filer = filer_of(request)
    seen = scope.of(request)
    opened = record_or_404(number, seen.full)
    record, scheme, kind = opened.record, opened.scheme, opened.kind
    within, mine = seen.within(record.holder), HANDLER in powers.named(kind, json.loads(record.values), filer.by)
    author = within and (seen.reader.can(Ability.FILE) or as_author(record, kind, seen))
    if not author and not mine:
        raise Http404(gettext("没有这条记录"))
    holder = tree.named([record.holder], timezone.localdate())[record.holder]
    day = timezone.localdate()
    known = {
        step.move: step for state in kind.flow.states for step in steps.of_record(scheme, kind, state, holder, day)
    }
    if move not in known:
        raise Http404(gettext("没有这一步"))
    by = kind.flow.moves[move].by
    if not (author and AUTHOR in by) and not (mine and HANDLER in by):
        raise Http404(gettext("没有这一步"))
    filer.names.serve(holder)
    handles, personally = not (within and AUTHOR in by), not powers.acts_for_organisation(filer.by)
    step = steps.in_person(scheme, kind, known[move], holder, day) if personally else known[move]
    overtaken = request.method == "POST" and late.seq_of(request) != record.seq
    sheet = Sheet.of(scheme, kind, filer.names, only=_asked(opened, move, filer, handles=handles, typed=overtaken))
    return _Opened(record, scheme, kind, holder, step, filer, sheet, handles)


def _asked(opened: Opened, move: str, filer: Filer, *, handles: bool, typed: bool) -> set[str]:
    """The fields of the form. What a requester said is not his handlers' to change in passing: they are asked what the
    step needs. `typed`: whoever comes late is shown all that he could write when he began; nothing of it is written."""
    record, kind = opened.record, opened.kind
    own = frozenset() if handles or kind.requested else frozenset({AUTHOR})
    above = frozenset({SUPERIOR}) if own and record.holder != filer.own.id else frozenset()
    return {
        *writable(
            kind,
            kind.flow.moves[move],
            capacities=own | above,
            personally=not powers.acts_for_organisation(filer.by),
            level=0 if typed else record.level,
            filled=json.loads(record.values).keys() | json.loads(record.personal).keys(),
        )
    }


def _moved(opened: _Opened, typed: Typed, day: str, reason: str, seq: int) -> tuple[Fault, ...]:
    """Nothing when the move was made."""
    when, answers = as_day(day), opened.sheet.read(typed)
    problems = list(answers.problems)
    if when is None:
        problems.append(Problem("ledger.not_a_date", gettext("没有填日期，或者不是日期。"), field=DAY))
    if when is not None and not problems:
        own = opened.filer.own.id
        try:
            actions.move(
                by=opened.filer.by,
                record=opened.record.id,
                move=opened.step.move,
                day=when,
                values=_said(opened.sheet, answers.values),
                reason=reason,
                for_=None if opened.record.holder == own or opened.handles else opened.record.holder,
                seq=seq,
                attachments=answers.files,
            )
        except Problem as problem:
            return faults.told(problem, opened.kind)
    return tuple(fault for problem in problems for fault in faults.told(problem, opened.kind))


def _said(sheet: Sheet, values: Mapping[str, object]) -> dict[str, object]:
    """Personal fields are not shown again, so that a blank one says nothing."""
    personal = {field.name for field in sheet.fields if field.personal}
    return {name: value for name, value in values.items() if name not in personal or not is_missing(value)}


def _page(opened: _Opened, typed: Typed, *, day: str, reason: str = "", found: tuple[Fault, ...] = ()) -> GoOnPage:
    held = files.of_records([opened.record.id]).get(opened.record.id, {})
    needed = needed_for(opened.sheet, opened.step) - held.keys()
    asked = opened.sheet.questions(typed, faults=found, needed=needed, held=held)
    return GoOnPage(
        scheme=opened.scheme,
        kind=opened.kind,
        record=opened.record,
        organisation=opened.holder,
        step=opened.step,
        day=day,
        questions=asked,
        reason=reason,
        seq=opened.record.seq,
        sent_back=_sent_back(opened),
        faults=found,
    )


def _sent_back(opened: _Opened) -> str:
    last = history.history(opened.record.id)[-1]
    return last.reason if last.organisation not in (None, opened.record.holder) else ""
