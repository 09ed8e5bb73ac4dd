"""Which records meet which duties: counted anew from the records as they stand, whoever came first.

A record meets a duty when it stands in the register that is asked for, whichever campaign it was filed for, counts for
its organisation, lies in the period (or, late, before the next begins), and satisfies the rule's condition. A duty of
an appointment is met by records that name its person, where the register names anybody.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction

from xianfeng.duties import courses, moments, tally, terms
from xianfeng.duties.models import Duty, Round, State, Term
from xianfeng.ledger import forms, versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.log import bulk
from xianfeng.registry.models import Appointment
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.types import FieldType, Level

_ORGANISATIONS = 500  # at a time
_CHANGED = "UPDATE duties_duty SET met = %s, state = %s, done = %s, next_at = %s WHERE id = %s"


class Met(NamedTuple):
    """What of a duty the records decide."""

    met: int
    state: int
    done: dt.datetime | None


def recount(numbers: Sequence[Round], organisations: Iterable[int]) -> int:
    """The duties of these rounds at these organisations, against the records; how many of them changed."""
    changed = 0
    counting = _Counting(numbers)
    for some in bulk.batched(sorted(set(organisations)), _ORGANISATIONS):
        changed += counting.recount(some)
    return changed


def recount_filed(round_: Round) -> int:
    """A round that was just made: only where there are records can anything have been met."""
    rows = _records([round_]).values_list("organisation", flat=True).distinct()
    return recount([round_], list(rows))


def records_of(duty: Duty) -> tuple[int, ...]:
    """The records that met a duty, the first first."""
    round_ = Round.objects.get(id=duty.round)
    counting = _Counting([round_])
    return tuple(record.id for record in counting.met_by(duty))


def decided(duty: Duty, reported: Sequence[dt.datetime]) -> Met:
    """`reported`: when the records that count were reported, in order."""
    if duty.least and len(reported) >= duty.least:
        done = reported[duty.least - 1]
        if duty.most is not None and len(reported) > duty.most:
            return Met(len(reported), State.OVER, done)
        return Met(len(reported), State.LATE if done > duty.due else State.MET, done)
    return Met(len(reported), State.VOID if duty.voided else State.OPEN, None)


@dataclass
class _Counting:
    """Some rounds, and what is learnt on the way of their rules."""

    rounds: Sequence[Round]
    _rules: dict[int, Obligation] = field(default_factory=dict)
    _steps: dict[int, Any] = field(default_factory=dict)
    _persons: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rounds = [one for one in self.rounds if one.obligation]
        for one in self.rounds:
            self._rules[one.id] = versions.scheme(one.version).obligations[one.obligation]

    @property
    def by_number(self) -> Mapping[int, Round]:
        return {one.id: one for one in self.rounds}

    def recount(self, organisations: Sequence[int]) -> int:
        duties = list(Duty.objects.filter(round__in=list(self.by_number), organisation__in=organisations))
        if not duties:
            return 0
        found = self._found(duties, organisations)
        since = _reported(record for some in found.values() for record in some)
        self._learn(duties)
        moved: tally.Changes = Counter()
        rows = []
        for duty in duties:
            row = self._row(duty, found[duty.id], since)
            if row is not None:
                rows.append(row)
                moved[tally.of(duty)] -= 1
                moved[tally.sort(duty.round, row[1], duty.due), duty.place] += 1
        if rows:
            with transaction.atomic(), connection.cursor() as cursor:
                tally.add(moved)
                cursor.executemany(_CHANGED, rows)
        return len(rows)

    def met_by(self, duty: Duty) -> list[Record]:
        found = self._found([duty], [duty.organisation])[duty.id]
        since = _reported(found)
        return sorted(found, key=lambda record: (since[record.id], record.id))

    def _row(self, duty: Duty, found: Sequence[Record], since: Mapping[int, dt.datetime]) -> tuple[Any, ...] | None:
        met = decided(duty, sorted(since[record.id] for record in found))
        if (duty.met, duty.state, duty.done) == met:
            return None
        following = self._next(duty) if met.state == State.OPEN else None
        return met.met, met.state, moments.kept(met.done), moments.kept(following), duty.id

    def _next(self, duty: Duty) -> dt.datetime | None:
        following = terms.next_step(self._steps[duty.term], duty.step, self.by_number[duty.round].began)
        return following[1] if following else None

    def _learn(self, duties: Sequence[Duty]) -> None:
        unknown = {duty.term for duty in duties} - self._steps.keys()
        for number, told in Term.objects.filter(id__in=unknown).values_list("id", "steps"):
            self._steps[number] = terms.steps(told)

    def _found(self, duties: Sequence[Duty], organisations: Sequence[int]) -> dict[int, list[Record]]:
        """By duty, the records that count for it."""
        records: dict[tuple[str, int], list[Record]] = defaultdict(list)
        for record in _records(self.rounds).filter(organisation__in=organisations).order_by("id"):
            records[record.register, record.organisation].append(record)
        self._know(duties)
        suited = {one.id: self._suited(one, records) for one in self.rounds}
        return {
            duty.id: [
                record
                for record in records[self.by_number[duty.round].register, duty.organisation]
                if record.id in suited[duty.round] and self._names(duty, record)
            ]
            for duty in duties
        }

    def _suited(self, round_: Round, records: Mapping[tuple[str, int], list[Record]]) -> frozenset[int]:
        """The records of a round's register that lie in it and satisfy its rule."""
        rule = self._rules[round_.id]
        within = [
            record
            for (register, _), some in records.items()
            if register == round_.register
            for record in some
            if round_.since <= record.day <= round_.reach
        ]
        kind = forms.form(round_.version, rule.kind).kind
        fit = satisfying(rule.matching, versions.scheme(round_.version), kind, within)
        return frozenset(record.id for record in fit)

    def _names(self, duty: Duty, record: Record) -> bool:
        """Whether a record is this duty's among those of its organisation."""
        rule = self._rules[duty.round]
        if duty.started:
            return self._follows(duty, record)
        if duty.about and record.subject != duty.about:
            return False
        named = _person(versions.scheme(record.scheme_id).kinds[record.kind]) if duty.appointment else ""
        if not named or rule.about:
            return True
        persons = {self._persons.get(duty.appointment), self._persons.get(duty.answers or 0)}
        return bool(json.loads(record.values).get(named) in persons)

    def _follows(self, duty: Duty, record: Record) -> bool:
        """Of an event: the record that points to it, or one that came no earlier and points to nothing."""
        rule = self._rules[duty.round]
        kind = versions.scheme(record.scheme_id).kinds[record.kind]
        links = [name for name, one in kind.fields.items() if rule.after and one.of == rule.after[0]]
        if links:
            return bool(json.loads(record.values).get(links[0]) == duty.begun_by)
        return record.id > duty.started

    def _know(self, duties: Sequence[Duty]) -> None:
        wanted = {number for duty in duties for number in (duty.appointment, duty.answers) if number}
        unknown = wanted - self._persons.keys()
        for some in bulk.batched(sorted(unknown)):
            self._persons.update(Appointment.objects.filter(id__in=some).values_list("id", "person_id"))


def _records(numbers: Sequence[Round]) -> Any:
    """The records that could meet any of these rounds."""
    return Record.objects.filter(
        register__in={one.register for one in numbers},
        level__gte=Level.FILED.rank,
        day__gte=min((one.since for one in numbers), default=dt.date.max),
        day__lte=max((one.reach for one in numbers), default=dt.date.min),
    )


def _reported(records: Iterable[Record]) -> dict[int, dt.datetime]:
    found = courses.courses(record.id for record in records)
    return {record: at for record, course in found.items() if (at := course.reported) is not None}


def _person(kind: Kind) -> str:
    """The field that says whose record it is, where a register names somebody."""
    people = [one for one in kind.fields.values() if one.type is FieldType.PERSON and not one.retired]
    required = [one.name for one in people if one.required]
    return next(iter(required), people[0].name if len(people) == 1 else "")
