"""Due instants, by hand from the State Council's announcements, and by the rules over any calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendars.made import DAYS, MOMENTS, NATIONAL, announced, at, calendars, span
from xianfeng.calendars import deadlines, hours
from xianfeng.calendars.days import Day, DayKind, Quiet, WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.calendars.hours import Season
from xianfeng.scheme.obliging import Span

BY_DAYS = st.builds(Span, amount=st.integers(1, 120), unit=st.sampled_from(["workdays", "days"])) | st.builds(
    Span, amount=st.integers(1, 12), unit=st.just("months")
)
IN_OFFICES = st.builds(Span, amount=st.integers(1, 900), unit=st.sampled_from(["work_minutes", "work_hours"]))
CLOCKED = st.builds(Span, amount=st.integers(1, 900), unit=st.sampled_from(["minutes", "hours"]))
SPANS = BY_DAYS | IN_OFFICES | CLOCKED


@pytest.mark.parametrize(
    ("said", "start", "due"),
    [
        # Friday in time, and after offices closed: the day itself is not counted.
        ("1 workdays", "2026-11-20 16:40", "2026-11-23 17:30"),
        ("1 workdays", "2026-11-20 17:30", "2026-11-23 17:30"),
        ("1 workdays", "2026-11-20 17:31", "2026-11-24 17:30"),
        ("1 workdays", "2026-11-21 10:00", "2026-11-24 17:30"),
        ("3 workdays", "2026-11-20 07:00", "2026-11-25 17:30"),
        # National Day 2026: off 1-7 October, worked on Sunday 20 September and Saturday 10 October.
        ("5 workdays", "2026-09-29 09:00", "2026-10-12 17:30"),
        ("5 workdays", "2026-09-17 09:00", "2026-09-23 17:30"),
        # Spring Festival 2012: off 22-28 January, worked on 21 and 29 January.
        ("5 workdays", "2012-01-20 09:00", "2012-02-01 17:30"),
        ("13 workdays", "2012-01-10 09:00", "2012-02-01 17:30"),
        # By the calendar, put off to the next working day.
        ("5 days", "2026-11-16 18:00", "2026-11-23 17:30"),
        ("5 days", "2026-11-18 18:00", "2026-11-23 17:30"),
        ("5 days", "2026-09-28 09:00", "2026-10-08 17:30"),
        ("1 months", "2026-01-31 09:00", "2026-02-28 17:30"),
        ("6 months", "2026-04-01 09:00", "2026-10-08 17:30"),
        # Office hours, over noon, evening, weekend and holiday.
        ("15 work_minutes", "2026-11-20 11:50", "2026-11-20 14:35"),
        ("30 work_minutes", "2026-11-20 13:00", "2026-11-20 15:00"),
        ("30 work_minutes", "2026-11-20 17:15", "2026-11-23 08:45"),
        ("30 work_minutes", "2026-11-20 17:00", "2026-11-20 17:30"),
        ("2 work_hours", "2026-09-30 16:30", "2026-10-08 09:30"),
        # Around the clock, because the scheme says so.
        ("30 minutes", "2026-11-21 23:45", "2026-11-22 00:15"),
        ("24 hours", "2026-09-30 17:00", "2026-10-01 17:00"),
    ],
)
def test_when_it_is_due(said: str, start: str, due: str) -> None:
    assert deadlines.after(span(said), at(start), NATIONAL).due == at(due)


@pytest.mark.parametrize(
    ("said", "end", "latest"),
    [
        ("5 workdays", "2026-11-27 17:30", "2026-11-20 17:30"),
        ("5 workdays", "2026-11-29 12:00", "2026-11-20 17:30"),
        ("5 workdays", "2026-10-12 17:30", "2026-09-29 17:30"),
        ("10 days", "2026-11-30 17:30", "2026-11-20 17:30"),
        ("9 days", "2026-11-30 17:30", "2026-11-20 17:30"),
        ("1 months", "2026-03-31 17:30", "2026-02-28 17:30"),
        ("30 work_minutes", "2026-11-23 08:45", "2026-11-20 17:15"),
        ("2 hours", "2026-11-22 01:00", "2026-11-21 23:00"),
    ],
)
def test_when_to_begin_at_the_latest(said: str, end: str, latest: str) -> None:
    assert deadlines.before(span(said), at(end), NATIONAL).due == at(latest)


def test_by_the_end_of_a_period() -> None:
    assert deadlines.by(dt.date(2026, 11, 30), NATIONAL).due == at("2026-11-30 17:30")
    assert deadlines.by(dt.date(2026, 10, 3), NATIONAL).due == at("2026-10-08 17:30")
    assert deadlines.by(dt.date(2026, 10, 3), NATIONAL, keep=True).due == at("2026-10-03 17:30")


@given(SPANS, MOMENTS, calendars())
def test_nothing_falls_due_on_a_day_off_unless_it_runs_around_the_clock(
    span: Span, moment: dt.datetime, calendar: WorkingCalendar
) -> None:
    for deadline in (deadlines.after(span, moment, calendar), deadlines.before(span, moment, calendar)):
        if span.unit in {"minutes", "hours"}:
            assert abs(deadline.due - moment) == span.amount * dt.timedelta(**{span.unit: 1})
        else:
            assert calendar.counts(deadline.due.date())


@given(SPANS, MOMENTS, MOMENTS, calendars())
def test_what_begins_later_is_never_due_earlier(
    span: Span, one: dt.datetime, other: dt.datetime, calendar: WorkingCalendar
) -> None:
    earlier, later = sorted((one, other))
    assert deadlines.after(span, earlier, calendar).due <= deadlines.after(span, later, calendar).due
    assert deadlines.before(span, earlier, calendar).due <= deadlines.before(span, later, calendar).due
    assert deadlines.before(span, one, calendar).due < one < deadlines.after(span, one, calendar).due


@given(SPANS, MOMENTS, calendars())
def test_more_time_is_never_less(span: Span, moment: dt.datetime, calendar: WorkingCalendar) -> None:
    longer = Span(amount=span.amount + 1, unit=span.unit)
    assert deadlines.after(span, moment, calendar).due <= deadlines.after(longer, moment, calendar).due
    assert deadlines.before(longer, moment, calendar).due <= deadlines.before(span, moment, calendar).due


@given(st.builds(Span, amount=st.integers(1, 120), unit=st.just("workdays")) | IN_OFFICES, DAYS, calendars())
def test_what_begins_at_the_latest_moment_is_done_in_time(span: Span, day: dt.date, calendar: WorkingCalendar) -> None:
    end = deadlines.by(day, calendar).due
    latest = deadlines.before(span, end, calendar).due
    assert deadlines.after(span, latest, calendar).due == end


@given(SPANS, MOMENTS, calendars())
def test_a_deadline_survives_being_written_down(span: Span, moment: dt.datetime, calendar: WorkingCalendar) -> None:
    for deadline in (
        deadlines.after(span, moment, calendar),
        deadlines.before(span, moment, calendar),
        deadlines.by(moment.date(), calendar),
    ):
        assert Deadline.from_json(deadline.to_json()) == deadline
        assert deadlines.recomputed(Deadline.from_json(deadline.to_json()), calendar) == deadline
        assert deadlines.as_now(deadline, calendar) is None


@given(DAYS, st.booleans(), calendars())
def test_the_close_of_any_day(day: dt.date, keep: bool, calendar: WorkingCalendar) -> None:
    due = deadlines.by(day, calendar, keep=keep).due
    assert due.time() == calendar.hours(due.date()).closes
    assert due.date() == day if keep or calendar.counts(day) else due.date() > day


def test_a_deadline_stays_when_the_calendar_is_edited() -> None:
    given_ = deadlines.after(span("3 workdays"), at("2026-11-18 09:00"), WorkingCalendar(year_of=announced, seq=7))
    assert given_.due == at("2026-11-23 17:30")
    assert given_.calendar_seq == 7
    edited = WorkingCalendar(special={dt.date(2026, 11, 20): Day(DayKind.HOLIDAY, "节")}, year_of=announced, seq=9)
    now = deadlines.as_now(given_, edited)
    assert now is not None
    assert now.due == at("2026-11-24 17:30")
    assert now.calendar_seq == 9
    assert given_.due == at("2026-11-23 17:30")
    elsewhere = WorkingCalendar(special={dt.date(2026, 12, 25): Day(DayKind.HOLIDAY, "节")}, year_of=announced, seq=9)
    assert deadlines.as_now(given_, elsewhere) is None


def test_a_quiet_period_pauses_only_where_it_says_so() -> None:
    spared = Quiet(since=dt.date(2026, 11, 19), until=dt.date(2026, 11, 20), title="防汛")
    paused = Quiet(since=dt.date(2026, 11, 19), until=dt.date(2026, 11, 20), title="农忙", pauses=True)
    start = at("2026-11-18 09:00")
    for quiet, due in ((spared, "2026-11-20 17:30"), (paused, "2026-11-24 17:30")):
        calendar = WorkingCalendar(year_of=announced, quiet=(quiet,))
        assert deadlines.after(span("2 workdays"), start, calendar).due == at(due)
        assert calendar.works(dt.date(2026, 11, 19))
        assert calendar.quiet_on(dt.date(2026, 11, 20)) == quiet
        assert calendar.quiet_on(dt.date(2026, 11, 21)) is None


def test_what_rests_on_a_year_not_announced_is_provisional() -> None:
    assert not deadlines.after(span("3 workdays"), at("2026-12-21 09:00"), NATIONAL).provisional
    assert deadlines.after(span("13 workdays"), at("2026-12-21 09:00"), NATIONAL).provisional
    assert deadlines.before(span("13 workdays"), at("2027-01-08 09:00"), NATIONAL).provisional


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadlines.after(span("1 days"), dt.datetime(2026, 11, 20, 9), NATIONAL)  # noqa: DTZ001 -- what is refused


def test_any_time_zone_will_do() -> None:
    utc = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)  # 17:30 in Beijing
    assert deadlines.after(span("1 workdays"), utc, NATIONAL).due == at("2026-11-23 17:30")


@pytest.mark.parametrize(("month", "closes"), [(5, 17), (6, 18), (12, 18)])
def test_hours_follow_the_season(month: int, closes: int) -> None:
    seasons = (Season((1, 1), hours.parse("09:00-17:00")), Season((6, 1), hours.parse("08:00-18:00")))
    calendar = WorkingCalendar(year_of=announced, seasons=seasons)
    assert deadlines.by(dt.date(2026, month, 1), calendar, keep=True).due.hour == closes
