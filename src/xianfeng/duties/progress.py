"""How far the duties have come: through the log, and through time."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from xianfeng.duties.models import DutyProgress
from xianfeng.log.models import Entry

REGISTRY = frozenset({"organisation", "person", "import"})  # streams of who there is
_ROW = 1


def hold(*, wait: bool = True) -> DutyProgress:
    """The one row, held until the transaction ends: one writer at a time."""
    DutyProgress.objects.get_or_create(id=_ROW)
    return DutyProgress.objects.select_for_update(nowait=not wait).get(id=_ROW)


def reached() -> int:
    """The last entry that was taken."""
    return DutyProgress.objects.filter(id=_ROW).values_list("reached", flat=True).first() or 0


def registry() -> int:
    """The last entry by which somebody may owe more or less than before, taken or still to be taken."""
    row = DutyProgress.objects.filter(id=_ROW).first() or DutyProgress()
    later = Entry.objects.filter(seq__gt=row.reached, stream__in=REGISTRY).aggregate(Max("seq"))["seq__max"]
    return later or row.registry


def ticked() -> dt.datetime | None:
    return DutyProgress.objects.filter(id=_ROW).values_list("ticked", flat=True).first()
