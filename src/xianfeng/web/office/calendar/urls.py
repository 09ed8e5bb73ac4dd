"""Where the working calendar stands, under /office/calendar/."""

from __future__ import annotations

from django.urls import URLPattern, path

from xianfeng.web.office.calendar.announcing import announce
from xianfeng.web.office.calendar.days import calendar_days
from xianfeng.web.office.calendar.hours import calendar_hours
from xianfeng.web.office.calendar.quiet import calendar_quiet, end_quiet
from xianfeng.web.office.calendar.year import working_calendar

urlpatterns: list[URLPattern] = [
    path("", working_calendar, name="working_calendar"),
    path("days", calendar_days, name="calendar_days"),
    path("hours", calendar_hours, name="calendar_hours"),
    path("quiet", calendar_quiet, name="calendar_quiet"),
    path("quiet/<int:number>/end", end_quiet, name="end_quiet"),
    path("<int:year>/announce", announce, name="announce_year"),
]
