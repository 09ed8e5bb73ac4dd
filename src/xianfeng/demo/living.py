"""A campaign that goes on: done day by day up to the day of preparing, with the clock, so that what is late is late.

Its scheme and plan are written as of one day and moved to the day of preparing, whole. Every morning what returns is
done for that moment, as on any other day; then offices and citizens do what the plan says, at moments of their own.
All of it is one transaction: a preparation that is cut short leaves nothing of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from xianfeng.calendars import actions as calendars
from xianfeng.calendars.days import ZONE
from xianfeng.demo import filing, groundwork, inspecting, plan, spread, visitors
from xianfeng.demo.filing import Drawn
from xianfeng.demo.ground import Ground, Site
from xianfeng.demo.plan import Deciding, Filing, Inspected, Plan, Planned, Quiet
from xianfeng.demo.values import Going, Use, column, settled
from xianfeng.duties import circulars, progress, tick
from xianfeng.duties.models import Circular
from xianfeng.ledger import actions, powers, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.matters.intake import CITIZEN, Wish
from xianfeng.registry.actors import acting
from xianfeng.registry.models import Appointment
from xianfeng.scheme import loader
from xianfeng.scheme.nodes import Scheme

_MORNING, _WORK = dt.time(8, 30), dt.time(10)
_STEP = dt.timedelta(minutes=5)  # between two steps of one record on one day
_BY_THEMSELVES = ("web", "qr")  # how matters come in without a clerk


@dataclass(frozen=True)
class Ref:
    """A record that is filed later on, in the place of its number."""

    reference: str


class Happening(NamedTuple):
    """What happens at a moment; `turn` keeps those of one moment in the order of the plan."""

    at: dt.datetime
    turn: int
    do: Callable[[dt.datetime], object]


def settle(path: Path, written: Plan, *, today: dt.date) -> Plan:
    """A plan as it is for this preparation: one that goes on is moved to the day, or to where it lies already."""
    if written.today is None or written.begins is None:
        return written
    adopted = versions.hashes().get(written.scheme)
    days = versions.scheme(adopted[0]).since - written.begins if adopted else today - written.today
    return plan.read(path, days=days.days)


def package(planned: Plan, folder: Path) -> Mapping[str, str]:
    """The texts of its scheme, moved as the plan was; what the library says of itself stays."""
    texts = loader.package(folder)
    own = {name: plan.moved(text, planned.moved) for name, text in texts.items() if not name.startswith("library:")}
    return {**texts, **own}


def first_morning(planned: Plan) -> dt.datetime | None:
    """The first morning of a campaign that goes on and has no work yet; None of any other."""
    if planned.begins is None or Record.objects.filter(scheme__name=planned.scheme).exists():
        return None
    return _at(planned.begins, _MORNING)


def comes_too_late(planned: Plan) -> bool:
    """Whether the clock of these books has told later moments already: its days cannot be told any more."""
    first, ticked = first_morning(planned), progress.ticked()
    return first is not None and ticked is not None and ticked > first


@transaction.atomic
def live(planned: Plan, *, first: dt.datetime, now: dt.datetime) -> int:
    """From the first morning to this moment; how many records were filed."""
    by = Actor(kind=ActorKind.IMPORT, at=first)
    for post in planned.posts:
        visitors.take_post(post, day=first.date(), by=by)
    life = _Life(planned, versions.current(planned.scheme), groundwork.lay(planned, by=by))
    for happening in sorted([*_mornings(first, now), *life.happenings()], key=lambda one: one[:2]):
        if happening.at <= now:
            happening.do(happening.at)
    return len(life.numbers)


def _mornings(first: dt.datetime, now: dt.datetime) -> Iterator[Happening]:
    for day in range((now.date() - first.date()).days + 1):
        yield Happening(first + dt.timedelta(days=day), 0, lambda at: tick.tick(now=at))


@dataclass
class _Life:
    plan: Plan
    scheme: Scheme
    ground: Ground
    numbers: dict[str, int] = field(default_factory=dict)  # of records, by reference
    _desks: dict[int, Actor] = field(default_factory=dict)

    def happenings(self) -> Iterator[Happening]:
        for turn, quiet in enumerate(self.plan.quiet, 1):
            day = quiet.days[0] - dt.timedelta(days=1)
            yield Happening(_at(day, _WORK), turn, partial(self._keep_quiet, quiet))
        for turn, circular in enumerate(self.plan.circulars, 1):
            yield Happening(_at(circular.day, _WORK), turn, partial(self._decide, circular))
        for turn, plan_ in enumerate(self.plan.inspections, 1):
            yield Happening(_at(plan_.sealed, _WORK), turn, partial(self._inspect, inspecting.seal, plan_))
            yield Happening(_at(plan_.known, _WORK), turn, partial(self._inspect, inspecting.draw, plan_))
            yield Happening(_at(plan_.visited, _MORNING), turn, partial(inspecting.visit, self.scheme, plan_))
            yield Happening(_at(plan_.revealed, _WORK), turn, partial(self._inspect, inspecting.reveal, plan_))
        for turn, item in enumerate(self.plan.filings, 1):
            for one in filing.drawn(self.plan, item, self.ground, self):
                yield Happening(_at(one.day, _WORK), turn, partial(self._file, item, one))
                for number, (move, day) in enumerate(filing.dated(self.plan, item.moves, one), 1):
                    yield Happening(_at(day, _WORK) + number * _STEP, turn, partial(self._move, move, one))

    def records(self, item: str) -> list[Ref]:
        """What an item will have filed, to be numbered when it is referred to."""
        (wanted,) = (each for each in self.plan.filings if each.id == item)
        return [Ref(reference) for reference in filing.references(self.plan, wanted)]

    def subjects(self, item: str) -> set[int]:
        """Nothing that is filed later on is about anything yet."""
        return set()

    def _file(self, item: Filing, one: Drawn, at: dt.datetime) -> None:
        values = self._said(one.values)
        if self.scheme.kinds[item.kind].intake:
            by = CITIZEN if values["via"] in _BY_THEMSELVES else self._desk(one.site.id)
            record = intake.file(
                by=replace(by, at=at),
                scheme=self.scheme.name,
                organisation=one.site.id,
                wish=Wish(**values),
                code=codes.fresh(),
            )
        else:
            record = actions.file(
                by=replace(self._desk(one.site.id), at=at),
                scheme=self.scheme.name,
                kind=item.kind,
                organisation=one.site.id,
                day=one.day,
                values=values,
                reference=one.reference,
            )
        self.numbers[one.reference] = record.id

    def _move(self, move: Planned, one: Drawn, at: dt.datetime) -> None:
        record = Record.objects.get(id=self.numbers[one.reference])
        day = timezone.localdate(at)
        use = Use(item=one.reference, count=1, random=spread.source(one.reference), ground=self.ground, made=self)
        values = {name: settled(column(spec, use)[0], day) for name, spec in move.values.items()}
        by = replace(self._mover(move, one.site, record), at=at)
        actions.move(by=by, record=record.id, move=move.do, day=day, values=self._said(values), reason=move.reason)

    def _mover(self, move: Planned, site: Site, record: Record) -> Actor:
        match move.by:
            case "author":
                return self._desk(record.holder)
            case "requester":
                return counterfoils.holder(record)
            case "handler":
                (handler,) = powers.handlers(self.scheme.kinds[record.kind], json.loads(record.values))
                return self._desk(handler)
            case level:
                return self._desk(self.ground.superior(site, level))

    def _desk(self, organisation: int) -> Actor:
        """Whoever was appointed there first, or a file that the organisation brings in."""
        if organisation not in self._desks:
            held = Appointment.objects.filter(organisation=organisation, until=None).order_by("id").first()
            brought = Actor(kind=ActorKind.IMPORT, organisation=organisation)
            self._desks[organisation] = acting(held.id) if held else brought
        return self._desks[organisation]

    def _said(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._known(said) for name, said in values.items()}

    def _known(self, said: Any) -> Any:
        match said:
            case Ref(reference):
                return self.numbers[reference]
            case Going(inspection, number, visit):
                (held,) = (one for one in self.plan.inspections if one.id == inspection)
                found = inspecting.drawn(self.scheme.name, held.approval, number)
                return found.record if visit else found.organisation
            case _:
                return said

    def _inspect(self, do: Callable[[Scheme, Inspected, Actor], None], one: Inspected, at: dt.datetime) -> None:
        do(self.scheme, one, replace(self._desk(self.ground.divisions[one.at]), at=at))

    def _keep_quiet(self, quiet: Quiet, at: dt.datetime) -> None:
        organisation = self.ground.divisions[quiet.at]
        since, until = quiet.days
        by = replace(self._desk(organisation), at=at)
        calendars.declare_quiet(
            organisation=organisation, since=since, until=until, title=quiet.title, day=timezone.localdate(at), by=by
        )

    def _decide(self, one: Deciding, at: dt.datetime) -> None:
        organisation = self.ground.divisions[one.at]
        by = replace(self._desk(organisation), at=at)
        for waiting in Circular.objects.filter(organisation=organisation, decision="").values_list("id", flat=True):
            circulars.decide(circular=waiting, decision=one.decision, reason=one.reason, by=by)


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=ZONE)
