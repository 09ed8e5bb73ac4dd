"""A procedure measured by its own clock: how long it really takes, against how long was promised.

An office that says it now needs 5 working days instead of 20 has a median and a share that show it. A move counts from
the day on which its clock began to the one on which it was met, under the promise of the scheme that held then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from xianfeng.calendars import arithmetic
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.scheme.obliging import Span


@dataclass(frozen=True)
class Passage:
    """One time through a procedure, from its beginning to its end, both days included in the asking."""

    since: dt.date
    until: dt.date
    promised: Span
    due: dt.date  # as it was told


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Of all passages under one promise. `median` in working days; half a day where two lie in the middle."""

    promised: Span
    count: int
    median: Fraction
    kept: int  # those that ended in time

    @property
    def share(self) -> Fraction:
        return Fraction(self.kept, self.count)


def timings(passages: Iterable[Passage], calendar: WorkingCalendar) -> tuple[Timing, ...]:
    """One for each promise, in the order in which they were first given."""
    by_promise: dict[Span, list[Passage]] = {}
    for passage in sorted(passages, key=lambda one: (one.since, one.until)):
        by_promise.setdefault(passage.promised, []).append(passage)
    return tuple(_timing(promised, some, calendar) for promised, some in by_promise.items())


def _timing(promised: Span, passages: list[Passage], calendar: WorkingCalendar) -> Timing:
    taken = sorted(arithmetic.count_workdays(one.since, one.until, calendar) for one in passages)
    middle = len(taken) // 2
    median = Fraction(taken[middle]) if len(taken) % 2 else Fraction(taken[middle - 1] + taken[middle], 2)
    kept = sum(one.until <= one.due for one in passages)
    return Timing(promised=promised, count=len(passages), median=median, kept=kept)
