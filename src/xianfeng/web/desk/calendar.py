"""A month as the office sees it: working days and days off, and on each day what stands in its agenda."""

from __future__ import annotations

import calendar as weeks
import datetime as dt
import re
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.agenda.item import Item
from xianfeng.agenda.items import agenda
from xianfeng.calendars import store, wording
from xianfeng.calendars.days import DayKind, WorkingCalendar
from xianfeng.duties import matching, owed
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.web import access, scope
from xianfeng.web.frame import asked, own_or_404

_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Due:
    title: str
    href: str
    overdue: bool


@dataclass(frozen=True)
class Square:
    day: dt.date
    inside: bool  # of the month
    off: bool
    title: str  # of a holiday, or that a weekend day is worked
    today: bool
    due: tuple[Due, ...]


@dataclass(frozen=True)
class CalendarPage:
    own: Node
    month: dt.date
    weeks: tuple[tuple[Square, ...], ...]
    before: str
    after: str
    overdue: int  # duties, of any month


@require_safe
@access.needs(Ability.READ)
def desk_calendar(request: HttpRequest) -> HttpResponse:
    own = own_or_404(scope.of(request))
    now = timezone.now()
    matching.before_a_page(now=now)
    first = _month(request, timezone.localdate(now))
    days = weeks.Calendar().monthdatescalendar(first.year, first.month)
    by_day: dict[dt.date, list[Item]] = {}
    for item in agenda(own.id, since=days[0][0], until=days[-1][-1], now=now):
        by_day.setdefault(item.day, []).append(item)
    working, today = store.calendar(own.id), timezone.localdate(now)
    here = reverse("desk_calendar")
    page = CalendarPage(
        own=own,
        month=first,
        weeks=tuple(tuple(_square(day, first, today, working, by_day.get(day, [])) for day in week) for week in days),
        before=f"{here}?month={first - dt.timedelta(days=1):%Y-%m}",
        after=f"{here}?month={first + dt.timedelta(days=31):%Y-%m}",
        overdue=owed.overdue(own.id, now=now),
    )
    return render(request, "desk/calendar.html", {"page": page})


def _month(request: HttpRequest, today: dt.date) -> dt.date:
    told = asked(request, "month")
    if not told:
        return today.replace(day=1)
    parts = _MONTH.fullmatch(told)
    if not parts or not told.isascii() or not 1 <= int(parts[2]) <= 12 or not 2000 <= int(parts[1]) <= 2100:
        raise Http404(gettext("没有这个月份"))
    return dt.date(int(parts[1]), int(parts[2]), 1)


def _square(day: dt.date, first: dt.date, today: dt.date, working: WorkingCalendar, items: list[Item]) -> Square:
    known = working.day(day)
    title = translated(wording.title(known.title)) if known.title else ""
    if known.kind is DayKind.MAKEUP:
        title = gettext("上班")
    return Square(
        day=day,
        inside=day.month == first.month,
        off=not known.kind.works,
        title=title,
        today=day == today,
        due=tuple(Due(translated(item.title), item.path, overdue=item.late) for item in items),
    )
