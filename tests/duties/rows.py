"""A duty and a circular at an organisation, as pages need them, without a campaign's whole expansion."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction
from django.utils import timezone

from xianfeng.calendars import deadlines, store
from xianfeng.duties import circulars, tally, terms
from xianfeng.duties.models import Circular, Duty, Round, State
from xianfeng.duties.periods import periods
from xianfeng.duties.rounds import of_obligation
from xianfeng.ledger import versions
from xianfeng.log import counters
from xianfeng.registry.models import Place


def round_of(scheme: str, obligation: str, number: int, now: dt.datetime) -> Round:
    """One of an obligation's rounds."""
    current = versions.current(scheme)
    rule = current.obligations[obligation]
    return of_obligation(current, rule, periods(rule, current)[number], now)


@transaction.atomic
def duty(organisation: int, row: Round, *, due: dt.date) -> Duty:
    """An open one; another of the same organisation and round is about another."""
    deadline = deadlines.by(due, store.calendar())
    timed = terms.Timed(deadline, ())
    (number,) = counters.take("duties", 1)
    made = Duty.objects.create(
        id=number,
        round=row.id,
        organisation=organisation,
        place=Place.objects.get(organisation=organisation, ended_seq=None).id,
        appointment=0,
        about=0,
        started=0,
        begun_by=0,
        term=terms.kept([timed])[timed.key],
        due=deadline.due,
        least=1,
        met=0,
        state=State.OPEN,
        step=0,
    )
    tally.add(Counter([tally.of(made)]))
    return made


@transaction.atomic
def circular(superior: int, one: Duty, now: dt.datetime) -> Circular:
    row = Round.objects.get(id=one.round)
    circulars.draft({(superior, row.id): circulars.Late([one])}, {row.id: row}, now=now)
    return Circular.objects.get(organisation=superior, round=row.id, day=timezone.localdate(now))
