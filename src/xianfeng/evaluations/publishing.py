"""What may be told of a round's counts, so that nobody works out from it what a few people answered.

Counts lie in cells: a unit in its place of the tree and, where several electorates are asked about it, one of them. Who
wants to know more than is told subtracts: a town less its villages, all less one electorate, this publication less the
last, the tree as it was less the tree as it is. So there is one rule for all of these:

- **Parts.** Cells are put together into parts of enough electors and ballots, which do not overlap. Only parts are
  told, and whatever else is told is added up from them. What is added and subtracted of that is whole parts again.
- **Parts stay.** They are made once, of all that was counted in a round. A correction tells the same part again, or
  nothing of it any more; its cells are never divided or joined anew.
- **Nearly all alike.** Then a part tells that answer and between which numbers it lies, for all alike would tell what
  everybody answered. Totals say from and to as well, reckoned from what their parts tell.

A cell that is enough by itself is a part of its own, for of an online poll its observers have published it already.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xianfeng.ballots.alike import nearly_all

Path = tuple[Hashable, ...]  # from the root down to the unit, and last the electorate where a unit has several
Numbers = Mapping[str, int]  # ballots by answer


def heap(path: Path) -> tuple[int, bool]:
    """Of which electorate a cell is, or of those counted with it, and whether it was cast online."""
    _, number, *online = str(path[-1]).split()
    return int(number), bool(online)


@dataclass(frozen=True)
class Asked:
    """A form: each question's answers, '' among them where it may be left out. And of how many something is told."""

    questions: Mapping[str, tuple[str, ...]]
    least_electors: int = 20
    least_cast: int = 10

    def enough(self, cells: Collection[Cell]) -> bool:
        """Where nobody cast there is nobody to hide among."""
        electors, cast = sum(cell.electors for cell in cells if cell.cast), sum(cell.cast for cell in cells)
        return electors >= self.least_electors and cast >= self.least_cast

    def told(self, question: str, cells: Collection[Cell]) -> Told:
        numbers = {
            answer: sum(cell.counts[question].get(answer, 0) for cell in cells) for answer in self.questions[question]
        }
        alike = nearly_all(numbers, least_cast=self.least_cast)
        return Told.nearly(numbers, *alike) if alike else Told(numbers, numbers)


@dataclass(frozen=True)
class Cell:
    """`cast` are the valid ballots, `counts` their answers by question."""

    path: Path
    electors: int
    cast: int
    counts: Mapping[str, Numbers]

    def __post_init__(self) -> None:
        for question, numbers in self.counts.items():
            if sum(numbers.values()) != self.cast:
                raise ValueError(f"{self.path}: the answers to {question} are not as many as the ballots")


@dataclass(frozen=True)
class Told:
    """Of one question: each answer was given at least and at most so often; the two differ where nearly all agreed."""

    at_least: Numbers
    at_most: Numbers
    nearly_all: str | None = None

    @classmethod
    def nearly(cls, numbers: Numbers, answer: str, others: int) -> Told:
        """The same whether nobody differs or as many as may."""
        cast = sum(numbers.values())
        return cls(
            {each: cast - others if each == answer else 0 for each in numbers},
            {each: cast if each == answer else others for each in numbers},
            answer,
        )


@dataclass(frozen=True)
class Part:
    """What is told of some cells together, each with how many ballots it had. `at` is the deepest path that holds them;
    `grown` says that ballots came to it or went since it was first told."""

    at: Path
    cells: Mapping[Path, int]
    electors: int
    cast: int
    told: Mapping[str, Told]
    grown: bool = False

    def asked_in(self, pooled: Mapping[int, int | None]) -> set[int]:
        """The electorates whose ballots it is made of: those of a pool, or the one that voted online. `pooled`: with
        which number each was counted together."""
        found = set[int]()
        for path in self.cells:
            number, online = heap(path)
            found |= {number} if online else {one for one, leader in pooled.items() if leader == number}
        return found


def parts(cells: Iterable[Cell], *, asked: Asked) -> tuple[Part, ...]:
    """Those to be told; too few who find nobody to stand with are in none."""
    voted = [cell for cell in cells if cell.cast]
    alone = [[cell] for cell in voted if asked.enough([cell])]
    small = [cell for cell in voted if not asked.enough([cell])]
    return tuple(_part(found, asked) for found in [*alone, *_joined(small, asked)])


def _joined(small: Sequence[Cell], asked: Asked) -> Iterable[list[Cell]]:
    """Small cells under the deepest place where they are enough together."""
    left = list(small)
    for depth in range(max((len(cell.path) for cell in left), default=0), -1, -1):
        under = defaultdict[Path, list[Cell]](list)
        for cell in left:
            under[cell.path[:depth]].append(cell)
        enough = [cells for cells in under.values() if asked.enough(cells)]
        yield from enough
        left = [cell for cell in left if not asked.enough(under[cell.path[:depth]])]


def corrected(part: Part, cells: Collection[Cell], *, recounted: bool, asked: Asked) -> Part | None:
    """The same part told again, of its cells as they stand now; None where nothing of it is told any more.

    `recounted`: the same ballots, counted better; what was told before was an error and says nothing about anybody.
    Else ballots came or went, and whoever has both tables sees their answers: they have to be enough and not nearly all
    alike. That is done once, for two such groups of ballots may differ by one.
    """
    now = replace(_part(cells, asked), at=part.at)
    if part.grown or not asked.enough(cells) or now.electors != part.electors:
        return None
    if recounted:
        if now.cells != part.cells:
            raise ValueError("ballots that are counted again are as many as before")
        return now
    changed = [cell for cell in cells if cell.cast != part.cells[cell.path]]
    came, moved = abs(now.cast - part.cast), sum(abs(cell.cast - part.cells[cell.path]) for cell in changed)
    if came < asked.least_cast or came < moved or sum(cell.electors for cell in changed) < asked.least_electors:
        return None
    safe = {name: told for name, told in now.told.items() if _may_follow(part.told[name], told, came, asked)}
    return replace(now, told=safe, grown=True)


def _may_follow(before: Told, now: Told, came: int, asked: Asked) -> bool:
    if before.nearly_all is not None or now.nearly_all is not None:
        return before.nearly_all == now.nearly_all
    gap = {answer: abs(now.at_least[answer] - before.at_least[answer]) for answer in now.at_least}
    return sum(gap.values()) == came and nearly_all(gap, least_cast=asked.least_cast) is None


def total(parts: Iterable[Part]) -> dict[str, Told]:
    """By question, of those parts that tell it."""
    least, most = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for part in parts:
        for question, told in part.told.items():
            least[question].update(told.at_least)
            most[question].update(told.at_most)
    return {question: Told(least[question], most[question]) for question in least}


def _part(cells: Collection[Cell], asked: Asked) -> Part:
    return Part(
        at=_above([cell.path for cell in cells]),
        cells={cell.path: cell.cast for cell in cells},
        electors=sum(cell.electors for cell in cells),
        cast=sum(cell.cast for cell in cells),
        told={question: asked.told(question, cells) for question in asked.questions},
    )


def _above(paths: Sequence[Path]) -> Path:
    """What they begin with in common."""
    depth = 0
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        depth += 1
    return paths[0][:depth]
