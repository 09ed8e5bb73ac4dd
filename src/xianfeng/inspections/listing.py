"""Units and inspectors of a frame, as the registry and the records have them: nobody types them.

An inspector has a conflict where he is appointed, above it and below it, as far as the rule says so. An appointment at
the organisation that has the inspection made, or above it, is none: from there everybody stands below.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Max, QuerySet

from xianfeng import figures
from xianfeng.calendars import deadlines, store
from xianfeng.figures.interface import Query
from xianfeng.inspections import beside
from xianfeng.inspections.frame import Inspector, Unit
from xianfeng.ledger import calling, versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.log.append import head
from xianfeng.population import Listed, Population
from xianfeng.problems import Problem
from xianfeng.registry import paths, places
from xianfeng.registry.models import Appointment, Person, Place
from xianfeng.scheme.inspecting import SIGNALS, Inspection
from xianfeng.scheme.measuring import VALUE
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Span
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say
from xianfeng.signals import answering


@dataclass(frozen=True)
class Found:
    """Whoever can be drawn: units with where each of them stands, by code."""

    units: tuple[Unit, ...]
    organisations: Mapping[str, int]
    paths: Mapping[str, str]


@dataclass
class Listing:
    """The registry under one organisation as known now, asked once for units and inspectors."""

    root: int
    day: dt.date
    population: Population = field(default_factory=lambda: Population(head()))

    def organisations(self, rule: Inspection, register: str, scheme: Scheme | None = None) -> Found:
        """In their strata, with the day of the last visit; `register`: where visits are recorded."""
        _refuse_unknown(register)
        listed = [
            one for one in self.population.listed(self.root, self.day, rule.where) if one.organisation != self.root
        ]
        values = self._values(scheme, rule.by, listed) if scheme and rule.by else {}
        open_ = self._signals(scheme, rule)
        visited = self._visited(register)
        rows = {
            one.organisation: {
                **one._asdict(),
                VALUE: values.get(one.organisation),
                SIGNALS: open_.get(one.organisation, 0),
            }
            for one in listed
        }
        since = self.since(rule)
        recent = {organisation for organisation, day in visited.items() if day >= since}
        strata = beside.in_strata(rule, rows, today=self.day, key=beside.key(), recent=recent)
        units = {
            one.organisation: Unit(
                code=one.code,
                title=one.name,
                stratum=strata[one.organisation],
                visited=visited.get(one.organisation),
            )
            for one in listed
            if strata[one.organisation]
        }
        stands = self._stands
        return Found(
            units=tuple(units.values()),
            organisations={unit.code: organisation for organisation, unit in units.items()},
            paths={unit.code: stands[organisation] for organisation, unit in units.items()},
        )

    def records(self, rule: Inspection, scheme: Scheme) -> Found:
        """Records of a kind, by their numbers: whoever filed or received them is asked, and nobody is named."""
        kind, stands = scheme.kinds[rule.of], self._stands
        filed = Record.objects.filter(register=scheme.key(kind.name), level__gte=Level.FILED.rank)
        filed = filed.filter(organisation__in=self._places.values("organisation"))
        records = list(satisfying(rule.where, scheme, kind, list(filed.order_by("id")), today=self.day))
        strata: dict[int, str] = {}
        for stratum in rule.strata.values():
            for one in satisfying(stratum.where, scheme, kind, records, today=self.day):
                strata.setdefault(one.id, stratum.title)
        drawn = [one for one in records if one.id in strata]
        return Found(
            units=tuple(
                Unit(code=str(one.id), title=calling.numbered(kind, one), stratum=strata[one.id]) for one in drawn
            ),
            organisations={str(one.id): one.organisation for one in drawn},
            paths={str(one.id): stands[one.organisation] for one in drawn},
        )

    def holders(self, role: str) -> tuple[str, ...]:
        """The codes of the people who hold a role there, each once."""
        asked = f"SELECT DISTINCT appointment FROM ({self.population.holders(role, self.root, self.day)})"  # noqa: S608
        held = [number for (number,) in self.population.connection.execute(asked).fetchall()]
        return tuple(sorted(set(Appointment.objects.filter(id__in=held).values_list("person__code", flat=True))))

    def inspectors(self, codes: Sequence[str], rule: Inspection, found: Found) -> Iterator[Inspector]:
        """By the codes of people, with where they must not go; a frame is published, so no names."""
        known = set(Person.objects.filter(code__in=codes).values_list("code", flat=True))
        appointments: dict[str, list[str]] = {code: [] for code in codes}
        held = Appointment.objects.filter(places.on(self.day), person__code__in=codes).exclude(organisation=self.root)
        for code, organisation in held.values_list("person__code", "organisation"):
            if organisation in self._stands:
                appointments[code].append(self._stands[organisation])
        for code in codes:
            if code not in known:
                raise Problem("inspections.no_person", say("没有代码是{code}的人员。", code=code), hint="请核对代码。")
            barred = (one for one, path in found.paths.items() if _meet(path, appointments[code], rule))
            yield Inspector(code=code, title=code, conflicts=tuple(barred))

    def since(self, rule: Inspection) -> dt.date:
        """Whoever was visited on this day or later is left out; without such a rule nobody is."""
        if rule.recently is None:
            return dt.date.max
        return _before(rule.recently, self.day, self.root)

    def _visited(self, register: str) -> dict[int, dt.date]:
        """Who was visited last when, as filed here or above: no unit takes itself, or its neighbour, out of a draw."""
        here = Place.objects.filter(id__in=paths.places_of(self._stands[self.root])).values("organisation")
        counted = Record.objects.filter(register=register, level__gte=Level.FILED.rank, organisation__in=here)
        return dict(counted.filter(subject__isnull=False).values_list("subject").annotate(Max("day")))

    def _values(self, scheme: Scheme, measure: str, listed: Sequence[Listed]) -> dict[int, object]:
        query = Query(scheme=scheme.hash, measure=measure, organisation=self.root, until=self.day)
        asked = [one.organisation for one in listed]
        column = figures.engine().each(query, asked)
        return {organisation: column.at(row) for row, organisation in enumerate(asked)}

    def _signals(self, scheme: Scheme | None, rule: Inspection) -> Mapping[int, int]:
        """How many stand open at each unit that has any, where a stratum asks."""
        asked = any(one.where is not None and SIGNALS in one.where.names for one in rule.strata.values())
        return answering.counts(scheme.name, self.day) if scheme and asked else {}

    @cached_property
    def _places(self) -> QuerySet[Place]:
        """Those at and below the root on the day."""
        held = places.at([self.root], self.day)
        if self.root not in held:
            hint = say("请核对方案的 at。")
            raise Problem("inspections.no_place", say("组织{root}现在没有位置。", root=self.root), hint=hint)
        first, before = paths.span(Place.objects.get(id=held[self.root]).path)
        return Place.objects.filter(places.on(self.day), path__gte=first, path__lt=before)

    @cached_property
    def _stands(self) -> dict[int, str]:
        return dict(self._places.values_list("organisation", "path"))


def _before(span: Span, day: dt.date, root: int) -> dt.date:
    calendar = store.calendar(root)
    return calendar.local(deadlines.before(span, calendar.close(day), calendar).due).date()


def _refuse_unknown(register: str) -> None:
    """A register misspelt has no records: everybody would seem never to have been visited."""
    for scheme in versions.all_current():
        for kind in scheme.kinds.values():
            subject = kind.fields.get(kind.subject)
            if subject and subject.type is FieldType.ORGANISATION and scheme.key(kind.name) == register:
                return
    message = say("没有一个活动有对象是组织的台账“{register}”。", register=register)
    raise Problem("inspections.no_register", message, hint="请核对以往督查记在哪个台账。")


def _meet(unit: str, appointed: Sequence[str], rule: Inspection) -> bool:
    """Whether a unit lies where somebody appointed there must not go."""
    lines = rule.inspectors.conflicts
    return any(
        ("own" in lines and unit == at)
        or ("below" in lines and unit != at and unit.startswith(at))
        or ("above" in lines and unit != at and at.startswith(unit))
        for at in appointed
    )
