"""Blocks of a large array are made beside each other and come back in order, the last one short."""

from __future__ import annotations

import numpy as np
import pytest

from xianfeng.signals.blocks import BLOCK, by_blocks


@pytest.mark.parametrize("count", [0, 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5_001])
def test_every_row_is_in_one_block_and_in_its_place(count: int) -> None:
    rows = np.arange(count)
    made = by_blocks(count, lambda block: rows[block] * 3)
    assert np.array_equal(np.concatenate([rows[:0], *made]), np.arange(0, 3 * count, 3))
