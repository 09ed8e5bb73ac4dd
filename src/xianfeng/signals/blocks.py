"""Large arrays a block at a time, so that what is made on the way stays small; several blocks side by side."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

BLOCK = 20_000  # rows
_Made = TypeVar("_Made")


def by_blocks(count: int, make: Callable[[slice], _Made]) -> list[_Made]:
    """What is made of each block of `count` rows, in order; on all processors, for numpy lets go of Python."""
    some = [slice(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK)]
    if len(some) < 2:
        return [make(one) for one in some]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(make, some))
