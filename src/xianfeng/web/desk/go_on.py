"""Taking a record of one's own further: what was sent back is put right and sent again, what was promised is done.

The form starts from what the record says. Whoever is late (somebody handled it since the page was opened) is told by
whom and how, and keeps what he typed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import history, powers
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import SUPERIOR
from xianfeng.ledger.writable import writable
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import AUTHOR, HANDLER, REQUESTER
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import access, scope
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms import late
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.forms.moving import NOTHING_WRONG, Moving, Posted, Refused
from xianfeng.web.forms.sheet import Question, Sheet
from xianfeng.web.forms.weighing import Filer, needed_for
from xianfeng.web.frame import asked
from xianfeng.web.record import files, steps
from xianfeng.web.record.finding import Opened, record_or_404
from xianfeng.web.record.steps import Step
from xianfeng.web.record.waiting import as_author

_NAMED = frozenset({HANDLER, REQUESTER})  # as whom a record can name somebody wherever it is held


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
    sheet: Sheet
    moving: Moving


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.ANSWER)
def go_on(request: HttpRequest, number: int, move: str) -> HttpResponse:
    opened = _opened_or_404(request, number, move)
    if request.method != "POST":
        begun = opened.sheet.typed_of(json.loads(opened.record.values))
        page = _page(opened, Posted(typed={**begun, **opened.sheet.phrase(asked(request, "phrase"))}))
        return render(request, "desk/go_on.html", {"page": page})
    posted = Posted.of(request, opened.sheet)
    refused = opened.moving.make({number: late.seq_of(request)}, posted)
    if refused is None:
        return redirect("filed" if scope.of(request).reader.can(Ability.FILE) else "record", number)
    return render(request, "desk/go_on.html", {"page": _page(opened, posted, refused)}, status=refused.status)


def _opened_or_404(request: HttpRequest, number: int, move: str) -> _Opened:
    """A record of an organisation for which he files, or that names him or his, and a move that is theirs."""
    filer = filer_of(request)
    seen = scope.of(request)
    opened = record_or_404(number, seen.full)
    record, scheme, kind = opened.record, opened.scheme, opened.kind
    files_for = seen.files_for(record.holder)
    mine = _NAMED & powers.named(kind, json.loads(record.values), filer.by, head=seen.head)
    author = files_for and (seen.reader.can(Ability.FILE) or as_author(record, kind, seen))
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
    if not (author and AUTHOR in by) and mine.isdisjoint(by):
        raise Http404(gettext("没有这一步"))
    filer.names.serve(holder)
    # As whom the record names, wherever it is held.
    handles, personally = not (files_for and AUTHOR in by), not powers.acts_for_organisation(filer.by)
    step = steps.in_person(scheme, kind, known[move], holder, day) if personally else known[move]
    overtaken = request.method == "POST" and late.seq_of(request) != record.seq
    sheet = Sheet.of(scheme, kind, filer.names, only=_asked(opened, move, filer, handles=handles, typed=overtaken))
    for_ = None if handles or record.holder == filer.own.id else record.holder
    return _Opened(record, scheme, kind, holder, step, sheet, Moving(filer.by, move, sheet, for_))


def _asked(opened: Opened, move: str, filer: Filer, *, handles: bool, typed: bool) -> set[str]:
    """The fields of the form. What a requester said is not his handlers' to change in passing: they are asked what the
    step needs. `typed`: whoever comes late is shown all that he could write when he began; nothing of it is written."""
    record, kind = opened.record, opened.kind
    own = frozenset() if handles or kind.requested else frozenset({AUTHOR})
    at_desk = record.holder in (filer.own.id, filer.names.seen.head)
    above = frozenset({SUPERIOR}) if own and not at_desk else frozenset()
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


def _page(opened: _Opened, posted: Posted, refused: Refused = NOTHING_WRONG) -> GoOnPage:
    found = refused.faults(opened.kind)
    held = files.of_records([opened.record.id]).get(opened.record.id, {})
    needed = needed_for(opened.sheet, opened.step) - held.keys()
    return GoOnPage(
        scheme=opened.scheme,
        kind=opened.kind,
        record=opened.record,
        organisation=opened.holder,
        step=opened.step,
        day=posted.day,
        questions=opened.sheet.questions(posted.typed, faults=found, needed=needed, held=held),
        reason=posted.reason,
        seq=opened.record.seq,
        sent_back=_sent_back(opened),
        since=refused.since.get(opened.record.id, ""),
        faults=found,
    )


def _sent_back(opened: _Opened) -> str:
    last = history.history(opened.record.id)[-1]
    move = opened.kind.flow.moves.get(last.action)
    by_others = move is not None and AUTHOR not in move.by
    return last.reason if by_others or last.organisation not in (None, opened.record.holder) else ""
