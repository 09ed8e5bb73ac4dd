"""Sharing out: totals into whole parts, days over a stretch, draws by weight. Whole-number arithmetic and a seed of
one's own for each use, so that one change in a plan changes nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def source(*names: object) -> Random:
    """The random numbers of one use, by its name."""
    return Random("/".join(map(str, names)))  # noqa: S311 - synthetic records, nothing secret


def split(total: int, parts: int, *, least: int, random: Random) -> list[int]:
    """`total` in so many uneven whole parts of at least `least`, exactly."""
    free = total - least * parts
    if parts < 1 or free < 0:
        raise ValueError(f"{total} 分不成 {parts} 份、每份不少于 {least}")
    weights = [random.randrange(1, 100) ** 2 for _ in range(parts)]
    whole = sum(weights)
    shares = [free * weight // whole for weight in weights]
    for position in random.sample(range(parts), free - sum(shares)):
        shares[position] += 1
    return [least + share for share in shares]


def drawn(weights: Mapping[T, int], random: Random) -> T:
    return random.choices(list(weights), list(weights.values()))[0]


def day(first: dt.date, last: dt.date, random: Random) -> dt.date:
    return first + dt.timedelta(days=random.randrange((last - first).days + 1))


def shuffled(items: Sequence[T], random: Random) -> list[T]:
    return random.sample(list(items), len(items))
