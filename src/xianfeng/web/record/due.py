"""By when what is to be done with a record, and from when on, as its page and its requester's show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xianfeng.calendars import store
from xianfeng.ledger import turns
from xianfeng.ledger.models import Record
from xianfeng.scheme.flowing import CLOCK
from xianfeng.sentences import translated
from xianfeng.web.deadlines import Told, told


@dataclass(frozen=True)
class Clock:
    """What somebody should do by when."""

    title: str
    deadline: Told
    over: bool


@dataclass(frozen=True)
class Opening:
    """What cannot be done before a time; `by_itself`: nobody need do it then."""

    title: str
    since: Told
    by_itself: bool


def clocks(record: Record, *, now: dt.datetime) -> tuple[Clock, ...]:
    found = turns.due(record)
    if not found:
        return ()
    calendar = store.calendar(record.organisation)
    return tuple(
        Clock(translated(one.move.title), told(one.deadline, calendar), one.deadline.due < now) for one in found
    )


def openings(record: Record, *, now: dt.datetime) -> tuple[Opening, ...]:
    found = turns.opening(record, now=now)
    if not found:
        return ()
    calendar = store.calendar(record.organisation)
    return tuple(
        Opening(translated(one.move.title), told(one.deadline, calendar), one.move.by == (CLOCK,)) for one in found
    )
