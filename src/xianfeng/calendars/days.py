"""The working calendar of a jurisdiction: what each day is, when offices are open, when they are left in peace.

A value: it is made of entries (`store`), never changes, and knows the last entry that it was made of, so that whoever
computed with it can tell later that it has been edited since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from xianfeng.calendars.hours import USUAL, Season, WorkingHours

ZONE = ZoneInfo("Asia/Shanghai")
_SATURDAY = 5


class DayKind(StrEnum):
    WORK = "work"
    REST = "rest"  # a Saturday or Sunday like others
    HOLIDAY = "holiday"
    MAKEUP = "makeup"  # a weekend day that is worked for a holiday (调休上班)

    @property
    def works(self) -> bool:
        return self in _WORKED


_WORKED = frozenset({DayKind.WORK, DayKind.MAKEUP})


@dataclass(frozen=True)
class Day:
    """What a day is and who says so; provisional: of a year whose holidays are not announced yet."""

    kind: DayKind
    title: str = ""
    source: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Year:
    """The days of a year that differ from the week's, as a table knows them."""

    announced: bool = False
    days: Mapping[dt.date, Day] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """A stretch in which offices are left in peace (防汛, 农忙), both days included.

    Nobody is reminded or urged in it; with `pauses`, working days in it do not count either, and nothing falls due.
    """

    since: dt.date
    until: dt.date
    title: str
    pauses: bool = False
    seq: int = 0  # the entry that declared it

    def holds(self, day: dt.date) -> bool:
        return self.since <= day <= self.until


def nothing_known(year: int) -> Year:
    return Year()


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingCalendar:
    """`special` wins over `year_of`, that over the week; equal only to itself, so that results can be kept by it."""

    special: Mapping[dt.date, Day] = field(default_factory=lambda: MappingProxyType({}))
    year_of: Callable[[int], Year] = nothing_known
    seasons: tuple[Season, ...] = USUAL  # by the day they begin
    quiet: tuple[Quiet, ...] = ()
    seq: int = 0  # the last entry it was made of; 0: of none
    zone: ZoneInfo = ZONE
    _counted: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def day(self, day: dt.date) -> Day:
        year = self.year_of(day.year)
        said = self.special.get(day) or year.days.get(day)
        if said is None:
            said = Day(DayKind.REST if day.weekday() >= _SATURDAY else DayKind.WORK)
        return said if year.announced else Day(said.kind, said.title, said.source, provisional=True)

    def kind(self, day: dt.date) -> DayKind:
        return self.day(day).kind

    def works(self, day: dt.date) -> bool:
        """Whether offices are open on that day."""
        return self.kind(day).works

    def counts(self, day: dt.date) -> bool:
        """Whether the day is one of a span of working days: worked, and in no quiet period that pauses them."""
        return self.works(day) and not any(one.pauses and one.holds(day) for one in self.quiet)

    def provisional(self, year: int) -> bool:
        return not self.year_of(year).announced

    def hours(self, day: dt.date) -> WorkingHours:
        begun = [season for season in self.seasons if season.since <= (day.month, day.day)]
        return (begun or self.seasons)[-1].hours

    def quiet_on(self, day: dt.date) -> Quiet | None:
        return next((one for one in self.quiet if one.holds(day)), None)

    def local(self, moment: dt.datetime) -> dt.datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone is not one moment")
        return moment.astimezone(self.zone)

    def moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, time, self.zone)

    def close(self, day: dt.date) -> dt.datetime:
        """When offices close on a day."""
        return self.moment(day, self.hours(day).closes)

    def counted(self, year: int) -> tuple[int, ...]:
        """The ordinals of a year's days that count, in order: looked up once."""
        found = self._counted.get(year)
        if found is None:
            first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
            found = tuple(n for n in range(first, last + 1) if self.counts(dt.date.fromordinal(n)))
            self._counted[year] = found
        return found
