"""Periods: where a measure begins to count, and the months of a series."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import replace

from xianfeng.figures.interface import Query
from xianfeng.scheme.nodes import Count, Distinct, Flowing, Growth, Latest, Measure, Ratio, Scheme, Sum


def beginning(query: Query, scheme: Scheme, measure: Measure) -> dt.date:
    """The first day that counts. A stock or a coverage is a state: it has none."""
    if not isinstance(measure, Count | Sum | Distinct):
        return dt.date.min
    return query.since or (scheme.since if measure.since_start else dt.date.min)


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
    return isinstance(measure, Flowing) and not isinstance(measure, Latest | Growth)


def months(since: dt.date, until: dt.date) -> list[dt.date]:
    """The first days of the months that a period touches."""
    first, found = since.replace(day=1), []
    while first <= until:
        found.append(first)
        first = (first + dt.timedelta(days=31)).replace(day=1)
    return found


def last_day(first: dt.date) -> dt.date:
    return first.replace(day=monthrange(first.year, first.month)[1])
