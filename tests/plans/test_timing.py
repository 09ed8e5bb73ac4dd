"""A procedure cut from 20 working days to 5, measured by its own clock."""

from __future__ import annotations

from fractions import Fraction

from tests.calendars.made import NATIONAL, span
from tests.plans.made import day
from xianfeng.plans.timing import Passage, Timing, timings

TWENTY, FIVE = span("20 workdays"), span("5 workdays")


def test_each_promise_is_measured_by_itself() -> None:
    passages = [
        Passage(day("2010-03-01"), day("2010-03-26"), TWENTY, day("2010-03-29")),  # 19 working days
        Passage(day("2010-03-01"), day("2010-03-30"), TWENTY, day("2010-03-29")),  # 21: one too late
        Passage(day("2010-08-02"), day("2010-08-06"), FIVE, day("2010-08-09")),  # 4
        Passage(day("2010-08-06"), day("2010-08-13"), FIVE, day("2010-08-13")),  # 5: over a weekend
        Passage(day("2010-08-16"), day("2010-08-17"), FIVE, day("2010-08-23")),  # 1
        Passage(
            day("2010-09-29"), day("2010-10-13"), FIVE, day("2010-10-12")
        ),  # 30 September, 8, 9, 11, 12, 13 October: 6
    ]
    assert timings(passages, NATIONAL) == (
        Timing(promised=TWENTY, count=2, median=Fraction(20), kept=1),
        Timing(promised=FIVE, count=4, median=Fraction(9, 2), kept=3),
    )
    assert [timing.share for timing in timings(passages, NATIONAL)] == [Fraction(1, 2), Fraction(3, 4)]


def test_without_a_passage_there_is_nothing_to_tell() -> None:
    assert timings([], NATIONAL) == ()
