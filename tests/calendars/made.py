"""Calendars for tests: the nation's, and any that hypothesis can think of."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from xianfeng.calendars import hours, national
from xianfeng.calendars.days import ZONE, Day, DayKind, Quiet, WorkingCalendar, Year
from xianfeng.calendars.hours import Season
from xianfeng.scheme.obliging import Span

NATIONAL = WorkingCalendar(year_of=national.year_of)


def at(text: str) -> dt.datetime:
    """'2026-10-01 16:40', in Beijing."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def span(text: str) -> Span:
    amount, unit = text.split()
    return Span(amount=int(amount), unit=unit)  # type: ignore[arg-type]


def announced(year: int) -> Year:
    return Year(announced=True)


DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2012, 12, 31))
MOMENTS = st.builds(
    lambda day, minute: dt.datetime.combine(day, dt.time(), ZONE) + dt.timedelta(minutes=minute),
    DAYS,
    st.integers(0, 24 * 60 - 1),
)
_SEASONS = (
    (Season((1, 1), hours.parse("08:30-12:00 14:30-17:30")),),
    (Season((1, 1), hours.parse("08:00-12:00 13:30-17:30")), Season((6, 1), hours.parse("08:00-12:00 15:00-18:00"))),
    (Season((5, 1), hours.parse("09:00-17:00")),),
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    days = draw(st.dictionaries(DAYS, st.sampled_from(DayKind), max_size=25))
    since = draw(DAYS)
    quiet = Quiet(
        since=since,
        until=since + dt.timedelta(days=draw(st.integers(0, 40))),
        title="防汛",
        pauses=draw(st.booleans()),
    )
    return WorkingCalendar(
        special={day: Day(kind, "" if kind in {DayKind.WORK, DayKind.REST} else "节日") for day, kind in days.items()},
        year_of=announced,
        seasons=draw(st.sampled_from(_SEASONS)),
        quiet=(quiet,),
    )
