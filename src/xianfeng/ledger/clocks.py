"""Whether a record is overdue where it stands: guards ask it, so that an extension comes before expiry or not at all.

Counted as duties count: from the entry by which the record came there, by the calendar of where it stands.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from xianfeng.calendars import deadlines, store
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.ledger import forms
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.log.actors import ActorKind
from xianfeng.log.models import Entry
from xianfeng.scheme.nodes import Flow, Move
from xianfeng.scheme.obliging import Span


class Running(NamedTuple):
    """A move that somebody should make by an instant."""

    move: Move
    deadline: Deadline


def running(records: Sequence[Record]) -> Mapping[int, tuple[Running, ...]]:
    """By record, the moves that are awaited out of where it stands, the earliest due first."""
    timed = {row.id: _timed(forms.form(row.scheme_id, row.kind).flow, row.state) for row in records}
    came = _came([row.id for row in records if timed[row.id]])
    own = store.having_tables()
    calendars: dict[int | None, WorkingCalendar] = {}
    found: dict[int, tuple[Running, ...]] = {}
    for row in records:
        if timed[row.id]:
            key = row.organisation if own else None
            calendar = calendars[key] = calendars.get(key) or store.calendar(key)
            each = [Running(move, deadlines.after(span, came[row.id], calendar)) for move, span in timed[row.id]]
            found[row.id] = tuple(sorted(each, key=lambda one: one.deadline.due))
    return found


def overdue(form: Form, image: Image, since: dt.datetime, at: dt.datetime) -> bool:
    """Whether some move out of its state should have been made by now."""
    timed = _timed(form.flow, image.state)
    if not timed:
        return False
    calendar = store.calendar(image.organisation)
    return any(deadlines.after(span, since, calendar).due < at for _, span in timed)


def since(record: int) -> dt.datetime:
    """When a record came to where it stands."""
    return _came([record])[record]


def _came(records: Sequence[int]) -> Mapping[int, dt.datetime]:
    entries = Entry.objects.filter(stream=STREAM, about__in=records).order_by("seq")
    rows = entries.values_list("about", "at", "day", "actor", "body").iterator()
    return {record: moment(at, day, actor) for record, at, day, actor, body in rows if "state" in json.loads(body)}


def _timed(flow: Flow, state: str) -> tuple[tuple[Move, Span], ...]:
    moves = (move for move in flow.moves.values() if state in move.origins)
    return tuple((move, move.within) for move in moves if move.within is not None)


def moment(at: dt.datetime, day: dt.date, actor: str) -> dt.datetime:
    """When a step was made, as far as deadlines go: an import brings in what was done before, and when its file was
    read says nothing of that."""
    return beginning(day) if actor.partition(":")[0] == ActorKind.IMPORT else at


def beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
