"""How far the duties have come: through the log, and through time."""

from __future__ import annotations

import datetime as dt

from xianfeng.duties.models import DutyProgress

_ROW = 1


def hold(*, wait: bool = True) -> DutyProgress:
    """The one row, held until the transaction ends: one writer at a time."""
    DutyProgress.objects.get_or_create(id=_ROW)
    return DutyProgress.objects.select_for_update(nowait=not wait).get(id=_ROW)


def reached() -> int:
    """The last entry that was taken."""
    return DutyProgress.objects.filter(id=_ROW).values_list("reached", flat=True).first() or 0


def registry() -> int:
    """The last entry taken by which somebody may owe more or less than before."""
    return DutyProgress.objects.filter(id=_ROW).values_list("registry", flat=True).first() or 0


def ticked() -> dt.datetime | None:
    return DutyProgress.objects.filter(id=_ROW).values_list("ticked", flat=True).first()
