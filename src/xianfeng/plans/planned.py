"""Records that stand under a plan, and how each stands at a moment: computed from the books whenever it is asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from xianfeng.calendars.days import ZONE, WorkingCalendar
from xianfeng.calendars.store import Calendars
from xianfeng.ledger import calling, mentions
from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.plans.evidence import Days, Evidence
from xianfeng.plans.moving import Moved, moved
from xianfeng.plans.schedule import schedule
from xianfeng.plans.standing import Standing, standing
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.planning import Plan
from xianfeng.scheme.types import Level


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A record with its plan, and the day on which each of its steps was done."""

    record: Record
    name: str  # what the record is called
    scheme: Scheme
    plan: Plan
    target: dt.date
    done: Days
    calendar: WorkingCalendar
    standing: Standing

    @property
    def kind(self) -> Kind:
        return self.scheme.kinds[self.plan.kind]

    def moved(self, target: dt.date) -> Moved:
        """What another date would make of it; nothing is written."""
        return moved(self.standing, target, self.done, self.calendar, now=self.standing.at)


@dataclass(frozen=True)
class Attached:
    """What hangs on a planned record: the records of one kind that name it, the newest first."""

    kind: Kind
    records: tuple[Record, ...]


def records(scheme: Scheme, plan: Plan) -> QuerySet[Record]:
    """Those of the plan's register, planned or not: a page narrows them to what its reader may see."""
    return Record.objects.filter(register=scheme.key(plan.kind), level__gte=Level.FILED.rank).order_by("id")


def planned(scheme: Scheme, plan: Plan, rows: Sequence[Record], *, now: dt.datetime) -> tuple[Planned, ...]:
    """Those of the records that have the date and are meant by the plan, as they stand at a moment."""
    today = now.astimezone(ZONE).date()
    dated = [row for row in rows if plan.until in json.loads(row.values)]
    meant = list(satisfying(plan.where, scheme, scheme.kinds[plan.kind], dated, today=today))
    done = Evidence(scheme, plan, today).of(meant)
    reading = _Reading(scheme, plan, now)
    names = calling.called(scheme.kinds[plan.kind], meant)
    return tuple(reading.planned(row, name, done[row.id]) for row, name in zip(meant, names, strict=True))


def of_record(scheme: Scheme, row: Record, *, now: dt.datetime) -> tuple[Planned, ...]:
    """The plans under which one record stands."""
    own = [plan for plan in scheme.plans.values() if scheme.key(plan.kind) == row.register and row.level]
    return tuple(one for plan in own for one in planned(scheme, plan, [row], now=now))


def attached(one: Planned, seen: QuerySet[Record]) -> Iterator[Attached]:
    """By kind, the records that name this one and that the reader may see; the campaign's own kinds come first."""
    rows = seen.filter(id__in=mentions.naming(one.record.id), level__gte=Level.FILED.rank).order_by("-day", "-id")
    found = [(row, json.loads(row.values)) for row in rows]
    for kind in sorted(one.scheme.kinds.values(), key=lambda kind: kind.shared):
        register, link = one.scheme.key(kind.name), kind.pointing(one.plan.kind)
        named = tuple(row for row, values in found if row.register == register and values.get(link) == one.record.id)
        if named:
            yield Attached(kind, named)


@dataclass(frozen=True)
class _Reading:
    """One plan at one moment, over its records."""

    scheme: Scheme
    plan: Plan
    now: dt.datetime
    calendars: Calendars = field(default_factory=Calendars)

    def planned(self, row: Record, name: str, done: Days) -> Planned:
        target = dt.date.fromisoformat(json.loads(row.values)[self.plan.until])
        calendar = self.calendars.of(row.organisation)
        ended = _ended(self.scheme.kinds[self.plan.kind], row, self.now.astimezone(ZONE).date())
        stands = standing(schedule(self.plan, target, calendar), done, calendar, now=self.now, ended=ended)
        return Planned(
            record=row,
            name=name,
            scheme=self.scheme,
            plan=self.plan,
            target=target,
            done=done,
            calendar=calendar,
            standing=stands,
        )


def _ended(kind: Kind, row: Record, today: dt.date) -> dt.date | None:
    state = kind.flow.states.get(row.state)
    entered = json.loads(row.entered).get(row.state)
    if state is None or state.open or not entered:
        return None
    day = dt.date.fromisoformat(entered)
    return day if day <= today else None
