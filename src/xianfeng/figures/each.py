"""One measure at very many organisations at once, as columns.

What `Figures.figure` makes of one organisation, told by arithmetic on what is known of every place: a grading asks ten
measures of every organisation of a city, and an object for each answer would take longer than the answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from xianfeng.figures.cells import number
from xianfeng.figures.debts import Debts, Marks
from xianfeng.figures.ranges import Numbers, Ranges
from xianfeng.figures.rounding import SCALE
from xianfeng.figures.rounding import share as share_of
from xianfeng.figures.spread import Spread
from xianfeng.problems import Problem
from xianfeng.sentences import say

if TYPE_CHECKING:
    import pyarrow as pa

_EXACT = 2**62


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """Of each organisation, in the order asked: whether its value is known, and the value, scaled by `places` decimal
    places (None: whole numbers of things). Values beyond 64 bits stand as Python's integers."""

    values: npt.NDArray[Any]
    known: Marks
    places: int | None = None
    floors: Marks | None = None  # where the value may be more; None: nowhere

    def __len__(self) -> int:
        return len(self.values)

    @property
    def is_floor(self) -> Marks:
        return np.zeros(len(self), np.bool_) if self.floors is None else self.floors

    def at(self, row: int) -> int | Decimal | None:
        """As `Figure.value` says it."""
        return number(int(self.values[row]), self.places) if self.known[row] else None


@dataclass(frozen=True, eq=False)
class Members:
    """The subtrees of all the places that these organisations ever had, by place in the order asked.

    One may lie within another, and ranges may not: `layers` are those of one depth each.
    """

    count: int
    layers: tuple[Ranges, ...]
    asked: Numbers  # of each organisation that was asked for, its place among the different ones

    @staticmethod
    def of(places: pa.Table, organisations: Sequence[int]) -> Members:
        lo, hi, owner = (places[name].to_numpy() for name in ("lo", "hi", "organisation"))
        ids, asked = np.unique(np.asarray(organisations, np.int64), return_inverse=True)
        own = np.flatnonzero(np.isin(owner, ids))
        missing = np.setdiff1d(ids, owner[own])
        if len(missing):
            raise Problem(
                "figures.unknown_organisation", say("没有编号为 {organisation} 的组织", organisation=missing[0])
            )
        starts, ends, keys = lo[own], hi[own], np.searchsorted(ids, owner[own])
        around = np.searchsorted(np.sort(starts), starts, "right") - np.searchsorted(np.sort(ends), starts, "right")
        depths = [around == depth for depth in np.unique(around)]
        return Members(len(ids), tuple(Ranges.of(starts[at], ends[at], keys[at]) for at in depths), asked)

    def __len__(self) -> int:
        return len(self.asked)

    def added(self, spread: Spread | None, since: dt.date, until: dt.date) -> tuple[Numbers, Marks]:
        """What counts in a period at each, and where something does."""
        values, present = np.zeros(self.count, np.int64), np.zeros(self.count, np.bool_)
        if spread is None or not self.layers:  # nothing was filed, or nobody is asked for
            return values[self.asked], present[self.asked]
        found = list(self._placed(spread.chosen(layer, since, until) for layer in self.layers))
        rows, at = (np.concatenate(parts) for parts in zip(*found, strict=True))
        present[at] = True
        if spread.items is None:
            np.add.at(values, at, spread.sums[0][rows])
        else:
            wide = int(spread.items.max(initial=0)) + 1
            values += np.bincount(np.unique(at * wide + spread.items[rows]) // wide, minlength=self.count)
        return values[self.asked], present[self.asked]

    def missing(self, debts: Debts, since: dt.date, until: dt.date) -> Marks:
        """Where somebody lacks a report in the period who is bound on its last day."""
        lacking, some = debts.lacking(since, until), np.zeros(self.count, np.bool_)
        for rows, at in self._placed(debts.standing(layer, until) for layer in self.layers):
            some[at[lacking[rows]]] = True
        return some[self.asked]

    def _placed(self, found: Iterator[tuple[Numbers, Numbers]]) -> Iterator[tuple[Numbers, Numbers]]:
        """Rows, each with the organisation it counts at, from rows with their place among a layer's."""
        for layer, (rows, keys) in zip(self.layers, found, strict=True):
            yield rows, np.asarray(layer.named, np.int64)[keys]


def share(part: Column, whole: Column, *, grown: bool = False) -> Column:
    """part ÷ whole at scale 6, half away from zero; `grown`: of what came on top."""
    on_top = part.values - whole.values if grown else part.values
    known = part.known & whole.known & (whole.values != 0) & ~whole.is_floor
    floors = None if part.floors is None else part.floors & known
    over, under = on_top[known], whole.values[known]
    up, down = 10 ** (SCALE + (whole.places or 0)), 10 ** (part.places or 0)
    values = np.zeros(len(part), np.int64)
    if _largest(over) * up * 2 < _EXACT and _largest(under) * down * 2 < _EXACT:
        top, bottom = over * up, under * down
        size = (2 * np.abs(top) + np.abs(bottom)) // (2 * np.abs(bottom))
        values[known] = np.sign(top) * np.sign(bottom) * size
        return Column(values=values, known=known, places=SCALE, floors=floors)
    wider, exact = 10 ** (whole.places or 0), values.astype(object)
    shares = (share_of(int(one) * wider, int(other) * down) for one, other in zip(over, under, strict=True))
    exact[known] = [int((each or Decimal(0)).scaleb(SCALE)) for each in shares]
    return Column(values=exact, known=known, places=SCALE, floors=floors)


def _largest(values: Numbers) -> int:
    return int(np.abs(values).max(initial=0))
