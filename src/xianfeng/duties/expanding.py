"""Obligations become duties, one period ahead: whoever owes something has it before it is due.

A round is expanded again whenever registry, calendar or scheme have changed while its period lasts: what is there
stays, what is missing is added, what nobody owes any more is void. Rows go in some ten thousand a transaction under
their natural key, and the entry that says so comes last: an expansion that was cut short is simply made again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.duties import areas, binding, meeting, moments, pouring, progress, reasons, rounds, tally, terms
from xianfeng.duties.models import Duty, Round, State, Term
from xianfeng.duties.pouring import Shared
from xianfeng.duties.rounds import Planned
from xianfeng.duties.terms import Timed
from xianfeng.duties.wanted import ADDED, Changed, Difference, Told, differences
from xianfeng.ledger import powers, versions
from xianfeng.log import bulk
from xianfeng.log.actors import clock
from xianfeng.log.append import Draft, append, head
from xianfeng.population import Population
from xianfeng.scheme.nodes import Scheme

STREAM = "duties"
_SOME = 20_000  # rows a transaction: as long as others who write may have to wait
_UPDATED = (
    "UPDATE duties_duty SET place = %s, least = %s, voided = %s, answers = %s, holder = %s, most = %s, term = %s, "
    "due = %s, next_at = CASE WHEN state = 0 AND step = 0 THEN %s ELSE next_at END WHERE id = %s"
)


@dataclass(frozen=True)
class Expanded:
    """What an expansion did to one round, or would do. `standing`: who owes it after that."""

    obligation: str
    title: str
    since: dt.date
    until: dt.date
    added: int
    changed: int
    voided: int
    standing: int


def expand_all(*, now: dt.datetime) -> tuple[Expanded, ...]:
    """Every campaign's. One that cannot be expanded keeps no other waiting; what was wrong with it is raised last."""
    found: list[Expanded] = []
    faults: list[Exception] = []
    for scheme in versions.all_current():
        try:
            found += expand(scheme, now=now)
        except Exception as fault:  # noqa: BLE001 -- raised below
            fault.add_note(scheme.name)
            faults.append(fault)
    if faults:
        raise faults[0]
    return tuple(found)


def expand(scheme: Scheme, *, now: dt.datetime) -> tuple[Expanded, ...]:
    """A campaign's obligations, in all periods up to the one after the day's; only what has changed is told."""
    day, registry, made = timezone.localdate(now), progress.registry(), rounds.made(scheme)
    calendars: rounds.Calendars = {}
    making: _Making | None = None
    found: list[Expanded] = []
    wanted: set[int] = set()
    for rule, period in rounds.begun(scheme, day):
        known = made.get((rule.name, rule.kind, period.since))
        if known is not None and _is_settled(known, scheme, registry):
            wanted.add(known.id)
            continue
        calendars = calendars or areas.calendars(scheme)
        row = rounds.of_obligation(scheme, rule, period, now)
        wanted.add(row.id)
        one = rounds.as_told(row, rounds.planned(scheme, rule, period, calendars), scheme, calendars)
        kept = terms.kept(one.timed.values())
        making = making or _Making(Population(head()), powers.root_of(scheme), scheme, now)
        found.append(making.make(row, one, {area: kept[timed.key] for area, timed in one.timed.items()}))
    found += [_drop(row, now) for row in _unwanted(scheme.name, wanted, day)]
    return tuple(one for one in found if one.added or one.changed or one.voided)


def preview(new: Scheme, *, now: dt.datetime) -> tuple[Expanded, ...]:
    """What another version of a campaign would change among its duties, before it is adopted; nothing is written."""
    day, making = timezone.localdate(now), _Making(Population(head()), powers.root_of(new), new, now)
    found: list[Expanded] = []
    wanted: set[int] = set()
    calendars = areas.calendars(new)
    for rule, period in rounds.begun(new, day):
        one = rounds.planned(new, rule, period, calendars)
        row = Round.objects.filter(scheme=new.name, obligation=rule.name, since=period.since).first()
        if row is not None:
            wanted.add(row.id)
        if row is None or row.day is None or row.day <= row.until:
            keys = [timed.key for timed in one.timed.values()]
            kept = dict(Term.objects.filter(key__in=keys).values_list("key", "id"))
            numbers = {area: kept.get(timed.key, 0) for area, timed in one.timed.items()}
            found.append(_told(one, making.difference(row, one, numbers)))
    found += [_dropped(row, _owed(row)) for row in _unwanted(new.name, wanted, day)]
    return tuple(one for one in found if one.added or one.changed or one.voided)


def _is_settled(row: Round, scheme: Scheme, registry: int) -> bool:
    """Whether it is over, or made already of the same scheme and registry: then what was told stays."""
    if row.day is None or not row.seq:
        return False
    return row.day > row.until or (row.version == scheme.hash and registry <= row.as_of)


def compared(row: Round) -> int:
    """How many duties of a round are not as scheme and registry make them, for the state of its last making."""
    if not row.many or row.day is None:
        return 0
    scheme = versions.scheme(row.version)
    one = rounds.of_round(row, scheme)
    now = timezone.make_aware(dt.datetime.combine(row.day, dt.time.min))
    making = _Making(Population(row.as_of), powers.root_of(scheme), scheme, now)
    found = making.difference(row, one, rounds.terms_of(row))
    return found.added + found.changed + found.gone


