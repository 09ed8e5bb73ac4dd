"""Rounds: which of a campaign's rules and moves have one, and what stands in it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from xianfeng import canonical
from xianfeng.calendars import deadlines
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.duties import terms
from xianfeng.duties.areas import ROOT
from xianfeng.duties.models import Round
from xianfeng.duties.periods import LAST, Period, demanded, periods
from xianfeng.duties.terms import Timed
from xianfeng.log import counters
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation

Calendars = Mapping[int, WorkingCalendar]  # by area
_ROUNDS = "duty rounds"


@dataclass(frozen=True)
class Planned:
    """An obligation in one period, with its deadlines by area."""

    rule: Obligation
    period: Period
    timed: Mapping[int, Timed]


def begun(scheme: Scheme, until: dt.date) -> Iterator[tuple[Obligation, Period]]:
    """The periods that have begun by a day, and the one after them."""
    for rule in scheme.obligations.values():
        if rule.after or not demanded(rule):
            continue
        for period in periods(rule, scheme):
            yield rule, period
            if period.since > until:
                break


def planned(scheme: Scheme, rule: Obligation, period: Period, calendars: Calendars) -> Planned:
    ladder = scheme.ladder(rule.ladder)
    timed = {
        area: terms.timed(terms.of_period(rule, period, calendar), ladder, calendar)
        for area, calendar in calendars.items()
    }
    return Planned(rule, period, timed)


def made(scheme: Scheme) -> dict[tuple[str, str, dt.date], Round]:
    """What has a round already, by obligation, kind and first day."""
    rows = Round.objects.filter(scheme=scheme.name).exclude(obligation="")
    return {(row.obligation, row.kind, row.since): row for row in rows}


def as_told(row: Round, one: Planned, scheme: Scheme, calendars: Calendars) -> Planned:
    """With the deadlines that were told already, when only calendars have changed since: what was told stays."""
    before = told(row)
    if not row.term or row.version == scheme.hash:
        return replace(one, timed=before) if row.term else one
    ladder = scheme.ladder(one.rule.ladder)
    timed = dict(one.timed)
    for area, known in before.items():
        calendar = calendars.get(area)
        if calendar and deadlines.recomputed(known.deadline, calendar).due == timed[area].deadline.due:
            timed[area] = terms.timed(known.deadline, ladder, calendar)
    return replace(one, timed=timed)


def of_round(row: Round, scheme: Scheme) -> Planned:
    """An obligation's round as it was planned, with the deadlines that it has."""
    rule = scheme.obligations[row.obligation]
    (period,) = [one for one in periods(rule, scheme) if one.since == row.since]
    return Planned(rule, period, told(row))


def told(row: Round) -> Mapping[int, Timed]:
    """The deadlines of a round, by area."""
    numbers = terms_of(row)
    known = terms.told(numbers.values())
    return {area: known[number] for area, number in numbers.items() if number}


def terms_of(row: Round) -> dict[int, int]:
    return {ROOT: row.term, **{int(area): term for area, term in json.loads(row.terms).items()}}


def keep_terms(row: Round, numbers: Mapping[int, int]) -> None:
    """To be saved by the caller."""
    row.term = numbers[ROOT]
    row.terms = canonical.dumps({str(area): term for area, term in numbers.items() if area != ROOT})


@dataclass(frozen=True)
class _Named:
    """What tells a round from every other."""

    scheme: Scheme
    kind: str
    since: dt.date
    obligation: str = ""
    move: str = ""


def of_obligation(scheme: Scheme, rule: Obligation, period: Period, now: dt.datetime) -> Round:
    named = _Named(scheme, rule.kind, period.since, rule.name)
    return _round(named, period, now)


def of_event(scheme: Scheme, rule: Obligation, now: dt.datetime) -> Round:
    """All events of a campaign are one round: each has a term of its own."""
    return _round(_Named(scheme, rule.kind, scheme.since, rule.name), _whole(scheme), now)


def of_move(scheme: Scheme, kind: str, move: str, now: dt.datetime) -> Round:
    return _round(_Named(scheme, kind, scheme.since, move=move), _whole(scheme), now)


def _whole(scheme: Scheme) -> Period:
    return Period(scheme.since, scheme.until, LAST, "", 0, None)


@transaction.atomic
def _round(named: _Named, period: Period, now: dt.datetime) -> Round:
    known = {**vars(named), "scheme": named.scheme.name}
    found = Round.objects.filter(**known).first()
    if found is None:
        (number,) = counters.take(_ROUNDS, 1)
        found = Round(id=number, **known, began=now)
    stands = (found.version, found.register, found.title, found.until, found.reach)
    version = found.version if found.seq else named.scheme.hash  # else its making says when another version holds
    wanted = (version, named.scheme.key(named.kind), period.title, period.until, period.reach)
    if stands != wanted:
        found.version, found.register, found.title, found.until, found.reach = wanted
        found.save()
    return found
