"""Correcting what a record says: first what would change, from what to what, and which printed figures; then, once.

Personal fields are not shown again, so a blank one says nothing. Whoever is late keeps what he typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

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
from xianfeng.ledger.values import is_missing
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.types import FieldType
from xianfeng.web import access
from xianfeng.web.desk import correctable, late
from xianfeng.web.desk.correctable import Correctable, PrintedFigures
from xianfeng.web.forms import faults
from xianfeng.web.forms.faults import Fault, beside
from xianfeng.web.forms.sheet import Question, Sheet, Typed
from xianfeng.web.parts import confirmed
from xianfeng.web.public.record import ChangeLine
from xianfeng.web.public.values import speaker

_BACK = "back"


@dataclass(frozen=True, kw_only=True)
class CorrectionPage:
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
    def gone(self) -> bool:
        return self.opened.record.state == WITHDRAWN

    @property
    def reason_error(self) -> str:
        return beside(self.faults, REASON)


@dataclass(frozen=True)
class _Posted:
    sheet: Sheet
    typed: Typed
    reason: str
    seq: int


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def correction(request: HttpRequest, number: int) -> HttpResponse:
    opened = correctable.correctable_or_404(request, number)
    sheet = _sheet(opened)
    if request.method != "POST":
        typed = sheet.typed_of(json.loads(opened.record.values))
        return _form(request, opened, _Posted(sheet, typed, "", opened.record.seq))
    typed = sheet.typed(request.POST, request.FILES)
    posted = _Posted(sheet, typed, request.POST.get(REASON, ""), late.seq_of(request))
    if _BACK in request.POST:
        return _form(request, opened, posted)
    try:
        return _corrected(request, opened, posted)
    except Problem as problem:
        since = late.since({number: posted.seq}).get(number, "")
        return _form(request, opened, posted, since=since, found=() if since else faults.told(problem, opened.kind))


def _sheet(opened: Correctable) -> Sheet:
    """Files are added by the moves that ask for them, and stay."""
    asked = [one.name for one in opened.kind.fields.values() if one.type is not FieldType.ATTACHMENTS]
    return Sheet.of(opened.scheme, opened.kind, opened.filer.names, only=asked)


def _corrected(request: HttpRequest, opened: Correctable, posted: _Posted) -> HttpResponse:
    answers = posted.sheet.read(posted.typed)
    if answers.problems:
        raise Problems(list(answers.problems), code="web.not_understood", message=gettext("有几处没有看懂。"))
    personal = {one.name for one in posted.sheet.fields if one.personal}
    values = {name: value for name, value in answers.values.items() if name not in personal or not is_missing(value)}
    by, number = opened.filer.by, opened.record.id
    if not confirmed(request):
        before, after = actions.amended(
            by=by, record=number, values=values, reason=posted.reason, for_=opened.for_, seq=posted.seq
        )
        return _weighed(request, opened, posted, before, after)
    actions.amend(by=by, record=number, values=values, reason=posted.reason, for_=opened.for_, seq=posted.seq)
    messages.success(request, gettext("已更正；原来的内容留在办理经过里。"))
    return redirect("record", number)


def _weighed(request: HttpRequest, opened: Correctable, posted: _Posted, before: Image, after: Image) -> HttpResponse:
    page = CorrectionPage(
        opened=opened,
        questions=(),
        typed=tuple((name, text) for name, texts in posted.typed.items() for text in texts),
        reason=posted.reason,
        seq=posted.seq,
        changes=tuple(_changes(opened, before, after)),
        unreviewed=before.reviewer is not None and after.reviewer is None,
        printed=correctable.printed(opened.record),
    )
    return render(request, "desk/correction.html", {"page": page})


def _changes(opened: Correctable, before: Image, after: Image) -> Iterator[ChangeLine]:
    """From what to what; of a personal field only that it changes."""
    says = speaker(opened.kind, [before.values, after.values], (), opened.record.day)
    for name, field in opened.kind.fields.items():
        old, new = before.values.get(name), after.values.get(name)
        if old != new:
            yield ChangeLine(field.title, says.text(field, old), says.text(field, new))
        if before.personal.get(name) != after.personal.get(name):
            yield ChangeLine(field.title, "", gettext("（个人信息，不显示）"))


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
        questions=posted.sheet.questions(posted.typed, faults=found),
        typed=(),
        reason=posted.reason,
        seq=opened.record.seq if since else posted.seq,
        since=since,
        faults=found,
    )
    return render(request, "desk/correction.html", {"page": page}, status=409 if since else 422 if found else 200)