@dataclass(frozen=True)
class _Making:
    """A campaign's rounds are made from one state of the registry, for one moment."""

    population: Population
    root: int
    scheme: Scheme
    now: dt.datetime

    def difference(self, row: Round | None, one: Planned, numbers: Mapping[int, int]) -> Difference:
        """`numbers`: its terms, by area."""
        day, period = timezone.localdate(self.now), one.period
        last = max(period.since, min(day, period.until))
        source = binding.bind(self.population, one.rule, self.root, period.since, last)
        areas.prepare(source, numbers)
        told = [self._told(area, numbers[area], timed, row) for area, timed in one.timed.items()]
        return differences(source, row, one.rule, period, told)

    def make(self, row: Round, one: Planned, numbers: Mapping[int, int]) -> Expanded:
        found = self.difference(row, one, numbers)
        touched = {*_change(found, one.period.most), *_void(found.vanished(), reasons.LEFT)}
        if found.added:
            pouring.pour(ADDED, self.population.connection, Shared(row.id, one.period.most))
        told = _told(one, found)
        with transaction.atomic():
            rounds.keep_terms(row, numbers)
            row.version, row.as_of = self.scheme.hash, self.population.as_of
            row.day = timezone.localdate(self.now)
            row.many, row.digest = found.standing, found.digest
            if told.added or told.changed or told.voided or not row.seq:
                row.seq = _enter(row, told, self.now)
            row.save()
        meeting.recount([row], touched)
        if found.added:
            meeting.recount_filed(row)
        return told

    def _told(self, area: int, term: int, timed: Timed, row: Round | None) -> Told:
        began = row.began if row else self.now
        over = timezone.localdate(began) > self.scheme.until  # then nobody will be told, and no ladder begins
        following = None if over else terms.next_step(timed.steps, 0, began)
        next_at = str(moments.kept(following[1])) if following else None
        return Told(area, term, str(moments.kept(timed.deadline.due)), next_at)


def _change(found: Difference, most: int | None) -> Iterator[int]:
    """Bring duties that are there to what they should be; whose they are."""
    for some in bulk.batched(found.others(), _SOME) if found.changed else ():
        rows = [
            (row.place, row.least, row.voided, row.answers, row.holder, most, row.term, row.due, row.next_at, number)
            for number, row in some
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            tally.add(_moved(some))
            cursor.executemany(_UPDATED, rows)
        yield from (row.organisation for _, row in some)


def _moved(some: Sequence[Changed]) -> tally.Changes:
    """How counts change when duties come to stand elsewhere, or fall due at another moment."""
    moved: tally.Changes = Counter()
    after = dict(some)
    for numbers in bulk.batched(after):
        for duty in Duty.objects.filter(id__in=numbers):
            sort, place = tally.of(duty)
            moved[sort, place] -= 1
            due = after[duty.id].due if duty.state == State.OPEN else sort.due
            moved[sort._replace(due=due), after[duty.id].place] += 1
    return moved


def _void(gone: Iterable[tuple[int, int]], reason: str) -> Iterator[int]:
    for some in bulk.batched(gone, _SOME):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany("UPDATE duties_duty SET voided = %s WHERE id = %s", [(reason, one) for one, _ in some])
        yield from (organisation for _, organisation in some)


def _unwanted(scheme: str, wanted: set[int], day: dt.date) -> list[Round]:
    """Rounds that last or are to come, for which the campaign has no rule any more."""
    standing = Round.objects.filter(scheme=scheme, until__gte=day, seq__gt=0).exclude(obligation="")
    return [row for row in standing if row.id not in wanted and _owed(row)]


def _owed(row: Round) -> int:
    return Duty.objects.filter(round=row.id, voided="").count()


def _drop(row: Round, now: dt.datetime) -> Expanded:
    rows = Duty.objects.filter(round=row.id, voided="").values_list("id", "organisation")
    touched = set(_void(list(rows), reasons.DROPPED))
    told = _dropped(row, len(touched))
    with transaction.atomic():
        row.many, row.seq = 0, _enter(row, told, now)
        row.save()
    meeting.recount([row], touched)
    return told


def _dropped(row: Round, many: int) -> Expanded:
    rule = versions.scheme(row.version).obligations[row.obligation]
    return Expanded(row.obligation, rule.title, row.since, row.until, 0, 0, many, 0)


def _told(one: Planned, found: Difference) -> Expanded:
    rule, period = one.rule, one.period
    return Expanded(
        rule.name, rule.title, period.since, period.until, found.added, found.changed, found.gone, found.standing
    )


def _enter(row: Round, told: Expanded, now: dt.datetime) -> int:
    body = {
        "round": row.id,
        "obligation": row.obligation,
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "as_of": row.as_of,
        "added": told.added,
        "changed": told.changed,
        "voided": told.voided,
        "standing": told.standing,
        "digest": row.digest,
    }
    draft = Draft(STREAM, "expand", timezone.localdate(now), row.id, row.version, None, body)
    return append([draft], by=clock(now))[0]
