"""Periods: where a measure begins to count, and the months of a series."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import replace

from xianfeng.figures.interface import Query
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Count, Distinct, Flowing, Latest, Measure, Ratio, Sum
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

MOST = 240  # months of a series: of a state, each is a question of its own


def beginning(query: Query, scheme: Scheme, measure: Measure) -> dt.date:
    """The first day that counts. A stock, a coverage and what stands until it ends are states: they have none."""
    if not isinstance(measure, Count | Sum | Distinct):
        return dt.date.min
    asked = None if measure.stands_until else query.since
    return asked or (scheme.since if measure.since_start else dt.date.min)


def shared(query: Query, scheme: Scheme, measure: Ratio) -> Query:
    """The one period of a ratio's two parts: from the scheme's start when either of them says so."""
    parts = (scheme.measures[measure.numerator], scheme.measures[measure.denominator])
    if query.since is None and any(isinstance(part, Flowing) and part.since_start for part in parts):
        return replace(query, since=scheme.since)
    return query


def flows(scheme: Scheme, measure: Measure) -> bool:
    """Whether a month has a value of its own, and not only a state at its end."""
    if isinstance(measure, Ratio):
        return all(flows(scheme, scheme.measures[part]) for part in (measure.numerator, measure.denominator))
    return isinstance(measure, Flowing) and not isinstance(measure, Latest) and not measure.stands_until


def months(scheme: Scheme, since: dt.date | None, until: dt.date) -> list[dt.date]:
    """The first days of the months that a period touches while the scheme runs."""
    first, last = max(since or scheme.since, scheme.since), min(until, scheme.until)
    found = range(_number(first), _number(last) + 1) if first <= last else ()
    if len(found) > MOST:
        raise Problem(
            "figures.months",
            say("这一时段有 {count} 个月，按月细分至多 {most} 个月", count=len(found), most=MOST),
            hint="请缩短起止日之间的时段。",
        )
    return [dt.date(number // 12, number % 12 + 1, 1) for number in found]


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def last_day(first: dt.date) -> dt.date:
    return first.replace(day=monthrange(first.year, first.month)[1])
