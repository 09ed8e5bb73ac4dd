"""What one jurisdiction has said about its days, read from its entries in their order.

There is no other copy of it: a calendar is some tens of entries, and reading them again gives the calendar as it was
known at any entry. So nothing has to be rebuilt or compared; `verify` proves the entries, and `store.check` that they
are legible.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from xianfeng.calendars import hours
from xianfeng.calendars.days import Day, DayKind, Quiet, Year
from xianfeng.calendars.hours import MonthDay, Season

_Body = Mapping[str, Any]


@dataclass
class Table:
    """`days` wins over what was filled in for a year; a year is filled as a whole and again when it is announced."""

    years: dict[int, Year] = field(default_factory=dict)
    announced: dict[int, bool] = field(default_factory=dict)  # said by hand, whatever filled the year
    days: dict[dt.date, Day] = field(default_factory=dict)
    seasons: dict[MonthDay, Season] = field(default_factory=dict)
    quiet: dict[int, Quiet] = field(default_factory=dict)
    seq: int = 0  # the last entry read

    def read(self, seq: int, action: str, body: _Body) -> None:
        _READERS[action](self, seq, body)
        self.seq = seq


def _fill(table: Table, seq: int, body: _Body) -> None:
    source = body["source"]
    days = {_day(text): Day(DayKind(kind), title, source) for text, kind, title in body["days"]}
    year = Year(announced=body["announced"], days=MappingProxyType(days), source=source)
    table.years[body["year"]] = year


def _set(table: Table, seq: int, body: _Body) -> None:
    for day in stretch(_day(body["since"]), _day(body["until"])):
        if body["kind"]:
            table.days[day] = Day(DayKind(body["kind"]), body["title"], body["source"])
        else:
            table.days.pop(day, None)


def _announce(table: Table, seq: int, body: _Body) -> None:
    table.announced[body["year"]] = body["announced"]


def _hours(table: Table, seq: int, body: _Body) -> None:
    since: MonthDay = (body["since"][0], body["since"][1])
    if body["hours"]:
        table.seasons[since] = Season(since, hours.parse(body["hours"]))
    else:
        table.seasons.pop(since, None)


def _quiet(table: Table, seq: int, body: _Body) -> None:
    since, until = _day(body["since"]), _day(body["until"])
    table.quiet[seq] = Quiet(since=since, until=until, title=body["title"], pauses=body["pauses"], seq=seq)


def _unquiet(table: Table, seq: int, body: _Body) -> None:
    table.quiet.pop(body["quiet"], None)


_READERS: Mapping[str, Callable[[Table, int, _Body], None]] = {
    "fill": _fill,
    "set": _set,
    "announce": _announce,
    "hours": _hours,
    "quiet": _quiet,
    "unquiet": _unquiet,
}


def stretch(since: dt.date, until: dt.date) -> list[dt.date]:
    """The days from one to another, both included."""
    return [dt.date.fromordinal(n) for n in range(since.toordinal(), until.toordinal() + 1)]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
