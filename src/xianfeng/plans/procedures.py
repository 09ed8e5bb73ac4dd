"""The procedures of a campaign that promise a time in days, measured on its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from xianfeng.calendars.days import WorkingCalendar
from xianfeng.duties.courses import Stop, courses
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.plans.timing import Passage, Timing, timings
from xianfeng.scheme.nodes import Kind, Move, Scheme

_DAYS = ("workdays", "days", "months")


@dataclass(frozen=True)
class Procedure:
    """A move with the times it took; one timing for each promise that the campaign's versions gave."""

    kind: Kind
    move: Move
    timings: tuple[Timing, ...]


def promising(scheme: Scheme) -> dict[str, tuple[Move, ...]]:
    """By kind, the moves that promise a time in days."""
    found = {
        kind.name: tuple(move for move in kind.flow.moves.values() if move.within and move.within.unit in _DAYS)
        for kind in scheme.kinds.values()
    }
    return {kind: moves for kind, moves in found.items() if moves}


def procedures(scheme: Scheme, records: Iterable[Record], calendar: WorkingCalendar) -> Iterator[Procedure]:
    """Of these records, the promising moves that were made, by the days on which they were."""
    promised = promising(scheme)
    kinds = {row.id: row.kind for row in records if row.kind in promised}
    found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for record, course in courses(kinds).items():
        for name, passage in _passages(kinds[record], course):
            found[kinds[record], name].append(passage)
    for kind, moves in promised.items():
        for move in moves:
            if passages := found.get((kind, move.name)):
                yield Procedure(scheme.kinds[kind], move, timings(passages, calendar))


def _passages(kind: str, course: Iterable[Stop]) -> Iterator[tuple[str, Passage]]:
    """From the state that a move left to the one it led to, under what was promised when it was entered."""
    for before, after in pairwise(course):
        known = versions.scheme(before.version).kinds.get(kind)
        move = known.flow.moves.get(after.action) if known else None
        if move and move.within and move.within.unit in _DAYS and before.state in move.origins:
            yield move.name, Passage(before.day, after.day, move.within)
