"""The working calendar of an organisation, as known at any entry.

Tables lie over one another: the nation's, then those of the jurisdictions above the organisation, the nearest on top.
A day is what the nearest table says that says anything; working hours are those of the nearest table that has any;
quiet periods of all of them hold. Where the nation's table was never filled, the packages of this installation speak.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, partial
from types import MappingProxyType

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from xianfeng.calendars import national
from xianfeng.calendars.days import Day, WorkingCalendar, Year
from xianfeng.calendars.hours import USUAL
from xianfeng.calendars.jurisdiction import NATION
from xianfeng.calendars.table import Table
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.registry import chains
from xianfeng.sentences import say

STREAM = "calendar"


def calendar(organisation: int | None = None, *, as_of: int | None = None) -> WorkingCalendar:
    """The calendar that holds at an organisation (None: the nation's), as known at an entry (None: now)."""
    chain = (NATION,) if organisation is None else (NATION, *reversed(chains.upwards(organisation)))
    return along(chain, as_of=as_of)


def along(chain: Sequence[int], *, as_of: int | None = None) -> WorkingCalendar:
    """Of a chain that is known already, from the nation (`NATION`) down. Made once for each of its editions.

    An edition is told by its entries' leaves: a number alone may be taken again when a transaction was rolled back.
    """
    said = _said(chain, as_of).values_list("seq", "leaf")
    return _made(tuple(chain), tuple((seq, bytes(leaf)) for seq, leaf in said))


def having_tables() -> frozenset[int]:
    """The organisations that have said something about their days: only their chains need a calendar of their own."""
    return frozenset(Entry.objects.filter(stream=STREAM).values_list("about", flat=True).distinct()) - {NATION}


class Calendars:
    """The calendars of many organisations, each made once: the nation's wherever nobody above has days of his own."""

    def __init__(self) -> None:
        self._known: dict[int | None, WorkingCalendar] = {}

    @cached_property
    def _own(self) -> bool:
        return bool(having_tables())

    def of(self, organisation: int) -> WorkingCalendar:
        key = organisation if self._own else None
        if key not in self._known:
            self._known[key] = calendar(key)
        return self._known[key]


def table(organisation: int, *, as_of: int | None = None) -> Table:
    """What one jurisdiction (or `NATION`) has said itself."""
    return _tables((organisation,), _said((organisation,), as_of))[organisation]


def check(alias: str = DEFAULT_DB_ALIAS) -> Iterator[Finding]:
    """Entries of calendars that cannot be read: told by `verify` with everything else."""
    tables: dict[int, Table] = {}
    said = Entry.objects.using(alias).filter(stream=STREAM).order_by("seq")
    for seq, about, action, body in said.values_list("seq", "about", "action", "body").iterator():
        try:
            tables.setdefault(about, Table()).read(seq, action, json.loads(body))
        except (ValueError, KeyError, TypeError, IndexError) as fault:
            yield Finding(
                code="calendars.illegible",
                seq=seq,
                message=say("第{seq}条是工作日历的条目，读不懂：{fault!r}。", seq=seq, fault=fault),
            )


def _said(chain: Sequence[int], as_of: int | None) -> QuerySet[Entry]:
    said = Entry.objects.filter(stream=STREAM, about__in=chain).order_by("seq")
    return said if as_of is None else said.filter(seq__lte=as_of)


def _tables(chain: Sequence[int], said: QuerySet[Entry]) -> dict[int, Table]:
    tables = {organisation: Table() for organisation in chain}
    for about, seq, action, body in said.values_list("about", "seq", "action", "body"):
        tables[about].read(seq, action, json.loads(body))
    return tables


@lru_cache(maxsize=256)
def _made(chain: tuple[int, ...], entries: tuple[tuple[int, bytes], ...]) -> WorkingCalendar:
    last = entries[-1][0] if entries else 0
    tables = tuple(_tables(chain, _said(chain, last)).values()) if entries else ()
    special: dict[dt.date, Day] = {}
    for one in tables:
        special.update(one.days)
    seasons = next((one.seasons for one in reversed(tables) if one.seasons), None)
    quiet = [period for one in tables for period in one.quiet.values()]
    return WorkingCalendar(
        special=MappingProxyType(special),
        year_of=lru_cache(partial(_year, tables)),
        seasons=tuple(seasons[since] for since in sorted(seasons)) if seasons else USUAL,
        quiet=tuple(sorted(quiet, key=lambda period: (period.since, period.seq))),
        seq=last,
    )


def _year(tables: tuple[Table, ...], year: int) -> Year:
    filled = next((one.years[year] for one in reversed(tables) if year in one.years), None) or national.year_of(year)
    announced = next((one.announced[year] for one in reversed(tables) if year in one.announced), filled.announced)
    return Year(announced=announced, days=filled.days, source=filled.source)
