"""What begins with a record: the time that a move of its flow may take, and what is owed after an event.

Both are read from the record's course alone, so that it does not matter when they are read, or how often.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from xianfeng.calendars.pausing import paused
from xianfeng.calendars.store import Calendars
from xianfeng.duties import begun, binding, meeting, reasons, rounds, terms
from xianfeng.duties.begun import Begun
from xianfeng.duties.courses import WITHDRAW, Course, Run, courses
from xianfeng.duties.models import Round
from xianfeng.duties.periods import demanded
from xianfeng.ledger import powers, turns, versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.turns import Stand, Turns
from xianfeng.log import bulk
from xianfeng.registry import places
from xianfeng.scheme.flowing import Clock
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation


def follow(records: Sequence[int], *, now: dt.datetime) -> int:
    """Begin and end what these records' courses ask for; how many duties changed."""
    return sum(_follow(some, now) for some in bulk.batched(records, 2_000))


def _follow(records: Sequence[int], now: dt.datetime) -> int:
    events = _events()
    rows = [
        row
        for row in Record.objects.filter(id__in=records)
        if _falls_due(row.scheme_id, row.kind) or row.register in events
    ]
    if not rows:
        return 0
    standing, told = _Standing(now), courses(row.id for row in rows)
    standing.turns.lineage.learn({row.organisation for row in rows})
    wanted = [one for row in rows for one in standing.of_clocks(row, told[row.id])]
    after = [
        one
        for row in rows
        for scheme, rule in events.get(row.register, ())
        for one in standing.of_event(row, scheme, rule, told[row.id])
    ]
    changed = begun.write([*wanted, *after])
    for round_ in {one.round.id: one.round for one in after}.values():
        changed += meeting.recount([round_], {one.organisation for one in after})
    return changed


@lru_cache(maxsize=1_024)
def _falls_due(version: str, kind: str) -> bool:
    """Whether a kind has moves that may take so long and no longer."""
    return any(clock.falls_due for clock in versions.scheme(version).kinds[kind].flow.clocks.values())


def _events() -> Mapping[str, Sequence[tuple[Scheme, Obligation]]]:
    """By register, what is owed after its records have entered a state."""
    found: dict[str, list[tuple[Scheme, Obligation]]] = defaultdict(list)
    for scheme in versions.all_current():
        for rule in scheme.obligations.values():
            if rule.after and demanded(rule):
                found[scheme.key(rule.after[0])].append((scheme, rule))
    return found


@dataclass
class _Standing:
    """Where records stand, by which calendar they are counted, and which rounds they are in: learnt once."""

    now: dt.datetime
    turns: Turns = field(default_factory=Turns)
    calendars: Calendars = field(default_factory=Calendars)
    _rounds: dict[tuple[str, str, str], Round] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)

    def of_clocks(self, row: Record, course: Course) -> Iterator[Begun]:
        """Each time that a record's clock has run."""
        scheme = versions.scheme(row.scheme_id)
        flow = scheme.kinds[row.kind].flow
        for run in course.runs:
            if run.running.due is None:
                continue
            clock, last = flow.clocks[run.move], run.last
            move = turns.awaited(flow, clock, last.state)
            stand = Stand(last.holder, row.place, last.day, last.numbers)
            turn = self.turns.of(scheme, scheme.kinds[row.kind], move, stand)
            done, voided = _ended(clock, run)
            yield Begun(
                round=self._round(scheme, row.kind, run.move),
                organisation=turn.organisation,
                place=self._place(turn.organisation, row.place),
                appointment=turn.appointment,
                record=row.id,
                started=run.seq,
                since=run.running.since,
                deadline=run.running.due,
                ladder=scheme.ladder(clock.ladder),
                calendar=paused(self.calendars.of(row.organisation), scheme),
                done=done,
                voided=voided,
            )

    def of_event(self, row: Record, scheme: Scheme, rule: Obligation, course: Course) -> Iterator[Begun]:
        """Each time that a record entered the state after which something is owed."""
        for stop in course.stops:
            if (row.kind, stop.state) != rule.after:
                continue
            root, calendar = powers.root_of(scheme), paused(self.calendars.of(row.organisation), scheme)
            for appointment in binding.bound(rule, root, row.organisation, stop.day, self.turns.lineage):
                yield Begun(
                    round=self._round(scheme, rule.kind, "", rule),
                    organisation=row.organisation,
                    place=row.place,
                    appointment=appointment,
                    record=row.id,
                    started=stop.seq,
                    since=stop.at,
                    deadline=terms.of_event(rule, stop.at, calendar),
                    ladder=scheme.ladder(rule.ladder),
                    calendar=calendar,
                    least=demanded(rule),
                    most=rule.exactly or rule.at_most,
                    voided=reasons.WITHDRAWN if course.withdrawn else "",
                )

    def _round(self, scheme: Scheme, kind: str, move: str, rule: Obligation | None = None) -> Round:
        key = scheme.name, rule.name if rule else kind, move
        if key not in self._rounds:
            found = rounds.of_event(scheme, rule, self.now) if rule else rounds.of_move(scheme, kind, move, self.now)
            self._rounds[key] = found
        return self._rounds[key]

    def _place(self, mover: int, otherwise: int) -> int:
        """Where whoever has to move stands: who is late is counted there."""
        if mover not in self._places:
            self._places[mover] = places.current([mover]).get(mover, otherwise)
        return self._places[mover]


def _ended(clock: Clock, run: Run) -> tuple[dt.datetime | None, str]:
    """When it was met, or why nobody has to any more: the record went another way."""
    if run.ended is None:
        return None, ""
    if run.ended.action in clock.met_by:
        return run.ended.at, ""
    return None, reasons.WITHDRAWN if run.ended.action == WITHDRAW else reasons.OVERTAKEN
