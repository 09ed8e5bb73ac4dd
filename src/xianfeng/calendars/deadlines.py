"""Due instants: a span after a moment, back from a moment, or by the close of a day.

The rules are those of the Civil Code, articles 200 to 204, and of office practice:

- The day from which a span runs is not counted itself (201); a month ends on the day of the same number, or else on the
  month's last (202).
- What comes in after offices have closed, or on a day off, is taken as received on the next working day, for spans of
  working days. Days and months run by the calendar, from the very day.
- A span whose last day is a day off ends on the next working day, and a day's end is when offices close (203).
- Backwards it is the other way round: the latest beginning is the close of a working day, never a later one.
- Minutes and hours run around the clock: the scheme that asks for them says so. Work minutes and work hours run while
  offices are open.

Whatever falls due on one day after the same span is computed once for a calendar: a hundred thousand duties of a period
cost what one costs.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from xianfeng.calendars import arithmetic, reasons
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline, How, Step
from xianfeng.scheme.obliging import Span

_CLOCK = {"minutes": "minutes", "hours": "hours"}
_OFFICE = {"work_minutes": "minutes", "work_hours": "hours"}


class _Found(NamedTuple):
    due: dt.datetime
    steps: tuple[Step, ...]
    provisional: bool


def after(span: Span, start: dt.datetime, calendar: WorkingCalendar) -> Deadline:
    """When it is due, a span after something happened."""
    local = calendar.local(start)
    if span.unit in _CLOCK:
        return _deadline(How.AFTER, span, start, calendar, _around_the_clock(How.AFTER, span, local))
    if span.unit in _OFFICE:
        return _deadline(How.AFTER, span, start, calendar, _in_office_time(span, local, calendar))
    received, late = _received(local, calendar) if span.unit == "workdays" else (local.date(), ())
    found = _after_days(span, received, calendar)
    return _deadline(How.AFTER, span, start, calendar, found._replace(steps=late + found.steps))


def before(span: Span, end: dt.datetime, calendar: WorkingCalendar) -> Deadline:
    """The latest moment to begin what takes a span and must be done by `end`."""
    local = calendar.local(end)
    if span.unit in _CLOCK:
        return _deadline(How.BEFORE, span, end, calendar, _around_the_clock(How.BEFORE, span, local))
    if span.unit in _OFFICE:
        return _deadline(How.BEFORE, span, end, calendar, _back_in_office_time(span, local, calendar))
    return _deadline(How.BEFORE, span, end, calendar, _before_days(span, local.date(), calendar))


def by(day: dt.date, calendar: WorkingCalendar, *, keep: bool = False) -> Deadline:
    """By the close of a day, or of the next working day when it is a day off; `keep`: of that very day."""
    how = How.ON if keep else How.BY
    return _deadline(how, None, calendar.close(day), calendar, _by_close(how, day, calendar))


def recomputed(deadline: Deadline, calendar: WorkingCalendar) -> Deadline:
    """The same question put to another calendar."""
    if deadline.span is None:
        return by(calendar.local(deadline.start).date(), calendar, keep=deadline.how is How.ON)
    computed = before if deadline.how is How.BEFORE else after
    return computed(deadline.span, deadline.start, calendar)


def as_now(deadline: Deadline, calendar: WorkingCalendar) -> Deadline | None:
    """What today's calendar would give, if that is another instant; None: the deadline would be the same."""
    now = recomputed(deadline, calendar)
    return None if now.due == deadline.due else now


def _deadline(how: How, span: Span | None, start: dt.datetime, calendar: WorkingCalendar, found: _Found) -> Deadline:
    return Deadline(
        how=how,
        start=start,
        span=span,
        due=found.due,
        steps=found.steps,
        provisional=found.provisional,
        calendar_seq=calendar.seq,
    )


