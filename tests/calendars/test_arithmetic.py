"""Going forwards and backwards over any calendar agrees with counting day by day and minute by minute."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.calendars.made import DAYS, MOMENTS, NATIONAL, at, calendars
from xianfeng.calendars import arithmetic
from xianfeng.calendars.days import WorkingCalendar

_ONE = dt.timedelta(days=1)
COUNTS = st.integers(1, 300)
OFFICE = st.integers(1, 6_000).map(lambda n: dt.timedelta(minutes=n))


def day_by_day(day: dt.date, n: int, calendar: WorkingCalendar) -> dt.date:
    step = _ONE if n > 0 else -_ONE
    left = abs(n)
    while left:
        day += step
        left -= calendar.counts(day)
    return day


@given(DAYS, COUNTS, calendars())
def test_it_is_counting_day_by_day(day: dt.date, n: int, calendar: WorkingCalendar) -> None:
    assert arithmetic.add_workdays(day, n, calendar) == day_by_day(day, n, calendar)
    assert arithmetic.add_workdays(day, -n, calendar) == day_by_day(day, -n, calendar)


@given(DAYS, COUNTS, calendars())
def test_there_and_back_again(day: dt.date, n: int, calendar: WorkingCalendar) -> None:
    start = arithmetic.on_or_after(day, calendar)
    there = arithmetic.add_workdays(start, n, calendar)
    assert arithmetic.add_workdays(there, -n, calendar) == start
    assert arithmetic.count_workdays(start, there, calendar) == n
    assert arithmetic.count_workdays(there, start, calendar) == -n


@given(DAYS, DAYS, COUNTS, calendars())
def test_who_starts_later_is_never_done_earlier(
    one: dt.date, other: dt.date, n: int, calendar: WorkingCalendar
) -> None:
    earlier, later = sorted((one, other))
    assert arithmetic.add_workdays(earlier, n, calendar) <= arithmetic.add_workdays(later, n, calendar)
    assert arithmetic.add_workdays(earlier, -n, calendar) <= arithmetic.add_workdays(later, -n, calendar)
    assert arithmetic.add_workdays(one, n, calendar) < arithmetic.add_workdays(one, n + 1, calendar)


@given(DAYS, calendars())
def test_the_nearest_working_days(day: dt.date, calendar: WorkingCalendar) -> None:
    after, before = arithmetic.on_or_after(day, calendar), arithmetic.on_or_before(day, calendar)
    assert before <= day <= after
    assert calendar.counts(before)
    assert calendar.counts(after)
    assert (before == after == day) == calendar.counts(day)


@given(MOMENTS, OFFICE, calendars())
def test_office_time_passes_while_offices_are_open(
    moment: dt.datetime, passed: dt.timedelta, calendar: WorkingCalendar
) -> None:
    due = arithmetic.add_office_time(moment, passed, calendar)
    assert calendar.counts(due.date())
    assert any(since < due.time() <= until for since, until in calendar.hours(due.date()).sessions)
    assert arithmetic.office_time(moment, due, calendar) == passed


@given(MOMENTS, OFFICE, calendars())
def test_office_time_there_and_back_again(moment: dt.datetime, passed: dt.timedelta, calendar: WorkingCalendar) -> None:
    start = arithmetic.opening(moment, calendar)
    due = arithmetic.add_office_time(start, passed, calendar)
    assert arithmetic.subtract_office_time(due, passed, calendar) == start


def test_office_time_minute_by_minute() -> None:
    open_ = [
        moment
        for n in range(4 * 24 * 60)
        for moment in [at("2026-09-30 15:00") + dt.timedelta(minutes=n)]
        if moment.date() in {dt.date(2026, 9, 30)} and "15:00" <= f"{moment:%H:%M}" < "17:30"
    ]
    assert arithmetic.office_time(at("2026-09-30 15:00"), at("2026-10-04 15:00"), NATIONAL) == len(
        open_
    ) * dt.timedelta(minutes=1)
    assert arithmetic.office_time(at("2026-09-30 15:00"), at("2026-10-08 09:00"), NATIONAL) == dt.timedelta(hours=3)


def test_months_end_where_they_end() -> None:
    assert arithmetic.add_months(dt.date(2012, 1, 31), 1) == dt.date(2012, 2, 29)
    assert arithmetic.add_months(dt.date(2011, 10, 31), 4) == dt.date(2012, 2, 29)
    assert arithmetic.add_months(dt.date(2012, 3, 31), -1) == dt.date(2012, 2, 29)
    assert arithmetic.add_months(dt.date(2011, 12, 15), 1) == dt.date(2012, 1, 15)
    assert arithmetic.add_months(dt.date(2012, 1, 15), -13) == dt.date(2010, 12, 15)
