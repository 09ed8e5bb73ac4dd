"""Whoever is put together is enough, has a superior in common, and nobody is lost."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from xianfeng.evaluations.merging import Some, merged

ROOT, LEAST = 1, 20


@st.composite
def villages(draw: st.DrawFn) -> list[Some]:
    """Up to twenty villages in up to four towns, each of up to thirty."""
    sizes = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(2, 5)), max_size=20))
    return [Some(10 + at, f"{at:03}", size, (town, ROOT)) for at, (size, town) in enumerate(sizes)]


@given(villages())
def test_every_group_is_enough_and_everybody_stands_in_one_or_is_out(those: list[Some]) -> None:
    found, sizes = merged(those, least=LEAST, together=True), {one.key: one.size for one in those}
    assert all(sum(sizes[key] for key in group) >= LEAST for group in found.groups)
    assert sorted([*found.out, *(key for group in found.groups for key in group)]) == sorted(sizes)


@given(villages())
def test_nobody_is_out_where_all_together_are_enough(those: list[Some]) -> None:
    found = merged(those, least=LEAST, together=True)
    assert bool(found.out) == (len(those) > 0 and sum(one.size for one in those) < LEAST)


@given(villages(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_given_does_not_matter(those: list[Some], chance: random.Random) -> None:
    shuffled = list(those)
    chance.shuffle(shuffled)
    assert merged(shuffled, least=LEAST, together=True) == merged(those, least=LEAST, together=True)


@given(villages())
def test_who_is_enough_alone_takes_in_no_more_than_it_has_to(those: list[Some]) -> None:
    """Two that are enough alone are never put together."""
    found, sizes = merged(those, least=LEAST, together=True), {one.key: one.size for one in those}
    assert all(sum(sizes[key] >= LEAST for key in group) <= 1 for group in found.groups)


@given(villages())
def test_without_leave_to_put_together_the_small_are_out(those: list[Some]) -> None:
    found = merged(those, least=LEAST, together=False)
    assert found.groups == tuple((one.key,) for one in those if one.size >= LEAST)
    assert found.out == tuple(one.key for one in those if one.size < LEAST)
