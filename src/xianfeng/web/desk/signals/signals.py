"""Signals at the desk: what an organisation is asked about its own records; one of them, with what the reader may say
to it: its author, or the campaign's office."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.sentences import following
from xianfeng.signals import answering
from xianfeng.signals.models import Signal
from xianfeng.signals.rules import copied
from xianfeng.web import access, scope
from xianfeng.web.frame import own_campaigns, own_or_404
from xianfeng.web.record import items
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer

_MOST = 100


@dataclass(frozen=True)
class Line:
    signal: Signal
    words: str
    explanation: str
    reason: str  # why the office let it rest

    @property
    def until(self) -> dt.date:
        """To whom nobody explained it by then, the office reads it too."""
        return self.signal.found + answering.TERM


@dataclass(frozen=True)
class SignalsPage:
    own: tuple[Line, ...]
    rested: tuple[Line, ...]


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


@dataclass(frozen=True)
class SignalPage:
    line: Line
    records: Table  # those that the reader may see
    kept: int  # others, which he may not
    texts: tuple[tuple[Piece, ...], ...]  # where they are alike: the two, as far as he may see them
    answers: Literal["explain", "dismiss", ""]  # what the reader may say to it


@require_safe
@access.needs(Ability.FILE)
def signals(request: HttpRequest) -> HttpResponse:
    here = own_or_404(scope.of(request)).id
    own, rested = answering.of_author(here)[:_MOST], answering.rested(here)[:_MOST]
    page = SignalsPage(own=lines(own), rested=lines(rested))
    return render(request, "desk/signals/signals.html", {"page": page})


@require_safe
@access.needs(Ability.FILE)
def signal(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    one, answers = _of_reader(seen, number)
    numbers = {one.record, one.other, *one.beside} - {0}
    records = list(seen.records_in_full(Record.objects.filter(id__in=numbers)).order_by("id"))
    table = items.table("records", _("有关的记录"), records)
    if told := answer(request, table):
        return told
    (line,) = lines([one])
    page = SignalPage(
        line=line,
        records=table,
        kept=len(numbers) - len(records),
        texts=_texts(one, seen) if one.rule == copied.NAME else (),
        answers=answers,
    )
    return render(request, "desk/signals/signal.html", {"page": page})


@require_POST
@access.needs(Ability.FILE)
def signal_answer(request: HttpRequest, number: int) -> HttpResponse:
    one, answers = _of_reader(scope.of(request), number)
    if not answers:
        raise Http404(gettext("没有这条提示，或者它已经了结。"))
    say = answering.explain if answers == "explain" else answering.dismiss
    try:
        say(by=reader.of(request).actor, signal=one.id, words=request.POST.get("words", ""))
    except Problem as problem:
        messages.warning(request, following(problem.message, problem.hint))
        return redirect("signal", number)
    messages.success(request, gettext("已记下。"))
    return redirect("signals" if answers == "explain" else "told_signals")


def _of_reader(seen: Scope, number: int) -> tuple[Signal, Literal["explain", "dismiss", ""]]:
    """The signal, and what the reader may say to it: whoever was asked reads on when the office has let it rest."""
    here = own_or_404(seen).id
    own = answering.of_author(here).filter(id=number).first()
    if own is not None:
        return own, "explain"
    names = [scheme.name for scheme in own_campaigns(seen)]
    told = answering.told(names, timezone.localdate()).filter(id=number).first()
    if told is not None:
        return told, "dismiss"
    rested = answering.rested(here).filter(id=number).first()
    if rested is None:
        raise Http404(gettext("没有这条提示，或者它已经了结。"))
    return rested, ""


def lines(found: Iterable[Signal]) -> tuple[Line, ...]:
    rows = list(found)
    return tuple(map(Line, rows, answering.sentences(rows), answering.explanations(rows), answering.reasons(rows)))


def _texts(one: Signal, seen: Scope) -> tuple[tuple[Piece, ...], ...]:
    """What both say, with what differs; where the other's is not the reader's to see, his own alone."""
    records = Record.objects.in_bulk([one.record, one.other])
    mine, theirs = (_text(records[each], one) for each in (one.record, one.other))
    if one.field not in seen.record_fields(records[one.other]):
        return ((Piece(mine, differs=False),),)
    return tuple(_pieces(theirs, mine)), tuple(_pieces(mine, theirs))


def _text(record: Record, one: Signal) -> str:
    return str(json.loads(record.values).get(one.field, ""))


def _pieces(other: str, text: str) -> Iterator[Piece]:
    """A text in pieces: what the other has at that place too, and what differs."""
    for tag, _start, _end, start, end in SequenceMatcher(None, other, text, autojunk=False).get_opcodes():
        if start < end:
            yield Piece(text[start:end], tag != "equal")
