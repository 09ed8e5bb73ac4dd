"""The nation's days as they were announced; and of a year not announced, as the law has them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.calendars.made import NATIONAL
from xianfeng.calendars import national
from xianfeng.calendars.days import DayKind


@pytest.mark.parametrize(
    ("day", "kind", "title"),
    [
        ("2010-10-01", DayKind.HOLIDAY, "国庆节"),
        ("2010-10-09", DayKind.MAKEUP, "国庆节"),
        ("2012-01-21", DayKind.MAKEUP, "春节"),
        ("2015-09-03", DayKind.HOLIDAY, "抗战胜利70周年纪念日"),
        ("2026-10-07", DayKind.HOLIDAY, "国庆节"),
        ("2026-10-08", DayKind.WORK, ""),
        ("2026-10-11", DayKind.REST, ""),
        ("2027-10-01", DayKind.HOLIDAY, "国庆节"),
        ("2027-02-05", DayKind.HOLIDAY, "除夕"),
        ("2027-10-05", DayKind.WORK, ""),
    ],
)
def test_days(day: str, kind: DayKind, title: str) -> None:
    found = NATIONAL.day(dt.date.fromisoformat(day))
    assert (found.kind, found.title) == (kind, title)


def test_announced_years_are_certain_and_others_provisional() -> None:
    assert not NATIONAL.provisional(2004)
    assert not NATIONAL.provisional(2026)
    assert NATIONAL.provisional(2027)
    assert NATIONAL.day(dt.date(2027, 3, 1)).provisional
    assert not NATIONAL.day(dt.date(2026, 3, 2)).provisional


@pytest.mark.parametrize("year", range(2004, 2030))
def test_every_name_can_be_said_in_any_language(year: int) -> None:
    known = national.year_of(year)
    assert {day.title for day in known.days.values()} <= set(national.FESTIVALS)
    assert all(day.year == year for day in known.days)
    assert {"元旦", "春节", "国庆节"} <= {day.title for day in known.days.values()} | {"国庆节"}
