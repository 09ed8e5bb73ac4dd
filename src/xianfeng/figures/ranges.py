"""The places of a question as intervals of their numbers in pre-order, each with the row it counts in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Ranges:
    """Intervals in ascending order, none within another: an organisation has one place at a time."""

    starts: Numbers
    ends: Numbers
    keys: Numbers  # by their place in `named`
    named: Sequence[int]

    @staticmethod
    def of(starts: Numbers, ends: Numbers, keys: Numbers) -> Ranges:
        order = np.argsort(starts)
        named, coded = np.unique(keys[order], return_inverse=True)
        return Ranges(starts[order], ends[order], coded, named.tolist())

    @property
    def reach(self) -> tuple[int, int]:
        """The first number within, and the first after all of them."""
        return (int(self.starts[0]), int(self.ends[-1])) if len(self.starts) else (0, 0)

    def holding(self, places: Numbers) -> Numbers:
        """Of each number the row it counts in, by its place in `named`; -1 for one that is in none."""
        if not len(self.starts):
            return np.full(len(places), -1)
        at = np.searchsorted(self.starts, places, side="right") - 1
        return np.where((at >= 0) & (places < self.ends[at]), self.keys[at], -1)

    def inside(self, places: pa.Table) -> pa.Table:
        """The places themselves: place, key."""
        import pyarrow as pa

        keys = self.holding(places["lo"].to_numpy())
        held = np.flatnonzero(keys >= 0)
        named = np.array(self.named, np.int64)
        return pa.table({"place": places["id"].to_numpy()[held], "key": named[keys[held]]})


def then(places: pa.Table, organisation: int, *, children: bool) -> Ranges:
    """The subtree of every place that an organisation ever had, or, as rows, those of its children and itself."""
    lo, hi, owner = (places[name].to_numpy() for name in ("lo", "hi", "organisation"))
    own = np.flatnonzero(owner == organisation)
    if not children:
        return Ranges.of(lo[own], hi[own], owner[own])
    below = np.flatnonzero(np.isin(places["parent"].fill_null(-1).to_numpy(), places["id"].to_numpy()[own]))
    both = np.concatenate([below, own])
    return Ranges.of(lo[both], np.concatenate([hi[below], lo[own] + 1]), owner[both])
