"""Duties that begin with a record: written once, and brought up to date as its course goes on.

What was told stays as it was told. Only a deadline that the record itself has moved is told anew, with its ladder.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.duties import moments, pouring, tally, terms
from xianfeng.duties.models import Duty, Round, State, Term
from xianfeng.duties.terms import Timed
from xianfeng.log import bulk, counters
from xianfeng.scheme.obliging import Ladder, Step

_INSERTED = (
    "id", "round", "organisation", "place", "appointment", "about", "begun_by", "started", "term", "due", "least",
    "most", "met", "state", "done", "voided", "step", "next_at",
)  # fmt: skip
_Key = tuple[int, int, int, int]
_Steps = Sequence[tuple[Step, dt.datetime]]


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A duty that a record's course asks for. `done`: when it was made; of an event records decide."""

    round: Round
    organisation: int
    place: int
    appointment: int
    record: int
    started: int
    since: dt.datetime
    deadline: Deadline
    ladder: Ladder | None
    calendar: WorkingCalendar
    least: int = 1
    most: int | None = None
    done: dt.datetime | None = None
    voided: str = ""

    @property
    def key(self) -> _Key:
        """Of a move without whose turn it is: what one had not done when it passed to another is the other's, by the
        same clock."""
        return self.round.id, self.appointment if self.round.obligation else 0, self.record, self.started

    @cached_property
    def timed(self) -> Timed:
        return terms.timed(self.deadline, self.ladder, self.calendar, since=self.since)

    def stands(self) -> State:
        if self.done is not None:
            return State.LATE if self.done > self.deadline.due else State.MET
        return State.VOID if self.voided else State.OPEN

    def next_at(self, steps: _Steps, climbed: int) -> dt.datetime | None:
        """When the ladder's next step is due."""
        following = terms.next_step(steps, climbed, self.round.began) if self.stands() == State.OPEN else None
        return following[1] if following else None


@transaction.atomic
def write(wanted: Sequence[Begun]) -> int:
    """Insert those that are new, bring others up to date; how many changed."""
    known = _known(wanted)
    new = [one for one in wanted if one.key not in known]
    old = [(known[one.key], one) for one in wanted if one.key in known]
    term_of = terms.kept(one.timed for one in [*new, *(one for duty, one in old if _is_moved(duty, one))])
    if new:
        numbers = counters.take(pouring.COUNTER, len(new))
        bulk.insert(
            Duty, _INSERTED, (_row(n, one, term_of[one.timed.key]) for n, one in zip(numbers, new, strict=True))
        )
    moved, changed = Counter(_counted(one) for one in new), 0
    steps = _steps_told([duty for duty, _ in old])
    for duty, one in old:
        moved[tally.of(duty)] -= 1
        changed += _event(duty, one) if one.round.obligation else _move(duty, one, term_of, steps)
        moved[tally.of(duty)] += 1
    tally.add(moved)
    return len(new) + changed


def _known(wanted: Sequence[Begun]) -> dict[_Key, Duty]:
    moves = {one.round.id for one in wanted if not one.round.obligation}
    found: dict[_Key, Duty] = {}
    for some in bulk.batched({one.record for one in wanted}):
        for duty in Duty.objects.filter(begun_by__in=some, started__gt=0):
            appointment = 0 if duty.round in moves else duty.appointment
            found[duty.round, appointment, duty.begun_by, duty.started] = duty
    return found


def _steps_told(duties: Sequence[Duty]) -> Mapping[int, _Steps]:
    wanted = {duty.term for duty in duties}
    return {
        number: terms.steps(told)
        for some in bulk.batched(wanted)
        for number, told in Term.objects.filter(id__in=some).values_list("id", "steps")
    }


def _is_moved(duty: Duty, one: Begun) -> bool:
    """Whether its record says another time than it was told. An event's time is told once."""
    return not one.round.obligation and duty.due != one.deadline.due


def _counted(one: Begun) -> tuple[tally.Sort, int]:
    return tally.sort(one.round.id, one.stands(), one.deadline.due), one.place


def _row(number: int, one: Begun, term: int) -> bulk.Row:
    due, done = moments.kept(one.deadline.due), moments.kept(one.done)
    whose = (number, one.round.id, one.organisation, one.place, one.appointment, 0, one.record, one.started)
    met, next_at = int(one.done is not None), moments.kept(one.next_at(one.timed.steps, 0))
    return (*whose, term, due, one.least, one.most, met, one.stands(), done, one.voided, 0, next_at)


def _event(duty: Duty, one: Begun) -> bool:
    """What meets an event's duty is for the records to say."""
    if duty.voided == one.voided:
        return False
    Duty.objects.filter(id=duty.id).update(voided=one.voided)
    return True


def _move(duty: Duty, one: Begun, term_of: Mapping[str, int], steps: Mapping[int, _Steps]) -> bool:
    """A move's clock as its record's course has it."""
    stands = (duty.organisation, duty.appointment, duty.due, duty.state, duty.done, duty.voided)
    wanted = (one.organisation, one.appointment, one.deadline.due, int(one.stands()), one.done, one.voided)
    if stands == wanted:
        return False
    if _is_moved(duty, one):
        duty.term, duty.step = term_of[one.timed.key], 0
        following = one.next_at(one.timed.steps, 0)
    else:
        following = one.next_at(steps[duty.term], duty.step)
    duty.organisation, duty.appointment, duty.due, duty.state, duty.done, duty.voided = wanted
    duty.place, duty.met, duty.next_at = one.place, int(one.done is not None), following
    duty.save()
    return True
