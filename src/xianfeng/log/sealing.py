"""When a seal is due: what stands after the last one could be cut off by whoever owns the database."""

from __future__ import annotations

import datetime as dt

from xianfeng.log.models import Entry, Seal

MOST_ENTRIES = 1_000
LONGEST = dt.timedelta(hours=1)


def due(*, since: dt.datetime) -> bool:
    """Whether something was written since a moment, and too much or for too long after the last seal."""
    sealed = Seal.objects.order_by("-size").values_list("size", flat=True).first()
    loose = Entry.objects.filter(seq__gt=sealed or 0).order_by("seq").values_list("seq", "at")
    first, last = loose.first(), loose.last()
    if first is None or last is None or last[1] < since or (sealed and first == last):  # a seal's own note
        return False
    return last[0] - (sealed or 0) > MOST_ENTRIES or last[1] - first[1] > LONGEST
