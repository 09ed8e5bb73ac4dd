"""Everything that is said about days: keyword-only, atomic, `by=` an actor, each an entry of the stream 'calendar'.

Deadlines that were computed before stay as they were (`deadline`); what is computed from now on follows the new entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from xianfeng.calendars import hours as office_hours
from xianfeng.calendars import jurisdiction, national, store
from xianfeng.calendars.days import Day, DayKind, Year
from xianfeng.calendars.hours import MonthDay
from xianfeng.calendars.jurisdiction import NATION
from xianfeng.calendars.table import stretch
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append
from xianfeng.problems import Problem
from xianfeng.registry import changes
from xianfeng.scheme.types import YEARS
from xianfeng.sentences import say

LONGEST = 366  # days of one edit: more is a slip of the year
_TITLED = frozenset({DayKind.HOLIDAY, DayKind.MAKEUP})


@transaction.atomic
def fill(years: Iterable[int], *, day: dt.date, by: Actor) -> tuple[int, ...]:
    """Take the nation's announcements into its table; the years that were new or had changed."""
    jurisdiction.demand(NATION, by)
    wanted = sorted(set(years))
    for year in wanted:
        _within(dt.date(year, 1, 1) if 0 < year < dt.MAXYEAR else dt.date.min)
    kept = store.table(NATION).years
    new = {year: told for year in wanted if kept.get(year) != (told := national.year_of(year))}
    append([_draft(NATION, "fill", day, _filled(year, told)) for year, told in new.items()], by=by)
    return tuple(new)


@transaction.atomic
def set_days(
    *,
    organisation: int,
    since: dt.date,
    until: dt.date,
    kind: DayKind | None,
    title: str = "",
    source: str = "",
    day: dt.date,
    by: Actor,
) -> int:
    """What the days from one to another are, both included (None: what the table above says); the entry's number."""
    jurisdiction.demand(organisation, by)
    days = _days(since, until)
    said = Day(kind, changes.text(title), changes.text(source)) if kind else None
    if kind in _TITLED and said is not None and not said.title:
        raise Problem(
            "calendars.no_title",
            say("放假和调休要写明是什么假。"),
            hint=say("例如：国庆节、防汛值守。"),
        )
    kept = store.table(organisation).days
    if all(kept.get(one) == said for one in days):
        raise _unchanged()
    body = {
        "since": since,
        "until": until,
        "kind": kind or "",
        "title": said.title if said else "",
        "source": said.source if said else changes.text(source),
    }
    return _append(organisation, "set", day, body, by)


@transaction.atomic
def announce(*, organisation: int, year: int, announced: bool = True, source: str = "", day: dt.date, by: Actor) -> int:
    """That a year's holidays are announced and entered, so that it is provisional no longer; the entry's number."""
    jurisdiction.demand(organisation, by)
    _within(dt.date(year, 1, 1))
    if store.table(organisation).announced.get(year) == announced:
        raise _unchanged()
    body = {"year": year, "announced": announced, "source": changes.text(source)}
    return _append(organisation, "announce", day, body, by)


@transaction.atomic
def set_hours(*, organisation: int, since: MonthDay, hours: str, day: dt.date, by: Actor) -> int:
    """When offices are open from a month and day of each year on ('' takes that season away); the entry's number."""
    jurisdiction.demand(organisation, by)
    try:
        dt.date(2000, *since)
    except ValueError:
        raise Problem(
            "calendars.no_such_day", say("没有{month}月{day}日。", month=since[0], day=since[1]), hint=say("核对日期。")
        ) from None
    said = str(office_hours.parse(hours)) if hours.strip() else ""
    kept = store.table(organisation).seasons.get(since)
    if said == (str(kept.hours) if kept else ""):
        raise _unchanged()
    return _append(organisation, "hours", day, {"since": list(since), "hours": said}, by)


@transaction.atomic
def declare_quiet(
    *,
    organisation: int,
    since: dt.date,
    until: dt.date,
    title: str,
    pauses: bool = False,
    day: dt.date,
    by: Actor,
) -> int:
    """A stretch in which offices are left in peace; its number, which is the entry's."""
    jurisdiction.demand(organisation, by)
    _days(since, until)
    named = changes.text(title)
    if not named:
        raise Problem("calendars.no_title", say("静默期要有名称。"), hint=say("例如：防汛、农忙。"))
    body = {"since": since, "until": until, "title": named, "pauses": pauses}
    return _append(organisation, "quiet", day, body, by)


@transaction.atomic
def end_quiet(*, organisation: int, quiet: int, day: dt.date, by: Actor) -> int:
    """Take a quiet period back; the entry's number."""
    jurisdiction.demand(organisation, by)
    if quiet not in store.table(organisation).quiet:
        raise Problem(
            "calendars.no_quiet", say("没有编号为 {number} 的静默期。", number=quiet), hint=say("刷新页面再看。")
        )
    return _append(organisation, "unquiet", day, {"quiet": quiet}, by)


def _append(organisation: int, action: str, day: dt.date, body: Mapping[str, Any], by: Actor) -> int:
    return append([_draft(organisation, action, day, body)], by=by)[0]


def _draft(organisation: int, action: str, day: dt.date, body: Mapping[str, Any]) -> Draft:
    return Draft(stream=store.STREAM, action=action, day=day, about=organisation, body=body)


def _filled(year: int, told: Year) -> Mapping[str, Any]:
    days = [[day, said.kind, said.title] for day, said in told.days.items()]
    return {"year": year, "announced": told.announced, "days": days, "source": told.source}


def _days(since: dt.date, until: dt.date) -> list[dt.date]:
    _within(since)
    _within(until)
    if until < since:
        raise Problem("calendars.order", say("结束日期早于开始日期。"), hint=say("核对日期。"))
    days = stretch(since, until)
    if len(days) > LONGEST:
        raise Problem("calendars.too_long", say("一次最多改 {n} 天。", n=LONGEST), hint=say("核对年份，或分几次改。"))
    return days


def _within(day: dt.date) -> None:
    if day.year not in YEARS:
        raise Problem(
            "calendars.year",
            say("工作日历管 {first} 年到 {last} 年。", first=YEARS[0], last=YEARS[-1]),
            hint=say("核对年份。"),
        )


def _unchanged() -> Problem:
    return Problem("calendars.unchanged", say("日历没有变化。"), hint=say("现在就是这样，不用再改。"))
