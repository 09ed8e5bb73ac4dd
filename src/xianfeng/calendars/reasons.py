"""The steps of a computation as data; `wording` makes sentences of them.

Kept with the deadline, so they hold what was true when it was computed: days, times and the names of holidays, never a
reference to a calendar that may have changed since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from xianfeng.calendars.days import DayKind, WorkingCalendar
from xianfeng.calendars.deadline import How, Step
from xianfeng.scheme.obliging import Span


def after_hours(local: dt.datetime, received: dt.date, calendar: WorkingCalendar) -> Step:
    closes = f"{calendar.hours(local.date()).closes:%H:%M}"
    return Step("after_hours", {"at": _at(local), "closes": closes, "received": _on(received)})


def day_off(local: dt.datetime, received: dt.date, calendar: WorkingCalendar) -> Step:
    why = _why_off(local.date(), calendar)
    return Step("day_off", {"at": _at(local), "title": why, "received": _on(received)})


def opened(local: dt.datetime, begins: dt.datetime, calendar: WorkingCalendar) -> Iterator[Step]:
    """Why office time does not run from the very moment, if it does not."""
    if begins == local:
        return
    if calendar.counts(local.date()):
        yield Step("closed", {"at": _at(local), "begins": _at(begins)})
    else:
        why = _why_off(local.date(), calendar)
        yield Step("closed_day", {"at": _at(local), "title": why, "begins": _at(begins)})


def first(day: dt.date, counted: dt.date) -> Step:
    return Step("first", {"day": _on(day), "first": _on(counted)})


def reached(day: dt.date, end: dt.date) -> Step:
    return Step("reached", {"day": _on(day), "end": _on(end)})


def rolled(day: dt.date, to: dt.date, calendar: WorkingCalendar) -> Iterator[Step]:
    """That a day off gave way to a working day, if it did."""
    if day != to:
        yield Step(
            "put_off" if to > day else "put_forward",
            {"day": _on(day), "title": _why_off(day, calendar), "to": _on(to)},
        )


def between(since: dt.date, until: dt.date, calendar: WorkingCalendar) -> Iterator[Step]:
    """What a count of working days after `since` up to `until` left out or took in."""
    span = range(since.toordinal() + 1, until.toordinal() + 1)
    told = [(day, *_told(day, calendar)) for day in map(dt.date.fromordinal, span)]
    for (code, title), some in groupby(told, key=lambda one: one[1:]):
        days = [one[0] for one in some]
        if code == "makeup":
            yield from (Step(code, {"title": title, "since": _on(day)}) for day in days)
        elif code in ("holiday", "quiet"):
            yield Step(code, {"title": title, "since": _on(days[0]), "until": _on(days[-1]), "days": len(days)})
    rest = sum(1 for _, code, _ in told if code == "rest")
    if rest:
        yield Step("rest", {"days": rest})


def due(day: dt.date, span: Span, calendar: WorkingCalendar) -> Step:
    return Step("due", {"amount": span.amount, "unit": span.unit, "at": _at(calendar.close(day))})


def latest(day: dt.date, end: dt.date, span: Span, calendar: WorkingCalendar) -> Step:
    values = {"amount": span.amount, "unit": span.unit, "end": _on(end), "at": _at(calendar.close(day))}
    return Step("latest", values)


def close(day: dt.date, calendar: WorkingCalendar) -> Step:
    return Step("close", {"at": _at(calendar.close(day))})


def clock(how: How, at: dt.datetime, span: Span) -> Step:
    code = "clock" if how is How.AFTER else "clock_back"
    return Step(code, {"amount": span.amount, "unit": span.unit, "at": _at(at)})


def unsure(since: dt.date, until: dt.date, calendar: WorkingCalendar) -> tuple[Step, ...]:
    """The years of a computation whose holidays are not announced."""
    years = [year for year in range(since.year, until.year + 1) if calendar.provisional(year)]
    return tuple(Step("provisional", {"year": year}) for year in years)


def _told(day: dt.date, calendar: WorkingCalendar) -> tuple[str, str]:
    found = calendar.day(day)
    if found.kind.works and not calendar.counts(day):
        return "quiet", _pause(day, calendar)
    return found.kind.value, found.title


def _pause(day: dt.date, calendar: WorkingCalendar) -> str:
    """What the quiet period is called in which a day does not count; '' outside of such."""
    return next((one.title for one in calendar.quiet if one.pauses and one.holds(day)), "")


def _why_off(day: dt.date, calendar: WorkingCalendar) -> str:
    """The holiday's or the quiet period's name; '' for a weekend like others. A weekend in a quiet period gives way to
    the first day after it."""
    code, title = _told(day, calendar)
    return _pause(day, calendar) if code == DayKind.REST else title


def _on(day: dt.date) -> str:
    return day.isoformat()


def _at(moment: dt.datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
