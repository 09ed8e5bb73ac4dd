"""By when: a deadline with its computation, and the steps of the ladder around it, kept once for all who share them.

Deadlines are counted by the calendar of where whoever is bound stands: one demand falls due at one moment for everybody
who keeps the same days. What a flow's move takes is counted by the calendar of where the record stands.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from xianfeng import canonical
from xianfeng.calendars import arithmetic, deadlines
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.duties.models import Term
from xianfeng.duties.periods import Period
from xianfeng.log import counters
from xianfeng.log.bulk import batched
from xianfeng.scheme.obliging import Ladder, Obligation, Rung, Step

_TERMS = "duty terms"
_DAYS = frozenset({"days", "workdays", "months"})
STEPS: tuple[Step, ...] = ("remind", "urge", "superior", "circular")


@dataclass(frozen=True)
class Timed:
    """A deadline and when each step of the ladder is due, as it is kept."""

    deadline: Deadline
    steps: tuple[tuple[Step, dt.datetime], ...]

    @cached_property
    def key(self) -> str:
        return hashlib.sha256(f"{self.deadline.to_json()}{self.told}".encode()).hexdigest()

    @property
    def told(self) -> str:
        return canonical.dumps([[step, canonical.instant(at)] for step, at in self.steps])


def of_period(rule: Obligation, period: Period, calendar: WorkingCalendar) -> Deadline:
    """By the close of the period's last day, or a span after that.

    A period that ends on a day off has ended; nothing is received then, so no working day is lost by it.
    """
    if rule.due is None:
        return deadlines.by(period.until, calendar)
    last = arithmetic.on_or_before(period.until, calendar) if rule.due.unit == "workdays" else period.until
    return deadlines.after(rule.due, calendar.close(last), calendar)


def of_event(rule: Obligation, at: dt.datetime, calendar: WorkingCalendar) -> Deadline:
    """A span after the event, or the close of its day."""
    return deadlines.after(rule.due, at, calendar) if rule.due else deadlines.by(calendar.local(at).date(), calendar)


def timed(
    deadline: Deadline, ladder: Ladder | None, calendar: WorkingCalendar, *, since: dt.datetime | None = None
) -> Timed:
    """`since`: when what is due began; nobody is reminded of what is not there yet."""
    rungs = ladder.rungs if ladder else {}
    steps = ((step, _at(rung, deadline.due, calendar)) for step, rung in rungs.items())
    return Timed(deadline, tuple((step, at) for step, at in steps if since is None or at > since))


def _at(rung: Rung, due: dt.datetime, calendar: WorkingCalendar) -> dt.datetime:
    """A step that lies days from the deadline is taken when offices open on its day."""
    at = (deadlines.after if rung.after else deadlines.before)(rung.span, due, calendar).due
    if rung.span.unit not in _DAYS:
        return at
    day = calendar.local(at).date()
    return calendar.moment(day, calendar.hours(day).opens)


@transaction.atomic
def kept(wanted: Iterable[Timed]) -> dict[str, int]:
    """Their numbers by their keys; those that are new are written down."""
    by_key = {one.key: one for one in wanted}
    known: dict[str, int] = {}
    for some in batched(by_key):
        known.update(Term.objects.filter(key__in=some).values_list("key", "id"))
    new = [key for key in by_key if key not in known]
    if new:
        numbers = counters.take(_TERMS, len(new))
        Term.objects.bulk_create(_row(number, by_key[key]) for number, key in zip(numbers, new, strict=True))
        known.update(zip(new, numbers, strict=True))
    return known


def _row(number: int, one: Timed) -> Term:
    deadline = one.deadline
    return Term(id=number, key=one.key, due=deadline.due, deadline=deadline.to_json(), steps=one.told)


def steps(told: str) -> tuple[tuple[Step, dt.datetime], ...]:
    """The steps as they were kept."""
    return tuple((step, dt.datetime.fromisoformat(at)) for step, at in json.loads(told))


def next_step(
    known: Iterable[tuple[Step, dt.datetime]], climbed: int, began: dt.datetime
) -> tuple[int, dt.datetime] | None:
    """The first step above those that were taken."""
    return next(iter(ahead(known, climbed, began)), None)


def ahead(
    known: Iterable[tuple[Step, dt.datetime]], climbed: int, began: dt.datetime
) -> tuple[tuple[int, dt.datetime], ...]:
    """The steps above those that were taken; nobody is reminded for a day that was over when it was made."""
    above = ((STEPS.index(step) + 1, step, at) for step, at in known)
    return tuple((n, at) for n, step, at in above if n > climbed and (at > began or step != "remind"))


def told(terms: Iterable[int]) -> Mapping[int, Timed]:
    """Terms as they are kept, by number."""
    rows = Term.objects.filter(id__in=set(terms)).values_list("id", "deadline", "steps")
    return {number: Timed(Deadline.from_json(deadline), steps(after)) for number, deadline, after in rows}
