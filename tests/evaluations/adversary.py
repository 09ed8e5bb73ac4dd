"""Somebody who has every table that was ever published and adds and subtracts them, over the rationals.

Ballots are in atoms: those of a cell that were there from the first to the last, those that went, those that came late.
A number that was told is an equation over atoms. What follows from all equations of a question is the space of their
rows; a set of ballots whose indicator lies in it has been worked out, whoever's they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from xianfeng.evaluations.publishing import Path, Told

LEAST_ELECTORS, LEAST_CAST = 20, 10
ANSWERS = ("满意", "不满意", "")
Vector = tuple[int, ...]
Bounds = Mapping[str, tuple[int, int]]  # by answer: at least and at most


@dataclass(frozen=True)
class Atom:
    """`counts`: by question, as many numbers as there are answers."""

    cell: Path
    electors: int  # of its cell
    versions: frozenset[int]  # at which publications its ballots are counted
    counts: tuple[tuple[int, ...], ...]

    @property
    def cast(self) -> int:
        return sum(self.counts[0])


@dataclass(frozen=True)
class Row:
    """A number told at one publication: of one question, about the ballots of these cells as they were then."""

    version: int
    question: int
    cells: frozenset[Path]
    told: Told


def truth(atoms: Iterable[Atom], question: int) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(atom.counts[question] for atom in atoms), strict=True))) or (0,) * len(ANSWERS)


def is_safe(atoms: Sequence[Atom], question: int) -> bool:
    """Enough electors and ballots, and no answer that all but a tenth (fewer than enough, or one) gave."""
    electors = sum({atom.cell: atom.electors for atom in atoms}.values())
    numbers = truth(atoms, question)
    cast = sum(numbers)
    differ = cast - max(numbers)
    return electors >= LEAST_ELECTORS and cast >= LEAST_CAST and differ > max(1, min(cast // 10, LEAST_CAST - 1))


def recovered(rows: Iterable[Row], atoms: Sequence[Atom], question: int) -> list[tuple[Atom, ...]]:
    """Sets of ballots that are not safe to tell of and follow from what was told; and pairs whose difference does."""
    equations = {
        _vector(row, atoms) for row in rows if row.question == question and row.told.at_least == row.told.at_most
    }
    kernel = _kernel(sorted(equations), len(atoms))
    found = [
        chosen
        for chosen in _sets(atoms)
        if not is_safe(chosen, question) and _follows([int(atom in chosen) for atom in atoms], kernel)
    ]
    for one, other in combinations([atom for atom in atoms if atom.cast and not is_safe([atom], question)], 2):
        if _follows([(atom is one) - (atom is other) for atom in atoms], kernel):
            found.append((one, other))
    return found


def narrowed(rows: Iterable[Row], atoms: Sequence[Atom], question: int) -> list[tuple[Atom, ...]]:
    """Sets of ballots that are not safe to tell of, an answer of which follows more closely than a tenth of them: by up
    to three rows added and subtracted, each a number or from one to another."""
    ranges: dict[Vector, Bounds] = {}
    for row in rows:
        if row.question == question and any(vector := _vector(row, atoms)):
            _keep(ranges, vector, {answer: (row.told.at_least[answer], row.told.at_most[answer]) for answer in ANSWERS})
    wanted = {
        tuple(int(atom in chosen) for atom in atoms): chosen for chosen in _sets(atoms) if not is_safe(chosen, question)
    }
    held = [*ranges.items()]
    found: dict[Vector, Bounds] = {}
    for many in range(1, 4):
        for those in combinations(held, many):
            for signs in product((1, -1), repeat=many):
                vector = tuple(
                    sum(sign * there[at] for sign, (there, _) in zip(signs, those, strict=True))
                    for at in range(len(atoms))
                )
                if vector in wanted:
                    _keep(found, vector, _together(signs, [bounds for _, bounds in those]))
    return [wanted[vector] for vector, bounds in found.items() if _is_close(wanted[vector], bounds)]


def _keep(found: dict[Vector, Bounds], vector: Vector, bounds: Bounds) -> None:
    """The closer of what is known and what is said."""
    known = found.get(vector, bounds)
    found[vector] = {a: (max(known[a][0], bounds[a][0]), min(known[a][1], bounds[a][1])) for a in bounds}


def _together(signs: Sequence[int], those: Sequence[Bounds]) -> Bounds:
    ends = {
        answer: [
            (sign * bounds[answer][0], sign * bounds[answer][1]) for sign, bounds in zip(signs, those, strict=True)
        ]
        for answer in ANSWERS
    }
    return {answer: (sum(map(min, each)), sum(map(max, each))) for answer, each in ends.items()}


def _is_close(chosen: Sequence[Atom], bounds: Bounds) -> bool:
    cast = sum(atom.cast for atom in chosen)
    wide = max(1, min(cast // 10, LEAST_CAST - 1))
    return any(min(most, cast) - max(least, 0) < wide for least, most in bounds.values())


def dishonest(rows: Iterable[Row], atoms: Sequence[Atom]) -> list[Row]:
    """Rows that tell something else than what was answered."""
    return [row for row in rows if not _holds(row, atoms)]


def _holds(row: Row, atoms: Sequence[Atom]) -> bool:
    counted = [atom for atom, there in zip(atoms, _vector(row, atoms), strict=True) if there]
    numbers = dict(zip(ANSWERS, truth(counted, row.question) if counted else (0, 0, 0), strict=True))
    return all(row.told.at_least[answer] <= n <= row.told.at_most[answer] for answer, n in numbers.items())


def _sets(atoms: Sequence[Atom]) -> Iterator[tuple[Atom, ...]]:
    some = [atom for atom in atoms if atom.cast]
    for many in range(1, len(some) + 1):
        yield from combinations(some, many)


def _vector(row: Row, atoms: Sequence[Atom]) -> Vector:
    return tuple(int(atom.cell in row.cells and row.version in atom.versions and atom.cast > 0) for atom in atoms)


def _follows(wanted: Sequence[int], kernel: Sequence[Sequence[Fraction]]) -> bool:
    """A vector lies in the space of the rows if it is orthogonal to whatever these are orthogonal to."""
    return all(sum(a * b for a, b in zip(wanted, base, strict=True)) == 0 for base in kernel)


def _kernel(equations: Sequence[Vector], width: int) -> list[list[Fraction]]:
    rows, pivots = _reduced([[Fraction(value) for value in equation] for equation in equations], width)
    kernel = []
    for free in (column for column in range(width) if column not in pivots):
        base = [Fraction(int(column == free)) for column in range(width)]
        for row, pivot in zip(rows, pivots, strict=False):
            base[pivot] = -row[free]
        kernel.append(base)
    return kernel


def _reduced(rows: list[list[Fraction]], width: int) -> tuple[list[list[Fraction]], list[int]]:
    """By Gauss and Jordan: the reduced rows first, and which column each stands for."""
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        chosen = next((k for k in range(at, len(rows)) if rows[k][column]), None)
        if chosen is None:
            continue
        rows[at], rows[chosen] = rows[chosen], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for k, row in enumerate(rows):
            if k != at and row[column]:
                rows[k] = [a - row[column] * b for a, b in zip(row, rows[at], strict=True)]
        pivots.append(column)
    return rows, pivots
