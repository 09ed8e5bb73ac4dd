"""Correcting what a record says: first what would change, from what to what, and which printed figures; then, once.

A file that was wrong is taken off, and stays in the
history. Whoever is late keeps what he typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import actions
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.image import WITHDRAWN, Image
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.types import FieldType
from xianfeng.web import access, people
from xianfeng.web.desk import correctable
from xianfeng.web.desk.correctable import Correctable, PrintedFigures
from xianfeng.web.forms import faults, late, receipts
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.forms.sheet import LEAVING, PREFIX, Question, Sheet, Typed
from xianfeng.web.parts import confirmed
from xianfeng.web.record import files
from xianfeng.web.record.files import FileLink
from xianfeng.web.record.history import ChangeLine, changed
from xianfeng.web.record.values import speaker
from xianfeng.web.tables import Table

_BACK = "back"


@dataclass(frozen=True, kw_only=True)
class CorrectionPage(Faulted):
    """`changes`: what would change, once everything is sound; before that the form is shown."""

    opened: Correctable
    questions: tuple[Question, ...]
    typed: tuple[tuple[str, str], ...]
    reason: str
    seq: int
    changes: tuple[ChangeLine, ...] = ()
    unreviewed: bool = False  # the correction would undo a review
    printed: PrintedFigures | None = None
    since: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def table(self) -> Table:
        return changed(self.changes, name="changes", title=gettext("改动"))

    @property
    def files(self) -> bool:
        return any(question.control == "files" for question in self.questions)

    @property
    def gone(self) -> bool:
        return self.opened.record.state == WITHDRAWN


@dataclass(frozen=True)
class _Posted:
    sheet: Sheet
    typed: Typed
    reason: str
    seq: int

    @property
    def leaving(self) -> dict[str, Sequence[str]]:
        return {name: self.typed.get(_leaving(name), ()) for name in _holding(self.sheet)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def correction(request: HttpRequest, number: int) -> HttpResponse:
    opened = correctable.correctable_or_404(request, number)
    opened.filer.names.serve(opened.holder)
    own = opened.kind.fields.keys() - opened.kind.said - opened.kind.bound
    sheet = Sheet.of(opened.scheme, opened.kind, opened.filer.names, only=own)
    if request.method != "POST":
        typed = sheet.typed_of(json.loads(opened.record.values))
        return _form(request, opened, _Posted(sheet, typed, "", opened.record.seq))
    off = {name: request.POST.getlist(name) for name in map(_leaving, _holding(sheet)) if name in request.POST}
    typed = {**sheet.typed(request.POST, request.FILES), **off}
    posted = _Posted(sheet, typed, request.POST.get(REASON, ""), late.seq_of(request))
    if _BACK in request.POST:
        return _form(request, opened, posted)
    try:
        return _corrected(request, opened, posted)
    except Problem as problem:
        since = late.since({number: posted.seq}).get(number, "")
        return _form(request, opened, posted, since=since, found=() if since else faults.told(problem, opened.kind))


def _holding(sheet: Sheet) -> list[str]:
    return [one.name for one in sheet.fields if one.type is FieldType.ATTACHMENTS]


def _leaving(field: str) -> str:
    return f"{PREFIX}{field}{LEAVING}"


def _corrected(request: HttpRequest, opened: Correctable, posted: _Posted) -> HttpResponse:
    answers = posted.sheet.told(posted.typed)
    if answers.problems:
        raise Problems(list(answers.problems), code="web.not_understood", message=gettext("有几处没有看懂。"))
    number = opened.record.id
    correcting: dict[str, Any] = {
        "by": opened.filer.by,
        "record": number,
        "values": answers.values,
        "reason": posted.reason,
        "for_": opened.for_,
        "seq": posted.seq,
        "attachments": answers.files,
        "leaving": posted.leaving,
    }
    if not confirmed(request):
        before, after = actions.amended(**correcting)
        return _weighed(request, opened, posted, before, after)
    actions.amend(**correcting)
    messages.success(request, gettext("已更正；原来的内容留在办理经过里。"))
    return redirect("record", number)


def _weighed(request: HttpRequest, opened: Correctable, posted: _Posted, before: Image, after: Image) -> HttpResponse:
    page = CorrectionPage(
        opened=opened,
        questions=(),
        typed=tuple((name, text) for name, texts in posted.typed.items() for text in texts),
        reason=posted.reason,
        seq=posted.seq,
        changes=tuple(_changes(opened, posted, before, after)),
        unreviewed=before.reviewer is not None and after.reviewer is None,
        printed=correctable.printed(opened.record),
    )
    return render(request, "desk/correction.html", {"page": page})


def _changes(opened: Correctable, posted: _Posted, before: Image, after: Image) -> Iterator[ChangeLine]:
    """From what to what; of a personal field only that it changes."""
    had = files.ever(opened.record.id)
    known = {name: (*had.get(name, ()), *_arrived(posted.typed, name)) for name in _holding(posted.sheet)}
    told = [before.values, after.values]
    says = speaker(opened.kind, told, (), opened.record.day, called=people.codes, files=known)
    for name, field in opened.kind.fields.items():
        old, new = before.values.get(name), after.values.get(name)
        if old != new:
            yield ChangeLine(field.title, says.text(field, old), says.text(field, new))
        if before.personal.get(name) != after.personal.get(name):
            yield ChangeLine(field.title, "", gettext("（个人信息，不显示）"))


def _arrived(typed: Typed, field: str) -> tuple[FileLink, ...]:
    return receipts.links(typed.get(f"{PREFIX}{field}", ()))


def _form(
    request: HttpRequest,
    opened: Correctable,
    posted: _Posted,
    *,
    since: str = "",
    found: tuple[Fault, ...] = (),
) -> HttpResponse:
    page = CorrectionPage(
        opened=opened,
        questions=posted.sheet.questions(
            posted.typed,
            faults=found,
            held=files.of_records([opened.record.id]).get(opened.record.id, {}),
            leaving=posted.leaving,
        ),
        typed=(),
        reason=posted.reason,
        seq=opened.record.seq if since else posted.seq,
        since=since,
        faults=found,
    )
    return render(request, "desk/correction.html", {"page": page}, status=409 if since else 422 if found else 200)
