"""What begins with a record: the time that a move of its flow may take, and what is owed after an event.

Both are read from the record's course alone, so that it does not matter when they are read, or how often.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import transaction

from xianfeng.calendars import deadlines, store
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.duties import meeting, moments, pouring, reasons, rounds, tally, terms
from xianfeng.duties.courses import Stop, courses
from xianfeng.duties.models import Duty, Round, State
from xianfeng.duties.periods import demanded
from xianfeng.duties.terms import Timed
from xianfeng.ledger import powers, versions
from xianfeng.ledger.models import Record
from xianfeng.log import bulk, counters
from xianfeng.registry import places
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Appointment
from xianfeng.scheme.nodes import Flow, Move, Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import binds_organisations

_WITHDRAW = "withdraw"
_INSERTED = (
    "id", "round", "organisation", "place", "appointment", "about", "started", "term", "due", "least", "most", "met",
    "state", "done", "voided", "step", "next_at",
)  # fmt: skip


_Key = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Wanted:
    """A duty that a record's course asks for. `done`: when it was made; of an event records decide."""

    round: Round
    organisation: int
    place: int
    appointment: int
    record: int
    started: int
    timed: Timed
    least: int
    most: int | None = None
    done: dt.datetime | None = None
    voided: str = ""

    @property
    def key(self) -> _Key:
        """Without the organisation: what a handler had not done when it ended is its successor's, by the same clock."""
        return self.round.id, self.appointment, self.record, self.started

    def stands(self, due: dt.datetime) -> State:
        """`due`: as it was told, whatever the calendar says now."""
        if self.done is not None:
            return State.LATE if self.done > due else State.MET
        return State.VOID if self.voided else State.OPEN


def follow(records: Sequence[int], *, now: dt.datetime) -> int:
    """Begin and end what these records' courses ask for; how many duties changed."""
    return sum(_follow(some, now) for some in bulk.batched(records, 2_000))


def _follow(records: Sequence[int], now: dt.datetime) -> int:
    events = _events()
    rows = [
        row
        for row in Record.objects.filter(id__in=records)
        if _timed(row.scheme_id, row.kind) or row.register in events
    ]
    if not rows:
        return 0
    standing, told = _Standing(now), courses(row.id for row in rows)
    standing.lineage.learn({row.organisation for row in rows})
    wanted = [one for row in rows for one in standing.of_moves(row, told[row.id])]
    after = [
        one
        for row in rows
        for scheme, rule in events.get(row.register, ())
        for one in standing.of_event(row, scheme, rule, told[row.id])
    ]
    changed = _write([*wanted, *after])
    for round_ in {one.round.id: one.round for one in after}.values():
        changed += meeting.recount([round_], {one.organisation for one in after})
    return changed


@lru_cache(maxsize=1_024)
def _timed(version: str, kind: str) -> tuple[Move, ...]:
    """The moves of a kind that may take so long and no longer."""
    moves = versions.scheme(version).kinds[kind].flow.moves.values()
    return tuple(move for move in moves if move.within and set(move.by) != {powers.CLOCK})


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
    lineage: Lineage = field(default_factory=Lineage)
    _calendars: dict[int, WorkingCalendar] = field(default_factory=dict)
    _rounds: dict[tuple[str, str, str], Round] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)
    _own: frozenset[int] = field(default_factory=store.having_tables)

    def of_moves(self, row: Record, course: Sequence[Stop]) -> Iterator[_Wanted]:
        """Each time that a record came to a state out of which a move is due."""
        scheme = versions.scheme(row.scheme_id)
        flow = scheme.kinds[row.kind].flow
        following = [*course[1:], None]
        for stop, left in zip(course, following, strict=True):
            for move in _timed(row.scheme_id, row.kind):
                if stop.state in move.origins and move.within is not None:
                    calendar = self._calendar(row.organisation)
                    deadline = deadlines.after(move.within, stop.at, calendar)
                    done, voided = _ended(flow, move, left)
                    mover = self._mover(scheme, move, row, stop)
                    yield _Wanted(
                        round=self._round(scheme, row.kind, move.name),
                        organisation=mover,
                        place=self._place(mover, row.place),
                        appointment=0,
                        record=row.id,
                        started=stop.seq,
                        timed=terms.timed(deadline, scheme.ladder(move.ladder), calendar),
                        least=1,
                        done=done,
                        voided=voided,
                    )

    def of_event(self, row: Record, scheme: Scheme, rule: Obligation, course: Sequence[Stop]) -> Iterator[_Wanted]:
        """Each time that a record entered the state after which something is owed."""
        withdrawn = bool(course) and course[-1].action == _WITHDRAW
        for stop in course:
            if (row.kind, stop.state) != rule.after or not self._binds(scheme, rule, row, stop.day):
                continue
            calendar = self._calendar(row.organisation)
            timed = terms.timed(terms.of_event(rule, stop.at, calendar), scheme.ladder(rule.ladder), calendar)
            for appointment in self._appointments(rule, row.organisation, stop.day):
                yield _Wanted(
                    round=self._round(scheme, rule.kind, "", rule),
                    organisation=row.organisation,
                    place=row.place,
                    appointment=appointment,
                    record=row.id,
                    started=stop.seq,
                    timed=timed,
                    least=demanded(rule),
                    most=rule.exactly or rule.at_most,
                    voided=reasons.WITHDRAWN if withdrawn else "",
                )

    def _calendar(self, organisation: int) -> WorkingCalendar:
        """By which time is counted there: the nation's wherever nobody above has days of his own."""
        key = organisation if self._own else 0
        if key not in self._calendars:
            self._calendars[key] = store.calendar(key or None)
        return self._calendars[key]

    def _round(self, scheme: Scheme, kind: str, move: str, rule: Obligation | None = None) -> Round:
        key = scheme.name, rule.name if rule else kind, move
        if key not in self._rounds:
            found = rounds.of_event(scheme, rule, self.now) if rule else rounds.of_move(scheme, kind, move, self.now)
            self._rounds[key] = found
        return self._rounds[key]

    def _mover(self, scheme: Scheme, move: Move, row: Record, stop: Stop) -> int:
        """Whose move it is: its handler's there, its holder's, whoever's stands above, or the campaign's office's."""
        named = powers.handlers(scheme.kinds[row.kind], stop.numbers) if powers.HANDLER in move.by else ()
        if named:
            return min(named)
        if powers.AUTHOR in move.by:
            return stop.holder
        if powers.OFFICE in move.by:
            return powers.root_of(scheme)
        above = self.lineage.above(row.place)
        return above[1] if len(above) > 1 else stop.holder

    def _place(self, mover: int, otherwise: int) -> int:
        """Where whoever has to move stands: who is late is counted there."""
        if mover not in self._places:
            self._places[mover] = places.current([mover]).get(mover, otherwise)
        return self._places[mover]

    def _binds(self, scheme: Scheme, rule: Obligation, row: Record, day: dt.date) -> bool:
        if powers.root_of(scheme) not in self.lineage.above(row.place):
            return False
        node = self.lineage.node(row.organisation, day)
        if rule.where is None or node is None:
            return node is not None
        about = {name: getattr(node, name) for name in ("level", "type", "category", "code", "name")}
        return rule.where.value({**about, "tier": self.lineage.tier(row.organisation, day)}, today=day) is True

    def _appointments(self, rule: Obligation, organisation: int, day: dt.date) -> list[int]:
        if binds_organisations(rule) or rule.of == powers.OFFICE:
            return [0]
        held = Appointment.objects.filter(organisation=organisation, role=rule.of).order_by("id")
        return [one.id for one in held if (one.since or day) <= day and (one.until is None or one.until > day)]


