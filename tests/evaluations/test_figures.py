"""Figures are added up from what was let through: nobody finds by subtracting what a village all of one mind said."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evaluations.towns import NOW, Towns, closed, counted, twice
from xianfeng.evaluations import results
from xianfeng.figures import engine
from xianfeng.figures.interface import Query, Tree
from xianfeng.ledger import versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry

LATER = dt.date(2012, 9, 1)


@pytest.fixture
def published(here: Towns) -> Towns:
    """Two villages of one town: one of mixed mind, one where all twenty-three are content."""
    row = closed(here, (30, 30), {1: 20, 2: 23})
    twice(here, row, 1, counted(12, 5, 3, 0, kept=(12, 8, 0)))
    twice(here, row, 2, counted(23, 0, 0, 0, kept=(13, 10, 0)))
    results.publish(number=row.id, by=here.office())
    return here


def good(organisation: int, tree: Tree, until: dt.date) -> int:
    scheme = versions.current("judged-2012").hash
    asked = Query(scheme=scheme, measure="good", organisation=organisation, until=until, tree=tree)
    return int(engine().figure(asked).value or 0)


def test_a_total_holds_no_more_than_its_parts_tell(published: Towns) -> None:
    mixed, content, *_ = published.villages
    assert [good(at, "then", NOW.date()) for at in (mixed, content)] == [12, 21]
    assert good(published.towns[0], "then", NOW.date()) == good(published.county, "then", NOW.date()) == 12 + 21


@pytest.mark.parametrize("tree", ["then", "now"])
def test_nor_does_it_once_a_village_has_moved(published: Towns, tree: Tree) -> None:
    mixed, _, *_ = published.villages
    first, second = published.towns
    registry.move(organisation=mixed, parent=second, day=dt.date(2012, 8, 1), by=Actor(kind=ActorKind.IMPORT, id=1))
    expected = {"then": (33, 0), "now": (21, 12)}[tree]
    assert (good(first, tree, LATER), good(second, tree, LATER)) == expected
    assert good(published.county, tree, LATER) == 33
