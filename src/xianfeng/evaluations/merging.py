"""Who is asked, or counted, together: where one alone is too few, with others under the same superior.

Small ones under one superior are put together in the order of their codes until they are enough. What is left over
joins the smallest that is enough there, or goes a superior further up. Whoever is left at the top stays out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Some:
    """One that may be put together with others. `above`: its superiors, nearest first."""

    key: int
    order: str
    size: int
    above: tuple[int, ...]


@dataclass(frozen=True)
class Merged:
    """Each group with whom it holds, in order; `out`: who is too few even so."""

    groups: tuple[tuple[int, ...], ...]
    out: tuple[int, ...]


def merged(those: Iterable[Some], *, least: int, together: bool) -> Merged:
    """`together` False: whoever is too few alone stays out."""
    ordered = sorted(those, key=lambda one: (one.order, one.key))
    groups = [[one] for one in ordered if one.size >= least]
    small = [one for one in ordered if one.size < least]
    depth = 0
    while together and any(len(one.above) > depth for one in small):
        small = _climb(groups, small, depth, least)
        depth += 1
    found = sorted(groups, key=lambda group: (group[0].order, group[0].key))
    return Merged(tuple(tuple(one.key for one in group) for group in found), tuple(one.key for one in small))


def _climb(groups: list[list[Some]], small: Sequence[Some], depth: int, least: int) -> list[Some]:
    """Put together those under the superior of one height; whoever is still too few is handed back."""
    under = defaultdict[int, list[Some]](list)
    left = [one for one in small if len(one.above) <= depth]
    for one in small:
        if len(one.above) > depth:
            under[one.above[depth]].append(one)
    for superior, those in under.items():
        made, rest = _filled(those, least)
        beside = made or [group for group in groups if all(superior in one.above[: depth + 1] for one in group)]
        if rest and beside:
            smallest = min(beside, key=_size)
            smallest.extend(rest)
            smallest.sort(key=lambda one: (one.order, one.key))
            rest = []
        groups.extend(made)
        left.extend(rest)
    return left


def _filled(those: Sequence[Some], least: int) -> tuple[list[list[Some]], list[Some]]:
    made: list[list[Some]] = []
    rest: list[Some] = []
    for one in those:
        rest.append(one)
        if _size(rest) >= least:
            made.append(rest)
            rest = []
    return made, rest


def _size(group: Iterable[Some]) -> int:
    return sum(one.size for one in group)


def common(chains: Iterable[Sequence[int]]) -> int:
    """The nearest organisation that stands in all chains, each from below to the top."""
    first, *others = chains
    return next(one for one in chain(first) if all(one in other for other in others))
