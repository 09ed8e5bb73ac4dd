"""Rounds: which of a campaign's rules and moves have one, and what stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from xianfeng.calendars import deadlines, store
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.duties import terms
from xianfeng.duties.models import Round
from xianfeng.duties.periods import LAST, Period, demanded, periods
from xianfeng.duties.terms import Timed
from xianfeng.ledger import powers
from xianfeng.log import counters
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation

_ROUNDS = "duty rounds"


@dataclass(frozen=True)
class Planned:
    """An obligation in one period, with its deadline."""

    rule: Obligation
    period: Period
    timed: Timed


def calendar_of(scheme: Scheme) -> WorkingCalendar:
    """By which a campaign's deadlines are counted."""
    return store.calendar(powers.root_of(scheme))


def planned(scheme: Scheme, calendar: WorkingCalendar, until: dt.date) -> Iterator[Planned]:
    """The periods that have begun by a day, and the one after them."""
    for rule in scheme.obligations.values():
        if rule.after or not demanded(rule):
            continue
        for period in periods(rule, scheme):
            deadline = terms.of_period(rule, period, calendar)
            yield Planned(rule, period, terms.timed(deadline, scheme.ladder(rule.ladder), calendar))
            if period.since > until:
                break


def as_told(row: Round, one: Planned, scheme: Scheme, calendar: WorkingCalendar) -> Planned:
    """With the deadline that was told already, when only the calendar has changed since: what was told stays."""
    if not row.term:
        return one
    told = terms.told([row.term])[row.term]
    if row.version == scheme.hash:
        return replace(one, timed=told)
    if deadlines.recomputed(told.deadline, calendar).due != one.timed.deadline.due:
        return one
    return replace(one, timed=terms.timed(told.deadline, scheme.ladder(one.rule.ladder), calendar))


def of_round(row: Round, scheme: Scheme) -> Planned:
    """An obligation's round as it was planned, with the deadline that it has."""
    rule = scheme.obligations[row.obligation]
    (period,) = [one for one in periods(rule, scheme) if one.since == row.since]
    return Planned(rule, period, terms.told([row.term])[row.term])


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
    if not found.seq:  # else its making says when another version holds
        found.version = named.scheme.hash
    wanted = (found.version, named.scheme.key(named.kind), period.title, period.until, period.reach)
    if (found.version, found.register, found.title, found.until, found.reach) != wanted or found.term == 0:
        found.register, found.title, found.until, found.reach = wanted[1:]
        found.save()
    return found
