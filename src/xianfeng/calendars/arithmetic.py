"""Going forwards and backwards in working days, months and office hours.

Working days are looked up in a year's sorted ordinals, so that a long span costs no more than a short one.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from xianfeng.calendars.days import WorkingCalendar

_ONE = dt.timedelta(days=1)


def add_workdays(day: dt.date, n: int, calendar: WorkingCalendar) -> dt.date:
    """The nth working day after a day, or with n < 0 before it; it need not be one itself. n = 0: `on_or_after`."""
    if n == 0:
        return on_or_after(day, calendar)
    return _forwards(day, n, calendar) if n > 0 else _backwards(day, -n, calendar)


def count_workdays(since: dt.date, until: dt.date, calendar: WorkingCalendar) -> int:
    """How many working days lie after `since`, up to and with `until`; negative when `until` is the earlier."""
    if until < since:
        return -count_workdays(until, since, calendar)
    whole = sum(len(calendar.counted(year)) for year in range(since.year, until.year))
    reached = bisect_right(calendar.counted(until.year), until.toordinal())
    return whole + reached - bisect_right(calendar.counted(since.year), since.toordinal())


def on_or_after(day: dt.date, calendar: WorkingCalendar) -> dt.date:
    return _forwards(day - _ONE, 1, calendar)


def on_or_before(day: dt.date, calendar: WorkingCalendar) -> dt.date:
    return _backwards(day + _ONE, 1, calendar)


def add_months(day: dt.date, n: int) -> dt.date:
    """The same day of the nth month after (n < 0: before); the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def opening(moment: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    """The moment itself while offices are open, or when they open next."""
    return next(_sessions_from(calendar.local(moment), calendar))[0]


def add_office_time(moment: dt.datetime, span: dt.timedelta, calendar: WorkingCalendar) -> dt.datetime:
    """When so much office time has passed since a moment; at the end of a session rather than the start of the next."""
    left = span
    for since, until in _sessions_from(calendar.local(moment), calendar):
        if left <= until - since:
            return since + left
        left -= until - since
    raise AssertionError("sessions never end")


def subtract_office_time(moment: dt.datetime, span: dt.timedelta, calendar: WorkingCalendar) -> dt.datetime:
    """The latest moment after which so much office time passes before `moment`."""
    left = span
    for since, until in _sessions_until(calendar.local(moment), calendar):
        if left <= until - since:
            return until - left
        left -= until - since
    raise AssertionError("sessions never end")


def office_time(since: dt.datetime, until: dt.datetime, calendar: WorkingCalendar) -> dt.timedelta:
    """How much office time lies between two moments, the earlier first."""
    last = calendar.local(until)
    passed = dt.timedelta()
    for begins, ends in _sessions_from(calendar.local(since), calendar):
        if begins >= last:
            return passed
        passed += min(ends, last) - begins
    raise AssertionError("sessions never end")


def _sessions_from(moment: dt.datetime, calendar: WorkingCalendar) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    day = on_or_after(moment.date(), calendar)
    while True:
        for opens, closes in calendar.hours(day).sessions:
            since, until = calendar.moment(day, opens), calendar.moment(day, closes)
            if moment < until:
                yield max(since, moment), until
        day = _forwards(day, 1, calendar)


def _sessions_until(moment: dt.datetime, calendar: WorkingCalendar) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    day = on_or_before(moment.date(), calendar)
    while True:
        for opens, closes in reversed(calendar.hours(day).sessions):
            since, until = calendar.moment(day, opens), calendar.moment(day, closes)
            if since < moment:
                yield since, min(until, moment)
        day = _backwards(day, 1, calendar)


def _forwards(day: dt.date, n: int, calendar: WorkingCalendar) -> dt.date:
    days = calendar.counted(year := day.year)
    at = bisect_right(days, day.toordinal()) + n - 1
    while at >= len(days):
        at -= len(days)
        days = calendar.counted(year := year + 1)
    return dt.date.fromordinal(days[at])


def _backwards(day: dt.date, n: int, calendar: WorkingCalendar) -> dt.date:
    days = calendar.counted(year := day.year)
    at = bisect_left(days, day.toordinal()) - n
    while at < 0:
        days = calendar.counted(year := year - 1)
        at += len(days)
    return dt.date.fromordinal(days[at])
