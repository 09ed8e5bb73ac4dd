"""Signals as they stand beside records that are there, without looking through the books for them."""

from __future__ import annotations

import datetime as dt

from xianfeng.ledger.models import Record
from xianfeng.signals.models import Signal


def copied(scheme: str, record: Record, other: Record, day: dt.date) -> Signal:
    """The one's text held against the other's, on a day."""
    return _made(scheme, record, day, rule="copied", field="text", other=other.id, told={"share": 100}, beside=[])


def same_file(scheme: str, number: int, field: str, day: dt.date, *, times: int) -> Signal:
    """A file that is in so many records of its organisation: as many signals of it, each of which names them all."""
    Signal.objects.filter(record=number).delete()
    record = Record.objects.get(id=number)
    others = Record.objects.filter(organisation=record.organisation).exclude(id=number).order_by("-id")
    beside = list(others.values_list("id", flat=True)[:times])
    made = [
        _made(scheme, record, day, rule="same_file", field=field, other=other, told={}, beside=beside)
        for other in beside
    ]
    return made[-1]


def _made(scheme: str, record: Record, day: dt.date, **said: object) -> Signal:
    at = {"organisation": record.organisation, "record": record.id}
    return Signal.objects.create(campaign=scheme, begun=day, found=day, **at, **said)
