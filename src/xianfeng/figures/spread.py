"""A question answered at every place at once, so that what any organisation's subtree adds up to is known thereafter.

Pages ask the same measures of one organisation after another, and a subtree is an interval of places: of sums that run
along the places, its own is the difference of two. Only for what adds up by place, which a count of distinct things
does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xianfeng.figures.cells import At

Sums = tuple[int, ...]
Range = tuple[int, int, int]  # the first place's number, the first that is not in it, and the row it counts in


@dataclass(frozen=True)
class _Line:
    """Of one part: the places that have something, in order, and the sums of all before each, and of all."""

    places: Sequence[int]
    before: Sequence[Sums]

    def between(self, first: int, end: int) -> Sums | None:
        begin, stop = bisect_left(self.places, first), bisect_left(self.places, end)
        if begin == stop:
            return None
        return tuple(after - before for before, after in zip(self.before[begin], self.before[stop], strict=True))


@dataclass(frozen=True)
class Spread:
    size: int
    lines: Mapping[Any, _Line]

    @staticmethod
    def of(rows: Iterable[tuple[Any, ...]]) -> Spread:
        """`rows`: the number of a place, the part, and what is to be added up."""
        parts: dict[Any, list[tuple[int, Sums]]] = {}
        for place, part, *sums in rows:
            parts.setdefault(part, []).append((place, tuple(sums)))
        return Spread(sum(map(len, parts.values())), {part: _line(found) for part, found in parts.items()})

    def within(self, ranges: Iterable[Range]) -> dict[At, Sums]:
        """By row and part, where there is something."""
        found: dict[At, Sums] = {}
        for first, end, key in ranges:
            for part, line in self.lines.items():
                sums = line.between(first, end)
                if sums is not None:
                    found[key, part] = _added(found.get((key, part)), sums)
        return found


def _line(found: list[tuple[int, Sums]]) -> _Line:
    found.sort()
    before = [(0,) * len(found[0][1])]
    for _, sums in found:
        before.append(_added(before[-1], sums))
    return _Line([place for place, _ in found], before)


def _added(one: Sums | None, other: Sums) -> Sums:
    return other if one is None else tuple(map(sum, zip(one, other, strict=True)))
