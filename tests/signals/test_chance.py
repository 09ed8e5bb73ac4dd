"""The test behind heaps and perfect satisfaction: exact, and wrong no more often than it says."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from tests.signals.district import lots
from xianfeng.signals.chance import LEAST, RATE, Counted, beyond, tail


@pytest.mark.parametrize(
    ("one", "sort", "every"), [(Counted(3, 5), 10, 40), (Counted(8, 8), 20, 30), (Counted(0, 4), 2, 9)]
)
def test_the_tail_is_that_of_counting_all_draws(one: Counted, sort: int, every: int) -> None:
    ways = sum(comb(sort, some) * comb(every - sort, one.all - some) for some in range(one.of_the_sort, one.all + 1))
    assert tail(one, sort, every) == pytest.approx(float(Fraction(ways, comb(every, one.all))), rel=1e-9)


def test_a_unit_with_few_is_a_neighbour_only() -> None:
    others = {n: Counted(40, 200) for n in range(1, 30)}
    assert beyond({0: Counted(LEAST - 1, LEAST - 1), **others}) == {}
    assert beyond({0: Counted(30, 30), **others}) == {0: pytest.approx(0.2)}


def test_alone_nobody_is_compared() -> None:
    assert beyond({0: Counted(50, 50)}) == {}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_honest_units_are_told_of_no_more_often_than_stated(share: float) -> None:
    """Each search is of twenty units that all have the same habit. Of 600 searches, at most 6 tell of anybody by
    chance; 14 and more would happen once in 250 such runs of a test that is only just as good as it says."""
    lot, searches = lots(2012), 600
    told = 0
    for _ in range(searches):
        units = {
            n: (size := lot.randint(8, 40)) and Counted(sum(lot.random() < share for _ in range(size)), size)
            for n in range(20)
        }
        told += bool(beyond(units))
    assert told <= searches * RATE + 7