def _received(local: dt.datetime, calendar: WorkingCalendar) -> tuple[dt.date, tuple[Step, ...]]:
    """The working day that something counts as received on, and why it is another than its own."""
    day = local.date()
    if calendar.counts(day):
        if local.time() <= calendar.hours(day).closes:
            return day, ()
        received = arithmetic.add_workdays(day, 1, calendar)
        return received, (reasons.after_hours(local, received, calendar),)
    received = arithmetic.on_or_after(day, calendar)
    return received, (reasons.day_off(local, received, calendar),)


@lru_cache(maxsize=8_192)
def _after_days(span: Span, day: dt.date, calendar: WorkingCalendar) -> _Found:
    if span.unit == "workdays":
        last = arithmetic.add_workdays(day, span.amount, calendar)
        steps = (reasons.first(day, arithmetic.add_workdays(day, 1, calendar)), *reasons.between(day, last, calendar))
    else:
        reached = _moved(day, span, 1)
        last = arithmetic.on_or_after(reached, calendar)
        steps = (reasons.reached(day, reached), *reasons.rolled(reached, last, calendar))
    return _closing(last, (*steps, reasons.due(last, span, calendar)), day, calendar)


@lru_cache(maxsize=8_192)
def _before_days(span: Span, day: dt.date, calendar: WorkingCalendar) -> _Found:
    if span.unit == "workdays":
        end = arithmetic.on_or_before(day, calendar)
        latest = arithmetic.add_workdays(end, -span.amount, calendar)
        steps = (*reasons.rolled(day, end, calendar), *reasons.between(latest, end, calendar))
    else:
        reached = _moved(day, span, -1)
        latest = arithmetic.on_or_before(reached, calendar)
        steps = (reasons.reached(day, reached), *reasons.rolled(reached, latest, calendar))
    return _closing(latest, (*steps, reasons.latest(latest, day, span, calendar)), day, calendar)


@lru_cache(maxsize=8_192)
def _by_close(how: How, day: dt.date, calendar: WorkingCalendar) -> _Found:
    last = day if how is How.ON else arithmetic.on_or_after(day, calendar)
    steps = (*reasons.rolled(day, last, calendar), reasons.close(last, calendar))
    return _closing(last, steps, day, calendar)


def _closing(day: dt.date, steps: tuple[Step, ...], other: dt.date, calendar: WorkingCalendar) -> _Found:
    unsure = reasons.unsure(min(day, other), max(day, other), calendar)
    return _Found(calendar.close(day), steps + unsure, bool(unsure))


def _moved(day: dt.date, span: Span, sign: int) -> dt.date:
    if span.unit == "months":
        return arithmetic.add_months(day, sign * span.amount)
    return day + dt.timedelta(days=sign * span.amount)


def _around_the_clock(how: How, span: Span, local: dt.datetime) -> _Found:
    passed = dt.timedelta(**{_CLOCK[span.unit]: span.amount})
    due = local + passed if how is How.AFTER else local - passed
    return _Found(due, (reasons.clock(how, due, span),), False)


def _in_office_time(span: Span, local: dt.datetime, calendar: WorkingCalendar) -> _Found:
    begins = arithmetic.opening(local, calendar)
    due = arithmetic.add_office_time(begins, dt.timedelta(**{_OFFICE[span.unit]: span.amount}), calendar)
    steps = (
        *reasons.opened(local, begins, calendar),
        *reasons.between(begins.date(), due.date(), calendar),
        reasons.clock(How.AFTER, due, span),
    )
    unsure = reasons.unsure(local.date(), due.date(), calendar)
    return _Found(due, steps + unsure, bool(unsure))


def _back_in_office_time(span: Span, local: dt.datetime, calendar: WorkingCalendar) -> _Found:
    latest = arithmetic.subtract_office_time(local, dt.timedelta(**{_OFFICE[span.unit]: span.amount}), calendar)
    steps = (*reasons.between(latest.date(), local.date(), calendar), reasons.clock(How.BEFORE, latest, span))
    unsure = reasons.unsure(latest.date(), local.date(), calendar)
    return _Found(latest, steps + unsure, bool(unsure))
