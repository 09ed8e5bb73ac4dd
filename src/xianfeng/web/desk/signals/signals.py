"""Signals at the desk: what an organisation is asked about its own records, and what its campaign's office is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.sentences import following
from xianfeng.signals import answering
from xianfeng.signals.finding import COPIED
from xianfeng.signals.models import Signal
from xianfeng.web import access, scope
from xianfeng.web.frame import own_campaigns, own_or_404
from xianfeng.web.scope import Scope

_MOST = 100


@dataclass(frozen=True)
class Line:
    signal: Signal
    words: str


@dataclass(frozen=True)
class SignalsPage:
    own: tuple[Line, ...]
    told: tuple[Line, ...]


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


@dataclass(frozen=True)
class SignalPage:
    line: Line
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...] | None  # None: not the reader's to see
    explanation: str
    explains: bool
    dismisses: bool


@require_safe
@access.needs(Ability.FILE)
def signals(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    own = answering.of_author(own_or_404(seen).id)[:_MOST]
    names = [scheme.name for scheme in own_campaigns(seen)]
    told = answering.told(names, timezone.localdate())[:_MOST]
    page = SignalsPage(own=tuple(_lines(own)), told=tuple(_lines(told)))
    return render(request, "desk/signals/signals.html", {"page": page})


@require_safe
@access.needs(Ability.FILE)
def signal(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    one, explains, dismisses = _of_reader(seen, number)
    records = Record.objects.in_bulk([one.record, one.other])
    mine, theirs = (_text(records[each], one) for each in (one.record, one.other))
    readable = one.field in seen.record_fields(records[one.other])
    (line,) = _lines([one])
    page = SignalPage(
        line=line,
        mine=tuple(_pieces(theirs if readable else mine, mine)),
        theirs=tuple(_pieces(mine, theirs)) if readable else None,
        explanation=answering.said(one.explained),
        explains=explains,
        dismisses=dismisses,
    )
    return render(request, "desk/signals/signal.html", {"page": page})


@require_POST
@access.needs(Ability.FILE)
def signal_answer(request: HttpRequest, number: int) -> HttpResponse:
    one, explains, _ = _of_reader(scope.of(request), number)
    answer = answering.explain if explains else answering.dismiss
    try:
        answer(by=reader.of(request).actor, signal=one.id, words=request.POST.get("words", ""))
    except Problem as problem:
        messages.warning(request, following(problem.message, problem.hint))
        return redirect("signal", number)
    messages.success(request, gettext("已记下。"))
    return redirect("signals")


def _of_reader(seen: Scope, number: int) -> tuple[Signal, bool, bool]:
    """The signal, and whether the reader is asked to explain it, or may let it rest."""
    own = answering.of_author(own_or_404(seen).id).filter(id=number).first()
    if own is not None:
        return own, True, False
    names = [scheme.name for scheme in own_campaigns(seen)]
    told = answering.told(names, timezone.localdate()).filter(id=number).first()
    if told is None:
        raise Http404(gettext("没有这条提示，或者它已经了结。"))
    return told, False, True


def _lines(found: Iterable[Signal]) -> Iterator[Line]:
    rows = list(found)
    words = answering.sentences(rows)
    yield from (Line(one, said) for one, said in zip(rows, words, strict=True))


def _text(record: Record, one: Signal) -> str:
    return str(json.loads(record.values).get(one.field, "")) if one.rule == COPIED else ""


def _pieces(other: str, text: str) -> Iterator[Piece]:
    """A text in pieces: what the other has at that place too, and what differs."""
    for tag, _, _, start, end in SequenceMatcher(None, other, text, autojunk=False).get_opcodes():
        if start < end:
            yield Piece(text[start:end], tag != "equal")
