"""Moves that happen by themselves once their time has passed, as after a public notice to which nobody objected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from xianfeng.ledger import clocks, handling, projection, versions
from xianfeng.ledger.models import Record
from xianfeng.log import actors
from xianfeng.problems import Problem
from xianfeng.scheme import flowing
from xianfeng.scheme.flowing import Clock
from xianfeng.scheme.nodes import Scheme


def run(*, now: dt.datetime) -> int:
    """Make every such move whose time has come and whose condition holds; how many were made."""
    by, made = actors.clock(now), 0
    for scheme, kind, clock in _by_themselves():
        day = now.astimezone(ZoneInfo(scheme.timezone)).date()
        rows = Record.objects.filter(scheme=scheme.hash, register=scheme.key(kind), state__in=clock.starts)
        for row in rows.order_by("id"):
            running = clocks.running(projection.clocks_of(row)).get(clock.move)
            if running is None or running.opens is None or now < running.opens.due:
                continue
            try:
                handling.move(by=by, record=row.id, move=clock.move, day=day, seq=row.seq)
            except Problem:  # its condition does not hold, or somebody was first
                continue
            made += 1
    return made


def _by_themselves() -> Iterator[tuple[Scheme, str, Clock]]:
    """In whatever version records may have been filed."""
    for adopted in versions.hashes().values():
        for version in adopted:
            scheme = versions.scheme(version)
            for kind in scheme.kinds.values():
                for clock in kind.flow.clocks.values():
                    if clock.not_before is not None and flowing.CLOCK in kind.flow.moves[clock.move].by:
                        yield scheme, kind.name, clock
