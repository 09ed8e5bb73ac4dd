"""Moves that happen by themselves once their time has passed: after a public notice to which nobody objected, or of a
promise whose day went by.

They belong to a campaign that goes on. When it is over its records stay as they are: whoever enters an old one years
later does not find every promise in it broken by today's date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import JSONField, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast

from xianfeng import canonical
from xianfeng.ledger import handling, versions
from xianfeng.ledger.models import Record
from xianfeng.log import actors
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.scheme import flowing
from xianfeng.scheme.flowing import Clock
from xianfeng.scheme.nodes import Scheme

_SOME = 200  # records a transaction: as long as others who write may have to wait

Waiting = list[tuple[int, int]]  # records with their last entry


def run(*, now: dt.datetime) -> int:
    """Make every such move whose time has come and whose condition holds; how many were made."""
    by, made = actors.clock(now), 0
    for scheme, kind, clock in _by_themselves(now):
        day = _day(scheme, now)
        for some in _passed(scheme, kind, clock, now):
            made += _move(some, clock.move, by, day)
    return made


def _by_themselves(now: dt.datetime) -> Iterator[tuple[Scheme, str, Clock]]:
    """In whatever version records may have been filed, of campaigns that go on."""
    for adopted in versions.hashes().values():
        newest = versions.scheme(adopted[-1])
        if _day(newest, now) > newest.until:
            continue
        for version in adopted:
            scheme = versions.scheme(version)
            for kind in scheme.kinds.values():
                for clock in kind.flow.clocks.values():
                    if flowing.CLOCK in kind.flow.moves[clock.move].by and (clock.until or clock.not_before):
                        yield scheme, kind.name, clock


def _passed(scheme: Scheme, kind: str, clock: Clock, now: dt.datetime) -> Iterator[Waiting]:
    """The records whose time for this move has passed, some at a time; found where their clocks are told."""
    moment = "due" if clock.until and not clock.unattended else "opens"  # until it is due others make it
    told = KeyTransform(moment, KeyTransform(clock.move, Cast("clocks", JSONField())))
    rows = (
        Record.objects.filter(scheme=scheme.hash, register=scheme.key(kind), state__in=clock.starts)
        .annotate(passed=Cast(KeyTextTransform("due", told), TextField()))
        .filter(passed__lte=canonical.instant(now))
        .order_by("id")
        .values_list("id", "seq")
    )
    last = 0
    while some := list(rows.filter(id__gt=last)[:_SOME]):
        yield some
        last = some[-1][0]


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
