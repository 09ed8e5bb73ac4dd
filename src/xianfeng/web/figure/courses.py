"""How the measures of a dashboard went, month by month: of all of them the same months, so that one compares.

They are the months with most work, of the measures taken together: a campaign that is over shows its course, not its
silence, and one record that came years later does not make it end there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext

from xianfeng.figures.interface import Figures, Row
from xianfeng.web.figure.lines import MeasureLine

MONTHS = 12
MONTHS_OF_A_STATE = 6  # each of them is a question of its own
Course = Sequence[int | Decimal | None]


@dataclass(frozen=True)
class Courses:
    """By measure, the oldest month first. `span`: which months, in words; '' when none were asked for."""

    of: Mapping[str, Course] = field(default_factory=dict)
    span: str = ""


def courses(engine: Figures, lines: Sequence[MeasureLine]) -> Courses:
    """Of flows what each month brought, of states where they stood at its end; as of the entry of their figures."""
    flows = {line.measure.name: _by_month(engine, line, line.query.since) for line in lines if line.flows}
    last = _last(flows.values())
    if last is None:
        return Courses()
    months = _ending(last, MONTHS)
    shown = [month for month in months if any(month in found for found in flows.values())]
    of = {name: _values(found, shown) for name, found in flows.items()}
    since = _before(last, MONTHS_OF_A_STATE - 1)
    states = {line.measure.name: _by_month(engine, line, since, last) for line in lines if not line.flows}
    of |= {name: _values(found, sorted(found)) for name, found in states.items()}
    words = {"first": f"{shown[0]:%Y-%m}", "last": f"{last:%Y-%m}"}
    return Courses(of, gettext("走势：%(first)s 至 %(last)s") % words)


def _last(flows: Iterable[Mapping[dt.date, Row]]) -> dt.date | None:
    """The last of the months to show: of the stretches in which measures were at work most often, the latest.

    A month counts once for each measure that has something in it: a measure of many records outweighs no other.
    """
    busy = Counter(month for found in flows for month, row in found.items() if row.figure.records)
    return max(busy, key=lambda last: (sum(busy[month] for month in _ending(last, MONTHS)), last), default=None)


def _ending(last: dt.date, many: int) -> list[dt.date]:
    """So many months, of which this is the last."""
    return [_before(last, number) for number in range(many - 1, -1, -1)]


def _by_month(
    engine: Figures, line: MeasureLine, since: dt.date | None, last: dt.date | None = None
) -> Mapping[dt.date, Row]:
    until = min(line.query.until, _before(last, -1) - dt.timedelta(days=1)) if last else line.query.until
    since = max(filter(None, (since, line.query.since)), default=None)
    query = replace(line.query, since=since, until=until, as_of=line.figure.as_of)
    rows = engine.breakdown(query, "month")
    return {row.key: row for row in rows if isinstance(row.key, dt.date)}


def _values(found: Mapping[dt.date, Row], months: Iterable[dt.date]) -> Course:
    return [found[month].figure.drawn if month in found else 0 for month in months]


def _before(first: dt.date, months: int) -> dt.date:
    number = first.year * 12 + first.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)
