"""A year as twelve small months: every day with a word beside its number where it is not like others."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from xianfeng.calendars import wording
from xianfeng.calendars.days import Day, DayKind, WorkingCalendar
from xianfeng.sentences import Said, translated

KINDS: Mapping[DayKind, str | Promise] = {
    DayKind.HOLIDAY: _("放假"),
    DayKind.MAKEUP: _("调休上班"),
    DayKind.WORK: _("工作日"),
    DayKind.REST: _("休息日"),
}
_MONDAY_FIRST = months.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Square:
    """One day. `look`: its class; `mark`: one character that says it beside the number; `words`: the whole of it."""

    number: int
    look: str
    mark: str = ""
    words: str = ""
    href: str = ""


@dataclass(frozen=True)
class Month:
    number: int
    weeks: tuple[tuple[Square | None, ...], ...]


def year(of: int, calendar: WorkingCalendar, *, editable: bool) -> tuple[Month, ...]:
    return tuple(Month(month, _weeks(of, month, calendar, editable)) for month in range(1, 13))


def words(day: Day) -> str:
    """'国庆节放假', '国庆节调休上班', '工作日'."""
    kind = str(KINDS[day.kind])
    return gettext("{title}{kind}").format(title=title(day.title), kind=kind) if day.title else kind


def title(said: str) -> str:
    return _told(wording.title(said))


def source(said: str) -> str:
    return _told(wording.source(said))


def _told(words: str) -> str:
    """What can be said in the reader's language; what an office wrote is its own."""
    return translated(words) if isinstance(words, Said) else words


def _weeks(year: int, month: int, calendar: WorkingCalendar, editable: bool) -> tuple[tuple[Square | None, ...], ...]:
    return tuple(
        tuple(_square(day, calendar, editable) if day.month == month else None for day in week)
        for week in _MONDAY_FIRST.monthdatescalendar(year, month)
    )


def _square(day: dt.date, calendar: WorkingCalendar, editable: bool) -> Square:
    found, quiet = calendar.day(day), calendar.quiet_on(day)
    told = [words(found)] if found.title or day in calendar.special else []
    if quiet:
        told.append(quiet.title)
    return Square(
        number=day.day,
        look=f"{found.kind}{' quiet-day' if quiet else ''}",
        mark=_mark(day, found, calendar) + (pgettext("日历格", "静") if quiet else ""),
        words=gettext("，").join(told),
        href=f"{reverse('calendar_days')}?day={day}" if editable else "",
    )


def _mark(day: dt.date, found: Day, calendar: WorkingCalendar) -> str:
    if found.kind is DayKind.HOLIDAY or (found.kind is DayKind.REST and day in calendar.special):
        return pgettext("日历格", "休")
    if found.kind is DayKind.MAKEUP or (found.kind is DayKind.WORK and day in calendar.special):
        return pgettext("日历格", "班")
    return ""
