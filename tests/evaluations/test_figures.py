"""Figures are added up from what was let through: nobody finds by subtracting what a village all of one mind said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.evaluations.towns import NOW, SCHEME, Towns, closed, counted, towns, twice
from tests.figures.engines import ENGINES
from xianfeng.evaluations import results
from xianfeng.figures import engine
from xianfeng.figures.interface import Axis, Figures, Query, Tree
from xianfeng.figures.source import DatabaseSource
from xianfeng.ledger import versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry

LATER = dt.date(2012, 9, 1)


MORE = """
  poor: {title: 不满意票, sum: evaluation_result.count, where: "question == 'satisfied' and answer == 'poor'"}
  named:
    title: 说了的
    sum: evaluation_result.count
    where: "question == 'satisfied' and answer in ['good', 'fair', 'poor']"
  of_named: {title: 占说了的, ratio: [good, named], show: percent}
  village:
    title: 村级满意票
    sum: evaluation_result.count
    where: "answer == 'good' and organisation.level == 'village'"
  kept: {title: 兑现票, sum: evaluation_result.count, where: "question == 'kept' and answer == 'yes'"}
"""


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


@pytest.fixture(params=ENGINES)
def figures(request: pytest.FixtureRequest, db: None, tmp_path: Path) -> Figures:
    return ENGINES[request.param](DatabaseSource(), tmp_path)


@pytest.fixture
def told(db: None) -> Towns:
    """As above, of a scheme that measures more."""
    here = towns(SCHEME + MORE)
    row = closed(here, (30, 30), {1: 20, 2: 23})
    twice(here, row, 1, counted(12, 5, 3, 0, kept=(12, 8, 0)))
    twice(here, row, 2, counted(23, 0, 0, 0, kept=(13, 10, 0)))
    results.publish(number=row.id, by=here.office())
    return here


def asked(measure: str, organisation: int) -> Query:
    scheme = versions.current("judged-2012").hash
    return Query(scheme=scheme, measure=measure, organisation=organisation, until=NOW.date())


@pytest.mark.parametrize(
    ("measure", "mixed", "content"),
    [
        ("good", (12, False), (21, True)),
        ("poor", (3, False), (0, True)),  # nobody is known to have said so, and two may have
        ("answered", (20, False), (23, False)),
        ("satisfaction", (Decimal("0.6"), False), (Decimal("0.913043"), True)),
        ("village", (12, False), (21, True)),
        ("kept", (12, False), (13, False)),  # another question, of which all was told
        ("of_named", (Decimal("0.6"), False), (None, False)),  # a share of what may be more is of nothing known
    ],
)
def test_what_may_be_more_than_was_told_is_a_floor(
    told: Towns, figures: Figures, measure: str, mixed: tuple[object, bool], content: tuple[object, bool]
) -> None:
    at = told.villages[:2]
    single = [figures.figure(asked(measure, one)) for one in at]
    assert [(one.value, one.is_floor) for one in single] == [mixed, content]
    rows = {row.key: row.figure for row in figures.breakdown(asked(measure, told.towns[0]), "children")}
    assert [(rows[one].value, rows[one].is_floor) for one in at] == [mixed, content]
    column = figures.each(asked(measure, told.county), at)
    assert [(column.at(row), bool(column.is_floor[row])) for row in (0, 1)] == [mixed, content]
    whole = figures.figure(asked(measure, told.county))
    assert whole.is_floor == (content[1] and whole.value is not None)


@pytest.mark.parametrize(
    ("measure", "axis", "floors"),
    [
        ("answered", "category", {"good": True, "fair": True, "poor": True, None: False}),
        ("good", "category", {"good": True}),
        ("good", "month", {dt.date(2012, 6, 1): True}),
        ("answered", "month", {dt.date(2012, 6, 1): False}),
    ],
)
def test_so_are_the_parts_of_a_figure(
    told: Towns, figures: Figures, measure: str, axis: Axis, floors: dict[object, bool]
) -> None:
    rows = figures.breakdown(asked(measure, told.county), axis, field="answer" if axis == "category" else "")
    found = {row.key: row.figure.is_floor for row in rows if row.figure.records or row.figure.is_floor}
    assert found == floors


def test_what_is_a_floor_rests_on_no_more_records(told: Towns) -> None:
    """The ballots that may belong to it are behind no figure that does not count them."""
    at = told.villages[1]
    trace = engine().trace(asked("good", at))
    assert [one.value for one in trace.records] == [21]
    assert engine().figure(asked("good", at)).records == 1
