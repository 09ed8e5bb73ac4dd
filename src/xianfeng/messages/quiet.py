"""When nobody is disturbed: what is due then waits for the morning, and what is not urgent for a working day's."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from xianfeng.calendars.store import Calendars

FROM, UNTIL = dt.time(20), dt.time(8)


def holds(now: dt.datetime, since: dt.time = FROM, until: dt.time = UNTIL) -> bool:
    """Whether a moment lies in the quiet hours, which may go over midnight; none where both are one time."""
    time = timezone.localtime(now).time()
    if since <= until:
        return since <= time < until
    return time >= since or time < until


def day_off(now: dt.datetime, organisation: int, calendars: Calendars) -> bool:
    """Whether nobody works there on this day, by the organisation's own calendar."""
    return not calendars.of(organisation).works(timezone.localdate(now))
