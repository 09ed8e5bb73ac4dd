"""What is beyond chance: a unit among its neighbours whose share of something they would hardly ever reach.

If a unit were like the others, its numbers would be drawn from all of them together without choosing. How often a draw
of so many has so many of the sort is then known exactly (the hypergeometric tail, Fisher's exact test), whatever the
share of the others is and however few they are. `RATE` is for a whole search: divided by how many units are tested, so
that where nobody pretends, at most one search of one field in a hundred tells of anybody (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import exp, lgamma
from typing import TypeVar

RATE = 0.01
LEAST = 8  # of fewer a unit is only a neighbour
Unit = TypeVar("Unit", bound=Hashable)


@dataclass(frozen=True)
class Counted:
    """How many a unit has, and how many of these are of the sort; where that is not known, at least, and besides those
    perhaps so many more."""

    of_the_sort: int
    all: int
    perhaps: int = 0


def beyond(units: Mapping[Unit, Counted]) -> dict[Unit, float]:
    """The units that have more of the sort than chance gives them, with the others' share, from 0 to 1.

    Each has at least what is known of it, the others at most what they may have.
    """
    tested = [unit for unit, counted in units.items() if counted.all >= LEAST]
    most, every = sum(one.of_the_sort + one.perhaps for one in units.values()), sum(one.all for one in units.values())
    found = {}
    for unit in tested:
        one = units[unit]
        sort = most - one.perhaps
        if one.all < every and tail(one, sort, every) <= RATE / len(tested):
            found[unit] = (sort - one.of_the_sort) / (every - one.all)
    return found


def tail(one: Counted, sort: int, every: int) -> float:
    """How often a draw of as many has as many of the sort or more, where `sort` of `every` are of it."""
    whole = _ways(every, one.all)
    most = min(one.all, sort)
    chances = (
        exp(_ways(sort, some) + _ways(every - sort, one.all - some) - whole)
        for some in range(max(one.of_the_sort, one.all - (every - sort)), most + 1)
    )
    return sum(chances)


def _ways(of: int, some: int) -> float:
    """The logarithm of how many ways there are to choose some."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)
