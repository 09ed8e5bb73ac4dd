"""A deadline as pages show it: when, why then, and what today's calendar would make of it.

A page that shows one builds `told(…)` and includes `components/deadline.html`; whoever shows hundreds shows the instant
alone and leads to the page that explains it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xianfeng.calendars import deadlines, wording
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.sentences import translated


@dataclass(frozen=True)
class Told:
    """For `components/deadline.html`. `otherwise`: said when the calendar was edited and would now give another."""

    due: dt.datetime
    steps: tuple[str, ...]
    provisional: bool
    otherwise: str = ""


def told(deadline: Deadline, calendar: WorkingCalendar) -> Told:
    """`calendar`: as it is now, of the organisation that the deadline binds."""
    now = deadlines.as_now(deadline, calendar)
    return Told(
        due=deadline.due,
        steps=tuple(map(translated, wording.words(deadline))),
        provisional=deadline.provisional,
        otherwise=translated(wording.otherwise(now)) if now else "",
    )
