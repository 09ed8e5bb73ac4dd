"""When nobody is disturbed: what is due then waits for the morning."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

FROM, UNTIL = dt.time(20), dt.time(8)


def holds(now: dt.datetime, since: dt.time = FROM, until: dt.time = UNTIL) -> bool:
    """Whether a moment lies in the quiet hours, which may go over midnight; none where both are one time."""
    time = timezone.localtime(now).time()
    if since <= until:
        return since <= time < until
    return time >= since or time < until
