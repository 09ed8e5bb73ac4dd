"""The working calendar of the reader's jurisdiction, one year at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.calendars.days import Day, Quiet, WorkingCalendar
from xianfeng.calendars.table import stretch
from xianfeng.scheme.types import YEARS
from xianfeng.web import access, cells
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.calendar import history, months, own
from xianfeng.web.office.calendar.announcing import AnnounceForm
from xianfeng.web.office.calendar.months import Month
from xianfeng.web.office.calendar.own import Own
from xianfeng.web.tables import Column, Table, answer


@dataclass(frozen=True)
class CalendarPage:
    year: int
    own: Own
    provisional: bool
    worked: int  # days
    months: tuple[Month, ...]
    hours: tuple[tuple[int, int, str], ...]  # month, day, hours
    quiet: tuple[Quiet, ...]
    table: Table
    history: Table
    announcing: AnnounceForm | None
    earlier: str
    later: str


@require_safe
@access.needs(Ability.READ)
def working_calendar(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    year = number_or_404(request, "year") or today.year
    if year not in YEARS:
        raise Http404(gettext("没有这一年的工作日历"))
    mine = own.of(request)
    calendar = mine.calendar()
    table, done = _table(year, calendar), history.table(mine.organisation)
    page = CalendarPage(
        year=year,
        own=mine,
        provisional=calendar.provisional(year),
        worked=sum(map(calendar.works, _days(year))),
        months=months.year(year, calendar, editable=mine.editable),
        hours=tuple((*season.since, str(season.hours)) for season in calendar.seasons),
        quiet=tuple(one for one in calendar.quiet if one.since.year <= year <= one.until.year),
        table=table,
        history=done,
        announcing=AnnounceForm() if mine.editable and calendar.provisional(year) else None,
        earlier=_address(year - 1),
        later=_address(year + 1),
    )
    return answer(request, table, done) or render(request, "office/calendar/year.html", {"page": page})


def _days(year: int) -> list[dt.date]:
    return stretch(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _table(year: int, calendar: WorkingCalendar) -> Table:
    """The stretches of days that are not as the week has them."""
    found = [(day, calendar.day(day)) for day in _days(year)]
    unusual = [(day, said) for day, said in found if said.title or day in calendar.special]
    runs = groupby(enumerate(unusual), key=lambda one: (one[1][1], one[1][0].toordinal() - one[0]))
    rows = [_row([day for _, (day, _) in some], said) for (said, _), some in runs]
    columns = (
        Column(gettext("从")),
        Column(gettext("到")),
        Column(gettext("天数"), align="right"),
        Column(gettext("安排")),
        Column(gettext("依据")),
    )
    return Table("days", gettext("放假和调休"), columns, rows, empty=gettext("这一年没有放假和调休的安排。"))


def _row(days: Sequence[dt.date], said: Day) -> tuple[cells.Cell, ...]:
    return (
        cells.day(days[0]),
        cells.day(days[-1]),
        cells.number(len(days)),
        cells.text(months.words(said)),
        cells.text(months.source(said.source) or gettext("没有写明")),
    )


def _address(year: int) -> str:
    return f"{reverse('working_calendar')}?year={year}" if year in YEARS else ""
