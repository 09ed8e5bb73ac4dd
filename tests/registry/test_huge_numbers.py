"""A number that no row can bear, being beyond 64 bits, is like one that no row bears: on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.registry.trees import DAY, refused, unit
from xianfeng.log import receipts
from xianfeng.log.actors import CLOCK
from xianfeng.registry import imports, places, tree
from xianfeng.registry.actions import appoint, end_appointment, join, leave, merge, move, rename, split

pytestmark = pytest.mark.django_db

HUGE = pytest.mark.parametrize("huge", [2**63, -(2**63) - 1, 10**30])


@HUGE
def test_the_tree_knows_no_such_organisation(huge: int) -> None:
    known = unit("bureau")
    assert tree.ancestors(huge, DAY) == tree.path(huge, DAY) == tree.children(huge, DAY) == ()
    assert not tree.is_above(huge, known, DAY)
    assert list(tree.named([huge, known], DAY)) == [known]
    assert list(places.at([huge, known], DAY)) == [known]


REFUSED: list[Callable[[int], object]] = [
    lambda huge: rename(organisation=huge, name="甲", day=DAY, by=CLOCK),
    lambda huge: move(organisation=huge, parent=huge, day=DAY, by=CLOCK),
    lambda huge: move(organisation=unit("one"), parent=huge, day=DAY, by=CLOCK),
    lambda huge: merge(organisations=[huge], into=unit("one"), day=DAY, by=CLOCK),
    lambda huge: split(organisation=unit("one"), into=[huge, huge - 1], heir=huge, day=DAY, by=CLOCK),
    lambda huge: appoint(person=huge, organisation=unit("one"), role="secretary", day=DAY, by=CLOCK),
    lambda huge: join(person=huge, organisation=unit("one"), day=DAY, by=CLOCK),
    lambda huge: end_appointment(appointment=huge, day=DAY, by=CLOCK),
    lambda huge: leave(membership=huge, day=DAY, by=CLOCK),
]


@HUGE
@pytest.mark.parametrize("act", REFUSED)
def test_an_action_on_it_is_refused(act: Callable[[int], object], huge: int) -> None:
    with refused("registry.unknown"):
        act(huge)


@HUGE
def test_there_is_no_such_import_or_entry(huge: int) -> None:
    with refused("import.unknown"):
        imports.undo(huge, by=CLOCK)
    for look in (receipts.read, receipts.receipt):
        with refused("log.no_entry"):
            look(huge)
