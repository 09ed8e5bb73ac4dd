"""Whoever has all tables of all publications works out nothing about a few ballots; and planted mistakes are found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluations import publishers
from tests.evaluations.adversary import ANSWERS, Atom, Row, dishonest, recovered
from tests.evaluations.publishers import ASKED, QUESTIONS, Publisher
from xianfeng.evaluations.publishing import Asked, Cell, Part, Path, Told, corrected, parts, total

ALWAYS, LATER, LATE, GONE = frozenset({0, 1, 2}), frozenset({1, 2}), frozenset({2}), frozenset({0, 1})
PLACES: tuple[Path, ...] = tuple(
    ("县", town, unit, electorate)
    for town, unit in (("甲镇", "东村"), ("甲镇", "西村"), ("乙镇", "南村"))
    for electorate in ("党员", "群众")
)


@st.composite
def counts(draw: st.DrawFn, cast: int) -> tuple[int, ...]:
    """Often nearly all alike."""
    alike = draw(st.one_of(st.integers(0, cast), st.integers(max(0, cast - 2), cast)))
    other = draw(st.integers(0, cast - alike))
    return tuple(draw(st.permutations([alike, other, cast - alike - other])))


@st.composite
def atoms(draw: st.DrawFn) -> list[Atom]:
    """Cells about the size from which something is told, some of them only later, some of whose ballots come or go."""
    found = []
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=5, unique=True)):
        electors = draw(st.sampled_from([3, 12, 19, 20, 21, 60]))
        cast = draw(st.integers(0, min(electors, 32)))
        begin = draw(st.sampled_from([ALWAYS, ALWAYS, LATER]))
        found.append(Atom(place, electors, begin, tuple(draw(counts(cast)) for _ in QUESTIONS)))
        moved = draw(st.sampled_from([0, 0, 0, 1, 9, 10, 14]))
        if 0 < moved <= electors - cast:
            versions = draw(st.sampled_from([LATE, GONE & begin]))
            found.append(Atom(place, electors, versions, tuple(draw(counts(moved)) for _ in QUESTIONS)))
    return found


def tables(publisher: type[Publisher], there: Sequence[Atom], moved: str = "西村") -> list[Row]:
    """All that is published in three goes, by the tree as it was and as it is since a village moved."""
    was = {atom.cell: atom.cell for atom in there}
    now = {path: ("县", "乙镇", *path[2:]) if path[2] == moved else path for path in was}
    office = publisher((was, now))
    return [row for version in range(3) for row in office.publish(there, version)]


@settings(max_examples=120, deadline=None)
@given(atoms())
def test_nothing_of_a_few_follows_from_all_that_was_ever_published(there: list[Atom]) -> None:
    rows = tables(Publisher, there)
    assert dishonest(rows, there) == []
    for question, name in enumerate(QUESTIONS):
        assert recovered(rows, there, question) == [], name


def ballots(place: int, electors: int, *numbers: int, versions: frozenset[int] = ALWAYS) -> Atom:
    """The same answers to both questions."""
    return Atom(PLACES[place], electors, versions, (numbers, numbers))


MIXED = (12, 8, 0)


@pytest.mark.parametrize(
    ("publisher", "there"),
    [
        pytest.param(
            publishers.EveryTotal, [ballots(0, 30, *MIXED), ballots(2, 5, 3, 1, 0)], id="a small cell in the total"
        ),
        pytest.param(
            publishers.ExactTotals, [ballots(0, 30, *MIXED), ballots(2, 30, 20, 0, 0)], id="all alike in the total"
        ),
        pytest.param(
            publishers.Divided,
            [ballots(0, 15, 4, 4, 0), ballots(2, 15, 4, 4, 0), ballots(1, 9, 2, 2, 0, versions=LATER)],
            id="parts made anew with what came later",
        ),
        pytest.param(
            publishers.Corrected,
            [ballots(0, 30, *MIXED), ballots(0, 30, 0, 1, 0, versions=LATE)],
            id="one late ballot",
        ),
        pytest.param(
            publishers.Corrected,
            [ballots(0, 30, *MIXED), ballots(0, 30, 10, 0, 0, versions=GONE)],
            id="ballots that went, all alike",
        ),
        pytest.param(publishers.Plain, [ballots(0, 30, 20, 1, 0)], id="numbers where nearly all are alike"),
    ],
)
def test_a_publisher_that_makes_a_mistake_is_found(publisher: type[Publisher], there: list[Atom]) -> None:
    assert recovered(tables(publisher, there), there, 0)
    assert not recovered(tables(Publisher, there), there, 0)


def cell(path: Sequence[str], electors: int, *numbers: int) -> Cell:
    return Cell(
        tuple(path), electors, sum(numbers), {name: dict(zip(ANSWERS, numbers, strict=True)) for name in QUESTIONS}
    )


def test_units_of_enough_stand_alone_and_small_ones_together_as_near_as_can_be() -> None:
    found = parts(
        [
            cell("县甲东", 30, *MIXED),
            cell("县甲西", 12, 4, 2, 0),
            cell("县甲北", 12, 4, 2, 0),
            cell("县乙南", 19, 9, 0, 0),
            cell("县丙中", 8, 2, 2, 0),
        ],
        asked=ASKED,
    )
    assert [(part.at, len(part.cells), part.electors, part.cast) for part in found] == [
        (tuple("县甲东"), 1, 30, 20),
        (tuple("县甲"), 2, 24, 12),
        (("县",), 2, 27, 13),
    ]
    assert found[1].told["work"] == Told(*[{"满意": 8, "不满意": 4, "": 0}] * 2)


def test_too_few_that_find_nobody_are_not_told() -> None:
    assert parts([cell("县甲东", 30, 9, 0, 0)], asked=ASKED) == ()
    assert parts([cell("县甲东", 19, 11, 7, 0)], asked=ASKED) == ()


def test_electors_of_whom_none_cast_hide_nobody() -> None:
    assert parts([cell("县甲东", 19, 11, 7, 0), cell("县甲西", 30, 0, 0, 0)], asked=ASKED) == ()


@pytest.mark.parametrize("others", [0, 1, 2])
def test_nearly_all_alike_tells_the_same_whoever_differs(others: int) -> None:
    [part] = parts([cell("县甲东", 30, 20 - others, others, 0)], asked=ASKED)
    least, most = {"满意": 18, "不满意": 0, "": 0}, {"满意": 20, "不满意": 2, "": 2}
    assert part.told["work"] == Told(least, most, "满意")


def test_as_many_as_are_told_of_may_differ_in_a_large_one() -> None:
    [part] = parts([cell("县甲东", 900, 690, 10, 0)], asked=ASKED)
    assert part.told["work"].nearly_all is None
    [part] = parts([cell("县甲东", 900, 691, 9, 0)], asked=ASKED)
    assert part.told["work"].nearly_all == "满意"


def test_a_total_says_from_and_to_where_a_part_does() -> None:
    found = parts([cell("县甲东", 30, *MIXED), cell("县甲西", 30, 20, 0, 0)], asked=ASKED)
    assert total(found)["work"] == Told({"满意": 30, "不满意": 8, "": 0}, {"满意": 32, "不满意": 10, "": 2})


def part_of(*numbers: int, electors: int = 40) -> tuple[Part, Path]:
    [part] = parts([cell("县甲东", electors, *numbers)], asked=ASKED)
    return part, tuple("县甲东")


def again(part: Part, *numbers: int, recounted: bool = False, electors: int = 40) -> Mapping[str, Told] | None:
    now = corrected(part, [cell("县甲东", electors, *numbers)], recounted=recounted, asked=ASKED)
    return now and now.told


def test_the_same_ballots_counted_better_are_told_again() -> None:
    part, _ = part_of(12, 8, 0)
    told = again(part, 11, 9, 0, recounted=True)
    assert told is not None
    assert told["work"].at_least == {"满意": 11, "不满意": 9, "": 0}
    with pytest.raises(ValueError, match="as many"):
        again(part, 11, 8, 0, recounted=True)


@pytest.mark.parametrize(
    ("numbers", "electors", "told"),
    [
        pytest.param((13, 8, 0), 40, None, id="one late ballot"),
        pytest.param((18, 12, 0), 40, {"满意": 18, "不满意": 12, "": 0}, id="enough late ones"),
        pytest.param((22, 8, 0), 40, {}, id="enough, all alike"),
        pytest.param((28, 4, 0), 40, {}, id="some came and some went"),
        pytest.param((18, 12, 0), 45, None, id="of electors who were not asked"),
        pytest.param((6, 3, 0), 40, None, id="too few are left"),
    ],
)
def test_ballots_that_come_or_go_are_told_if_they_are_enough(
    numbers: tuple[int, ...], electors: int, told: Mapping[str, int] | None
) -> None:
    part, _ = part_of(12, 8, 0)
    found = again(part, *numbers, electors=electors)
    if told is None:
        assert found is None
    else:
        assert {name: each.at_least for name, each in (found or {}).items()} == (
            dict.fromkeys(QUESTIONS, told) if told else {}
        )


def test_ballots_that_come_from_a_small_unit_of_a_part_are_not_told() -> None:
    east, west = cell("县甲东", 19, 4, 4, 0), cell("县甲西", 12, 3, 3, 0)
    [part] = parts([east, west], asked=ASKED)
    late = cell("县甲东", 19, 9, 9, 0)
    assert corrected(part, [late, west], recounted=False, asked=ASKED) is None


def test_ballots_that_come_to_one_unit_while_others_go_from_another_are_not_told() -> None:
    [part] = parts([cell("县甲东", 19, 4, 4, 0), cell("县甲西", 19, 4, 3, 0)], asked=ASKED)
    now = [cell("县甲东", 19, 11, 8, 0), cell("县甲西", 19, 3, 3, 0)]
    assert corrected(part, now, recounted=False, asked=ASKED) is None


def test_ballots_come_to_a_part_once() -> None:
    part, _ = part_of(12, 8, 0)
    grown = corrected(part, [cell("县甲东", 40, 18, 12, 0)], recounted=False, asked=ASKED)
    assert grown is not None
    assert again(grown, 12, 8, 0) is None


def test_a_cell_whose_answers_are_not_as_many_as_its_ballots_is_refused() -> None:
    with pytest.raises(ValueError, match="as many"):
        Cell(("县",), 30, 20, {"work": {"满意": 19}})


def test_of_how_many_something_is_told_is_for_the_scheme_to_say() -> None:
    strict = Asked(ASKED.questions, least_electors=50, least_cast=30)
    assert parts([cell("县甲东", 40, *MIXED)], asked=strict) == ()
