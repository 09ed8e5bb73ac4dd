"""Whoever reads the records that a round files, and asks figures of every place, by both trees, before and after a unit
moved and a count was corrected, works out nothing of a few electors: also where all he is told is from and to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import pytest

from tests.evaluations import reading, towns
from tests.evaluations.adversary import ANSWERS, Atom, Row, dishonest, narrowed, recovered
from tests.evaluations.towns import SCHEME, Towns, counted, twice
from xianfeng.evaluations import correcting, results, sheets, slips
from xianfeng.evaluations.batches import Counted
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.publishing import Told
from xianfeng.figures.interface import Tree
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head
from xianfeng.registry import actions as registry

MOVED, LATER = dt.date(2012, 8, 1), dt.date(2012, 9, 1)
ALWAYS, LATE = frozenset({0, 1, 2}), frozenset({2})


@dataclass(frozen=True)
class World:
    """`sizes`: electors of the six villages. `kept`: of each pool in turn the answers to one question. `spoiled`: of
    which pool one ballot was thought invalid first."""

    sizes: tuple[int, ...]
    kept: Sequence[tuple[int, int, int]]
    spoiled: int = 0


def drawn(seed: int) -> World:
    """Villages about the size from which something is told, often nearly all of one mind."""
    chance = Random(seed)  # noqa: S311 - the same worlds each time
    sizes = tuple(chance.choice([12, 19, 20, 21, 30, 40]) for _ in towns.VILLAGES)
    kept = []
    for _ in sizes:
        cast = chance.randint(10, 12)
        alike = chance.choice([cast, cast - 1, chance.randint(0, cast)])
        other = chance.randint(0, cast - alike)
        kept.append((alike, other, cast - alike - other))
    return World(sizes, kept, spoiled=chance.randint(0, 2))


WORLDS = {
    "a small village in a town": World((30, 30, 12, 30, 30, 30), [(12, 8, 0), (9, 9, 2), (6, 4, 0)] * 2),
    "one of one mind beside mixed ones": World((30,) * 6, [(20, 0, 0), (12, 8, 0), (12, 8, 0)] * 2),
    "too few cast": World((30,) * 6, [(12, 8, 0), (3, 2, 0), (12, 8, 0), (4, 0, 0), (5, 5, 5), (9, 9, 0)]),
    "all of one mind but one": World((30,) * 6, [(19, 1, 0)] * 6, spoiled=1),
    "mixed ones, of which one is corrected": World((30,) * 6, [(12, 8, 0), (9, 9, 2), (11, 6, 3)] * 2, spoiled=1),
    "nearly all left it blank": World((30,) * 6, [(1, 0, 19), (12, 8, 0), (0, 0, 20)] * 2),
    **{f"drawn {seed}": drawn(seed) for seed in range(2)},
}


@dataclass(frozen=True)
class Published:
    atoms: list[Atom]
    rows: list[Row]


def published(world: World) -> Published:
    """In three goes: as it was counted, after a village moved, after a ballot was found to be valid."""
    here = towns.towns(SCHEME + reading.MEASURES)
    row, atoms = _counted(here, world)
    results.publish(number=row.id, by=here.office())
    seen, trees = [head()], [_trees(here, moved=False)]
    by = Actor(kind=ActorKind.IMPORT, id=1)
    registry.move(organisation=here.villages[0], parent=here.towns[1], day=MOVED, by=by)
    seen.append(head())
    trees.append(_trees(here, moved=True))
    if world.spoiled:
        atoms += _corrected(here, row, world)
    seen.append(head())
    trees.append(_trees(here, moved=True))
    return Published(atoms, list(reading.rows(row, seen, trees, LATER)))


def _counted(here: Towns, world: World) -> tuple[EvaluationRound, list[Atom]]:
    """Electorates take their answers in turn; boxes that are too few are counted together."""
    sizes = world.sizes
    made = towns.frozen(here, *sizes)
    kept = dict(zip(made.electorates.order_by("number").values_list("number", flat=True), world.kept, strict=False))
    issued = dict(made.electorates.values_list("number", "electors"))
    slips.issue(number=made.id, issued=issued, by=here.office())
    row = slips.close(number=made.id, returned={n: sum(those) for n, those in kept.items()}, by=here.office())
    atoms = []
    for pool in sheets.pools(row):
        answers = _together([kept[one.number] for one in pool.those])
        first = _less(answers) if pool.number == world.spoiled else answers
        twice(here, row, pool.number, _sheet(first, sum(answers)))
        atoms.append(Atom(_cell(pool.number), pool.electors, ALWAYS, (first,)))
    return row, atoms


def _corrected(here: Towns, row: EvaluationRound, world: World) -> list[Atom]:
    """The ballot that was thought invalid counts."""
    pool = next((one for one in sheets.pools(row) if one.number == world.spoiled), None)
    if pool is None:  # it is counted with another
        return []
    kept = dict(zip(row.electorates.order_by("number").values_list("number", flat=True), world.kept, strict=False))
    answers = _together([kept[one.number] for one in pool.those])
    for person in (3, 4):
        correcting.correct(
            number=row.id,
            pool=pool.number,
            batch=1,
            counted=_sheet(answers, sum(answers)),
            reason="有一张是有效的",
            by=here.office(person),
        )
    one = tuple(n - less for n, less in zip(answers, _less(answers), strict=True))
    return [Atom(_cell(pool.number), pool.electors, LATE, (one,))]


def _cell(number: int) -> tuple[str]:
    return (f"electorate {number}",)


def _together(those: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*those, strict=True)))


def _less(answers: tuple[int, ...]) -> tuple[int, ...]:
    """One ballot fewer, of those that most gave."""
    at = answers.index(max(answers))
    return tuple(n - (k == at) for k, n in enumerate(answers))


def _sheet(kept: tuple[int, ...], returned: int) -> Counted:
    valid = sum(kept)
    return counted(valid - valid // 2, valid // 2, 0, 0, kept=kept, invalid=returned - valid)


def _trees(here: Towns, *, moved: bool) -> Mapping[Tree, reading.Below]:
    first, second = here.towns
    was = {first: here.villages[:3], second: here.villages[3:]}
    now = {first: here.villages[1:3], second: (here.villages[0], *here.villages[3:])} if moved else was

    def below(tree: Mapping[int, tuple[int, ...]]) -> reading.Below:
        everybody = frozenset({here.county, *here.towns, *here.villages})
        towns_ = {town: frozenset({town, *those}) for town, those in tree.items()}
        return {here.county: everybody, **towns_, **{one: frozenset({one}) for one in here.villages}}

    return {"then": below(was), "now": below(now)}


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_nothing_of_a_few_follows_from_records_and_figures(db: None, world: World) -> None:
    found = published(world)
    assert dishonest(found.rows, found.atoms) == []
    assert recovered(found.rows, found.atoms, 0) == []
    assert narrowed(found.rows, found.atoms, 0) == []


def test_what_is_read_is_what_was_published(db: None) -> None:
    """Else nothing would follow from it whatever was told."""
    found = published(WORLDS["one of one mind beside mixed ones"])
    told = [row.told for row in found.rows if len(row.cells) == 1 and row.version == 0]
    assert Told({"满意": 18, "不满意": 0, "": 0}, {"满意": 20, "不满意": 2, "": 2}) in told
    assert Told({"满意": 12, "不满意": 8, "": 0}, {"满意": 12, "不满意": 8, "": 0}) in told
    assert max(len(row.cells) for row in found.rows) == len(towns.VILLAGES)
    assert Record.objects.filter(kind="evaluation_result").exists()


def test_one_number_too_many_is_found(db: None) -> None:
    """A total that is exact over a village of one mind; and one that is too close."""
    found = published(WORLDS["one of one mind beside mixed ones"])
    whole = max((row for row in found.rows if row.version == 0), key=lambda row: len(row.cells))
    numbers = {answer: sum(atom.counts[0][at] for atom in found.atoms) for at, answer in enumerate(ANSWERS)}
    exact = replace(whole, told=Told(numbers, numbers))
    assert narrowed([*found.rows, exact], found.atoms, 0)
    one = next(row for row in found.rows if len(row.cells) == 1 and row.told.at_least["满意"] == 18)
    close = replace(one, told=Told({**one.told.at_least, "满意": 19}, one.told.at_most))
    assert narrowed([*found.rows, close], found.atoms, 0)
