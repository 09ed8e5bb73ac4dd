"""Sums that run along the places: a subtree is a difference of two."""

from __future__ import annotations

from xianfeng.figures.spread import Spread

ROWS = [(7, "a", 3, 1), (2, "a", 5, 2), (4, "b", 10, 1), (4, "a", 1, 1)]  # place, part, value, records


def test_a_subtree_is_what_lies_between_its_first_place_and_its_last() -> None:
    spread = Spread.of(ROWS)
    assert spread.within([(2, 5, 88)]) == {(88, "a"): (6, 3), (88, "b"): (10, 1)}
    assert spread.within([(5, 9, 88)]) == {(88, "a"): (3, 1)}
    assert spread.within([(0, 2, 88)]) == {}, "nothing is something else than nought"


def test_the_places_that_an_organisation_had_count_together_and_children_apart() -> None:
    spread = Spread.of(ROWS)
    assert spread.within([(2, 3, 88), (7, 8, 88)]) == {(88, "a"): (8, 3)}
    assert spread.within([(2, 3, 88), (7, 8, 99)]) == {(88, "a"): (5, 2), (99, "a"): (3, 1)}
