"""Publishers of a round: the house's own, and some that make one mistake each, to be found by the same adversary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.evaluations.adversary import ANSWERS, Atom, Row, truth
from xianfeng.evaluations.publishing import Asked, Cell, Part, Path, Told, corrected, parts, total

QUESTIONS = ("work", "service")
ASKED = Asked(dict.fromkeys(QUESTIONS, ANSWERS))
Tree = Mapping[Path, Path]  # where each cell stands in it


def cells(atoms: Sequence[Atom], version: int) -> list[Cell]:
    """As they are counted at one publication."""
    found: dict[Path, list[Atom]] = {}
    for atom in atoms:
        if version in atom.versions:
            found.setdefault(atom.cell, []).append(atom)
    return [
        Cell(
            path,
            there[0].electors,
            sum(atom.cast for atom in there),
            {name: dict(zip(ANSWERS, truth(there, number), strict=True)) for number, name in enumerate(QUESTIONS)},
        )
        for path, there in found.items()
    ]


@dataclass
class Publisher:
    """Tells a round several times, for ballots come and go; each time every total of the tree as it was and is."""

    trees: Sequence[Tree]
    told: tuple[Part, ...] = ()
    cells: dict[Path, Cell] = field(default_factory=dict)
    version: int = -1

    def publish(self, atoms: Sequence[Atom], version: int) -> Iterator[Row]:
        now = {cell.path: cell for cell in cells(atoms, version)}
        changed = {path for path, cell in now.items() if path in self.cells and self.cells[path] != cell}
        self.cells, self.version = now, version
        self.told = tuple(self._kept(changed)) if self.told else self._parts()
        yield from self._rows()

    def _kept(self, changed: set[Path]) -> Iterator[Part]:
        """What was told before, as it is told now; a part that is told no more has its cells in no other."""
        for part in self.told:
            if not changed & set(part.cells):
                yield part
                continue
            again = self._corrected(part)
            yield again if again else replace(part, told={})

    def _corrected(self, part: Part) -> Part | None:
        return corrected(part, [self.cells[path] for path in part.cells], recounted=False, asked=ASKED)

    def _parts(self) -> tuple[Part, ...]:
        return parts(self.cells.values(), asked=ASKED)

    def _rows(self) -> Iterator[Row]:
        for part in self.told:
            yield from self._told([part])
        for inside in self._nodes():
            yield from self._told([part for part in self.told if inside.issuperset(part.cells)])

    def _told(self, those: Sequence[Part]) -> Iterator[Row]:
        for name, told in total(those).items():
            number = QUESTIONS.index(name)
            yield Row(self.version, number, _cells(part for part in those if name in part.told), told)

    def _nodes(self) -> Iterator[frozenset[Path]]:
        """Every place of both trees, of all electorates and of each."""
        for tree in self.trees:
            under: dict[tuple[Path, object], set[Path]] = {}
            for path in self.cells:
                at = tree[path]
                for depth in range(len(at)):
                    for electorate in (None, at[-1]):
                        under.setdefault((at[:depth], electorate), set()).add(path)
            yield from map(frozenset, under.values())


class EveryTotal(Publisher):
    """Small cells are left out, and stand in the totals."""

    def _rows(self) -> Iterator[Row]:
        yield from super()._rows()
        for inside in self._nodes():
            for number, name in enumerate(QUESTIONS):
                there = [self.cells[path] for path in inside]
                numbers = {answer: sum(cell.counts[name][answer] for cell in there) for answer in ANSWERS}
                yield Row(self.version, number, inside, Told(numbers, numbers))


class ExactTotals(Publisher):
    """Where nearly all of a part were alike, no number stands with the part, and the right one in the total."""

    def _told(self, those: Sequence[Part]) -> Iterator[Row]:
        if len(those) == 1:
            yield from super()._told(those)
            return
        inside = _cells(those)
        for number, name in enumerate(QUESTIONS):
            numbers = {answer: sum(self.cells[path].counts[name][answer] for path in inside) for answer in ANSWERS}
            yield Row(self.version, number, inside, Told(numbers, numbers))


class Divided(Publisher):
    """Each time the parts are made anew."""

    def _kept(self, changed: set[Path]) -> Iterator[Part]:
        yield from self._parts()


class Corrected(Publisher):
    """Whatever changed is told."""

    def _corrected(self, part: Part) -> Part | None:
        there = [self.cells[path] for path in part.cells]
        [again] = parts(there, asked=replace(ASKED, least_electors=0, least_cast=0))
        return again


class Plain(Publisher):
    """Numbers also where all were alike."""

    def _told(self, those: Sequence[Part]) -> Iterator[Row]:
        for row in super()._told(those):
            name = QUESTIONS[row.question]
            numbers = {answer: sum(self.cells[path].counts[name][answer] for path in row.cells) for answer in ANSWERS}
            yield replace(row, told=Told(numbers, numbers))


def _cells(those: Iterable[Part]) -> frozenset[Path]:
    return frozenset(path for part in those for path in part.cells)
