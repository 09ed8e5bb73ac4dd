"""What a campaign's own `quiet:` adds to a calendar: stretches of every year in which it pauses (防汛, 农忙).

Their days do not count, nothing of the campaign falls due in them and nobody is reminded of it. Other campaigns go on.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from xianfeng.calendars.days import Quiet, WorkingCalendar
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Window
from xianfeng.scheme.stretches import of_year


def paused(calendar: WorkingCalendar, scheme: Scheme) -> WorkingCalendar:
    """The calendar by which a campaign counts."""
    if not scheme.quiet:
        return calendar
    return _paused(calendar, tuple(scheme.quiet.values()), scheme.since.year, scheme.until.year)


@lru_cache(maxsize=256)
def _paused(calendar: WorkingCalendar, windows: tuple[Window, ...], first: int, last: int) -> WorkingCalendar:
    """Made once: what is computed by a calendar is kept by it. Deadlines reach into the year after the last."""
    stretches = (of_year(window, year) for year in range(first, last + 2) for window in windows)
    own = (Quiet(since=one.since, until=one.until, title=one.window, pauses=True) for one in stretches)
    return replace(calendar, quiet=tuple(sorted((*calendar.quiet, *own), key=lambda one: (one.since, one.seq))))
