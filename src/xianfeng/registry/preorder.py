"""Pre-order numbers of a forest given as a column of parents: everything under a node is one interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]


def number(ids: Integers, parents: Integers) -> tuple[Integers, Integers]:
    """(lo, hi) of each node: its own number, and one past the last number under it.

    `ids` ascend; `parents` are ids, or −1 at the top. Siblings are numbered in the order of their ids.
    """
    import numpy as np

    above = np.where(parents < 0, -1, np.searchsorted(ids, parents))
    levels = _levels(above)
    size = np.ones(len(ids), np.int64)
    for level in reversed(levels[1:]):
        np.add.at(size, above[level], size[level])
    lo = np.zeros(len(ids), np.int64)
    for depth, level in enumerate(levels):
        siblings = level[np.argsort(above[level], kind="stable")]
        before = np.cumsum(size[siblings]) - size[siblings]
        if depth:
            _, first, group = np.unique(above[siblings], return_index=True, return_inverse=True)
            before += lo[above[siblings]] + 1 - before[first][group]
        lo[siblings] = before
    return lo, lo + size


def _levels(above: Integers) -> list[Integers]:
    """Indexes of the nodes at each depth, from the top."""
    import numpy as np

    depth = np.zeros(len(above), np.int64)
    node = above
    while (inner := node >= 0).any():
        depth += inner
        node = np.where(inner, above[node], -1)
    order = np.argsort(depth, kind="stable")
    return np.split(order, np.searchsorted(depth[order], np.arange(1, depth.max(initial=0) + 1)))
