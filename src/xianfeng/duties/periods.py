"""For which stretches of time an obligation is owed, how often in each, and until when a late record still meets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xianfeng.scheme import stretches
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.stretches import Stretch

LAST = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Period:
    """All days belong to it. `most` None: no upper limit."""

    since: dt.date
    until: dt.date
    reach: dt.date
    title: str
    least: int
    most: int | None


def periods(rule: Obligation, scheme: Scheme) -> tuple[Period, ...]:
    """Of the whole campaign, in order."""
    known = stretches.through(rule, scheme)
    following = [one.since - dt.timedelta(days=1) for one in known[1:]]
    shares = _shares(rule, known)
    return tuple(
        Period(one.since, one.until, reach, one.window, least, most)
        for one, reach, (least, most) in zip(known, [*following, LAST], shares, strict=True)
    )


def demanded(rule: Obligation) -> int:
    """At least so many in a period; 0: an upper limit alone demands nothing."""
    return rule.exactly or rule.at_least or 0


def _shares(rule: Obligation, known: tuple[Stretch, ...]) -> Iterator[tuple[int, int | None]]:
    """What a year asks is spread over its windows, at least one for each."""
    least, most = demanded(rule), rule.exactly if rule.exactly is not None else rule.at_most
    if not rule.windows:
        yield from ((least, most) for _ in known)
        return
    windows = len(rule.windows)
    for _, year in groupby(known, key=lambda one: one.since.year):
        for number, _ in enumerate(year):
            yield max(1, _share(least, windows, number)), None if most is None else _share(most, windows, number)


def _share(quota: int, windows: int, number: int) -> int:
    return quota // windows + (number < quota % windows)
