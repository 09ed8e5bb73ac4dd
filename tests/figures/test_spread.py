"""What counts at every place and time, kept in columns: a subtree and a period are arithmetic on them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa

from xianfeng.figures.ranges import Ranges
from xianfeng.figures.spread import FOR_GOOD, Spread

ALWAYS = dt.date.min
MAY, JUNE, JULY = (dt.date(2010, month, 1) for month in (5, 6, 7))
ROWS = [  # place, begins, gone, part, item, value, records
    (7, MAY, None, "a", 1, 3, 1),
    (2, MAY, JULY, "a", 1, 5, 2),
    (4, JUNE, None, "b", 2, 10, 1),
    (4, JUNE, None, "a", 1, 1, 1),
]


def table(*, items: bool = False, largest: int = 0) -> pa.Table:
    places, begins, gone, parts, item, values, records = zip(*ROWS, strict=True)
    return pa.table(
        {
            "place": places,
            "begins": list(map(_day, begins)),
            "gone": [_day(day) if day else FOR_GOOD for day in gone],
            "part": parts,
            "item": item if items else pa.nulls(len(ROWS), pa.int64()),
            "value": [value + largest for value in values],
            "records": records,
        }
    )


def _day(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def spread(*, items: bool = False) -> Spread:
    found = Spread.of(table(items=items))
    assert found is not None
    return found


def ranges(*intervals: tuple[int, int, int]) -> Ranges:
    return Ranges.of(*(np.array(column) for column in zip(*intervals, strict=True)))


def test_a_subtree_is_what_lies_between_its_first_place_and_its_last() -> None:
    assert spread().within(ranges((2, 5, 88)), ALWAYS, JUNE) == {(88, "a"): (6, 3), (88, "b"): (10, 1)}
    assert spread().within(ranges((5, 9, 88)), ALWAYS, JUNE) == {(88, "a"): (3, 1)}
    assert spread().within(ranges((0, 2, 88)), ALWAYS, JUNE) == {}, "nothing is something else than nought"


def test_the_places_that_an_organisation_had_count_together_and_children_apart() -> None:
    assert spread().within(ranges((7, 8, 88), (2, 3, 88)), ALWAYS, MAY) == {(88, "a"): (8, 3)}
    assert spread().within(ranges((2, 3, 88), (7, 8, 99)), ALWAYS, MAY) == {(88, "a"): (5, 2), (99, "a"): (3, 1)}


def test_a_thing_counts_from_its_day_until_it_is_gone_and_in_the_period_in_which_it_began() -> None:
    everywhere = ranges((0, 9, 88))
    assert spread().within(everywhere, ALWAYS, MAY) == {(88, "a"): (8, 3)}
    assert spread().within(everywhere, ALWAYS, JULY) == {(88, "a"): (4, 2), (88, "b"): (10, 1)}
    assert spread().within(everywhere, JUNE, JUNE) == {(88, "a"): (1, 1), (88, "b"): (10, 1)}
    assert spread().within(everywhere, ALWAYS, JUNE, by_month=True) == {(88, MAY): (8, 3), (88, JUNE): (11, 2)}


def test_of_an_item_only_one_counts_in_each_row() -> None:
    known = spread(items=True)
    assert known.within(ranges((0, 9, 88)), ALWAYS, JUNE) == {(88, "a"): (1, 4), (88, "b"): (1, 1)}
    assert known.within(ranges((0, 9, 88)), ALWAYS, JUNE, by_month=True) == {(88, MAY): (1, 3), (88, JUNE): (2, 2)}


def test_what_is_too_large_is_not_kept() -> None:
    assert Spread.of(table(), most=3) is None
    assert Spread.of(table(largest=2**61)) is None, "sums would leave 64 bits"