def _ended(flow: Flow, move: Move, left: Stop | None) -> tuple[dt.datetime | None, str]:
    """When the move was made, or why nobody has to make it: the record left its state otherwise."""
    if left is None:
        return None, ""
    if left.action == _WITHDRAW:
        return None, reasons.WITHDRAWN
    made = flow.moves.get(left.action)
    handled = made is not None and set(made.by) & set(move.by)
    return (left.at, "") if handled else (None, reasons.OVERTAKEN)


@transaction.atomic
def _write(wanted: Sequence[_Wanted]) -> int:
    """Insert those that are new, bring others up to date; how many changed."""
    term_of = terms.kept(one.timed for one in wanted)
    known: dict[_Key, Duty] = {}
    for some in bulk.batched({one.record for one in wanted}):
        for duty in Duty.objects.filter(about__in=some, started__gt=0):
            known[duty.round, duty.appointment, duty.about, duty.started] = duty
    new = [one for one in wanted if one.key not in known]
    if new:
        numbers = counters.take(pouring.COUNTER, len(new))
        bulk.insert(
            Duty, _INSERTED, (_row(n, one, term_of[one.timed.key]) for n, one in zip(numbers, new, strict=True))
        )
    moved, changed = Counter(_counted(one) for one in new), 0
    for duty, one in [(known[one.key], one) for one in wanted if one.key in known]:
        moved[tally.of(duty)] -= 1
        changed += _update(duty, one)
        moved[tally.of(duty)] += 1
    tally.add(moved)
    return len(new) + changed


def _counted(one: _Wanted) -> tuple[tally.Sort, int]:
    due = one.timed.deadline.due
    return tally.sort(one.round.id, one.stands(due), due), one.place


def _row(number: int, one: _Wanted, term: int) -> bulk.Row:
    due = moments.kept(one.timed.deadline.due)
    state = one.stands(one.timed.deadline.due)
    following = terms.next_step(one.timed.steps, 0, one.round.began) if state == State.OPEN else None
    met, done = int(one.done is not None), moments.kept(one.done)
    start = (number, one.round.id, one.organisation, one.place, one.appointment, one.record, one.started, term, due)
    next_at = following and moments.kept(following[1])
    return (*start, one.least, one.most, met, state, done, one.voided, 0, next_at)


def _update(duty: Duty, one: _Wanted) -> bool:
    """A move's clock as its record's course has it. What meets an event's duty is for the records to say."""
    if one.round.obligation:
        if duty.voided != one.voided:
            Duty.objects.filter(id=duty.id).update(voided=one.voided)
            return True
        return False
    state = one.stands(duty.due)
    following = terms.next_step(one.timed.steps, duty.step, one.round.began) if state == State.OPEN else None
    stands = (duty.organisation, duty.state, duty.done, duty.voided)
    wanted = (one.organisation, int(state), one.done, one.voided)
    if stands == wanted:
        return False
    duty.met, (duty.organisation, duty.state, duty.done, duty.voided) = int(one.done is not None), wanted
    duty.place = one.place
    duty.next_at = following[1] if following else None
    duty.save(update_fields=["organisation", "place", "met", "state", "done", "voided", "next_at"])
    return True
