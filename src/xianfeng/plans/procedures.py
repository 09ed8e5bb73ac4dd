"""The procedures of a campaign that promise a time in days, measured on its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xianfeng.calendars.days import WorkingCalendar
from xianfeng.duties.courses import Run, courses
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.plans.timing import Passage, Timing, timings
from xianfeng.scheme.flowing import Clock, Move
from xianfeng.scheme.nodes import Kind, Scheme

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
        kind.name: tuple(kind.flow.moves[one.move] for one in kind.flow.clocks.values() if _in_days(one))
        for kind in scheme.kinds.values()
    }
    return {kind: moves for kind, moves in found.items() if moves}


def procedures(scheme: Scheme, records: Iterable[Record], calendar: WorkingCalendar) -> Iterator[Procedure]:
    """Of these records, the promising moves that were made, by the days on which they were."""
    promised = promising(scheme)
    kinds = {row.id: row.kind for row in records if row.kind in promised}
    found: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for record, course in courses(kinds).items():
        for run in course.runs:
            if passage := _passage(kinds[record], run, calendar):
                found[kinds[record], run.move].append(passage)
    for kind, moves in promised.items():
        for move in moves:
            if passages := found.get((kind, move.name)):
                yield Procedure(scheme.kinds[kind], move, timings(passages, calendar))


def _passage(kind: str, run: Run, calendar: WorkingCalendar) -> Passage | None:
    """A clock that was met, under what was promised when it began."""
    clock = versions.scheme(run.version).kinds[kind].flow.clocks[run.move]
    met = run.ended is not None and run.ended.action in clock.met_by
    if not met or run.ended is None or clock.within is None or run.running.due is None or not _in_days(clock):
        return None
    return Passage(run.day, run.ended.day, clock.within, calendar.local(run.running.due.due).date())


def _in_days(clock: Clock) -> bool:
    return clock.within is not None and clock.within.unit in _DAYS
