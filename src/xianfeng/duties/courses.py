"""What became of records, and when: the course of each through its flow, read from its entries.

When something was done is when it was entered. An import is different: it brings in what was done before, and when its
file was read says nothing of that; of imported steps only the day counts, from its beginning.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from xianfeng.ledger.clocks import moment
from xianfeng.ledger.drafting import STREAM
from xianfeng.log.bulk import batched
from xianfeng.log.models import Entry


class Stop(NamedTuple):
    """A state that a record entered, and who had it in hand there at last."""

    seq: int
    action: str
    at: dt.datetime
    day: dt.date
    state: str
    level: int
    version: str
    numbers: Mapping[str, int]  # what the record named by a number: whoever handled it is among them
    holder: int


def courses(records: Iterable[int]) -> dict[int, tuple[Stop, ...]]:
    """By record, the states that it entered, in order."""
    found: dict[int, list[Stop]] = {}
    named: dict[int, dict[str, int]] = {}
    for some in batched(sorted(set(records))):
        rows = Entry.objects.filter(stream=STREAM, about__in=some).order_by("about", "seq")
        told = rows.values_list("seq", "about", "action", "day", "at", "actor", "scheme", "body")
        for seq, record, action, day, at, actor, version, body in told.iterator():
            before = found.setdefault(record, [])
            said = json.loads(body)
            last = before[-1] if before else None
            named[record] = numbers = _numbers(named.get(record, {}), said)
            holder = said["holder"][1] if "holder" in said else last.holder if last else 0
            stop = _stop(last, said)
            if stop is not None:
                before.append(Stop(seq, action, moment(at, day, actor), day, *stop, version, numbers, holder))
            elif last is not None:
                before[-1] = last._replace(numbers=numbers, holder=holder)
    return {record: tuple(stops) for record, stops in found.items()}


def reported(course: Iterable[Stop]) -> dt.datetime | None:
    """Since when a record counts, without interruption; None while it does not."""
    since: dt.datetime | None = None
    for stop in course:
        since = (since or stop.at) if stop.level else None
    return since


def _numbers(before: dict[str, int], body: Mapping[str, Any]) -> dict[str, int]:
    """What a record names by a number after an entry."""
    changed = {name: new for name, (_, new) in body.get("changes", {}).items() if isinstance(new, int | None)}
    return {name: number for name, number in {**before, **changed}.items() if number is not None} if changed else before


def _stop(before: Stop | None, body: Mapping[str, list[object]]) -> tuple[str, int] | None:
    """State and level after an entry; None when it left them as they were."""
    if "state" not in body:
        return None
    level = body["level"][1] if "level" in body else before.level if before else 0
    return str(body["state"][1]), int(str(level))
