"""Moves that happen by themselves once their time has passed: after a public notice to which nobody objected, or of a
promise whose day went by.

They belong to a campaign that goes on. When it is over its records stay as they are: whoever enters an old one years
later does not find every promise in it broken by today's date.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from xianfeng import canonical
from xianfeng.ledger import clocks, handling, projection, versions
from xianfeng.ledger.models import Record
from xianfeng.log import actors
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme

_SOME = 200  # records a transaction: as long as others who write may have to wait

Waiting = list[tuple[int, int]]  # records with their last entry


def run(*, now: dt.datetime) -> int:
    """Make every such move whose time has come and whose condition holds; how many were made."""
    by, made = actors.clock(now), 0
    for adopted in _going_on(now):
        for some in _awake(adopted, now):
            for (version, move), waiting in _by_move(some, now).items():
                made += _move(waiting, move, by, _day(versions.scheme(version), now))
    return made


def _going_on(now: dt.datetime) -> Iterator[Sequence[str]]:
    """The versions in which records may have been filed, of each campaign that goes on."""
    for adopted in versions.hashes().values():
        newest = versions.scheme(adopted[-1])
        if _day(newest, now) <= newest.until:
            yield adopted


def _awake(adopted: Sequence[str], now: dt.datetime) -> Iterator[list[Record]]:
    """The records whose time has passed, some at a time."""
    rows = Record.objects.filter(scheme__in=adopted, wakes__lte=canonical.instant(now)).order_by("id")
    rows = rows.only("scheme", "kind", "state", "clocks", "seq")
    last = 0
    while some := list(rows.filter(id__gt=last)[:_SOME]):
        yield some
        last = some[-1].id


def _by_move(some: Iterable[Record], now: dt.datetime) -> dict[tuple[str, str], Waiting]:
    """What is to be made of them: by version and move, the records."""
    found: defaultdict[tuple[str, str], Waiting] = defaultdict(list)
    for row in some:
        flow = versions.scheme(row.scheme_id).kinds[row.kind].flow
        for move, at in clocks.by_itself(flow, row.state, projection.clocks_of(row)):
            if at <= canonical.instant(now):
                found[row.scheme_id, move].append((row.id, row.seq))
    return found


def _move(some: Waiting, move: str, by: Actor, day: dt.date) -> int:
    """Make it of all of them; where one is refused, because its condition does not hold or somebody was first, of the
    others. How many there were."""
    try:
        return handling.move_many(by=by, records=[record for record, _ in some], move=move, day=day, seqs=dict(some))
    except Problem:
        half = len(some) // 2
        return _move(some[:half], move, by, day) + _move(some[half:], move, by, day) if half else 0


def _day(scheme: Scheme, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(scheme.timezone)).date()
