"""The stretches of time that something is owed, judged or decided for: each month, each phase, the end of each year.

A campaign's own beginning and end cut it off. Working days and quiet periods are the clock's business, not this one's.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation, Window
from xianfeng.sentences import say

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class Stretch:
    """Both days belong to it; what is owed for it is due on the last."""

    since: dt.date
    until: dt.date
    window: str = ""  # the title of a window or a phase, where it is one


class Recurring(Protocol):
    """What is owed, asked or done again and again."""

    @property
    def every(self) -> str: ...


def through(rule: Recurring, scheme: Scheme) -> tuple[Stretch, ...]:
    """All of a campaign's time, in order. An obligation's own windows go before what `every` says."""
    found: dict[dt.date, Stretch] = {}
    day = scheme.since
    while day <= scheme.until:
        around = [one for one in _around(rule, scheme, day) if one.until >= day]
        found.update((one.since, one) for one in around)
        day = max((one.until for one in around), default=scheme.until) + dt.timedelta(days=1)
    return tuple(found[since] for since in sorted(found))


def holding(rule: Recurring, scheme: Scheme, day: dt.date) -> Stretch | None:
    """The one in which a day lies."""
    return next((one for one in _around(rule, scheme, day) if one.since <= day <= one.until), None)


def ended(rule: Recurring, scheme: Scheme, day: dt.date) -> Stretch | None:
    """The last one that is over on a day, its last day among them."""
    now = holding(rule, scheme, min(day, scheme.until))
    if now is None or now.until <= day:
        return now
    return holding(rule, scheme, now.since - dt.timedelta(days=1))


def of_day(rule: Recurring, scheme: Scheme, day: dt.date) -> Stretch:
    """The same; a Problem when it lies outside the campaign's time."""
    found = holding(rule, scheme, day)
    if found is None:
        told = say("{day} 不在活动期间（{since} 至 {until}）。", day=day, since=scheme.since, until=scheme.until)
        raise Problem("scheme.outside", told, hint="换一个日期。", field="day")
    return found


def _around(rule: Recurring, scheme: Scheme, day: dt.date) -> Iterator[Stretch]:
    """Those near the day, within the campaign's time."""
    for one in _all(rule, scheme, day):
        since, until = max(one.since, scheme.since), min(one.until, scheme.until)
        if since <= until:
            yield Stretch(since, until, one.window)


def _all(rule: Recurring, scheme: Scheme, day: dt.date) -> Iterator[Stretch]:
    if isinstance(rule, Obligation) and rule.windows:
        for year in (day.year - 1, day.year, day.year + 1):
            yield from (of_year(window, year) for window in rule.windows)
    elif rule.every == "phase":
        yield from (Stretch(phase.since, phase.until, phase.title) for phase in scheme.phases.values())
    elif rule.every == "week":
        monday = day - dt.timedelta(days=day.weekday())
        yield Stretch(monday, monday + dt.timedelta(days=6))
    elif months := _MONTHS.get(rule.every):
        yield _months(day, months)
    else:
        yield Stretch(scheme.since, scheme.until)


def _months(day: dt.date, months: int) -> Stretch:
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return Stretch(dt.date(day.year, first, 1), dt.date(day.year, last, monthrange(day.year, last)[1]))


def of_year(window: Window, year: int) -> Stretch:
    return Stretch(_day(year, window.since), _day(year, window.until), window.title)


def _day(year: int, month_day: tuple[int, int]) -> dt.date:
    month, day = month_day
    return dt.date(year, month, min(day, monthrange(year, month)[1]))  # the 29th of February, most years
