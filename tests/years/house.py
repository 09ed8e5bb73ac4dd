"""A shipped scheme on a small registry, with people who act there and a clock that goes on through the year."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from xianfeng import figures
from xianfeng.duties import tick
from xianfeng.figures.interface import Query
from xianfeng.gradings import actions as gradings
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import objecting
from xianfeng.messages import words
from xianfeng.messages.models import Message
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import package

SCHEMES = Path(__file__).parents[2] / "schemes"
CHINA = ZoneInfo("Asia/Shanghai")
LONG_AGO = dt.date(2005, 1, 1)
IMPORTER = Actor(kind=ActorKind.IMPORT, id=1)


class Unit(NamedTuple):
    code: str
    name: str
    type: str
    level: str
    above: str = ""
    category: str = ""


class Person(NamedTuple):
    name: str
    at: str
    role: str


class Job(NamedTuple):
    """Who somebody is when he acts."""

    person: int
    appointment: int
    organisation: int
    role: str


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text[:10])


def at(text: str) -> dt.datetime:
    """A moment in China: '2012-03-01 15:00', or a day at nine."""
    return dt.datetime.fromisoformat(text if " " in text else f"{text} 09:00").replace(tzinfo=CHINA)


@dataclass
class House:
    scheme: str
    ticked: dt.date
    number: dict[str, int] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)

    def by(self, who: str, moment: str) -> Actor:
        """Somebody about to act, when the clock has come there."""
        self.until(moment)
        job = self.jobs[who]
        return Actor(
            kind=ActorKind.APPOINTMENT,
            id=job.appointment,
            organisation=job.organisation,
            role=job.role,
            person=job.person,
            at=at(moment),
        )

    def file(self, who: str, kind: str, moment: str, values: Mapping[str, Any], *, of: str = "", **given: Any) -> int:
        """By whoever works there; `of`: for another organisation of his desk. The record's number."""
        by = self.by(who, moment)
        record = actions.file(
            by=by,
            scheme=self.scheme,
            kind=kind,
            organisation=self.number[of] if of else by.organisation,
            for_=self.number[of] if of else None,
            day=day(moment),
            values=dict(values),
            **given,
        )
        return record.id

    def move(self, who: str, record: int, move: str, moment: str, *, of: str = "", **given: Any) -> str:
        """What state it leads to."""
        told = {"day": day(moment), "for_": self.number[of] if of else None, **given}
        return actions.move(by=self.by(who, moment), record=record, move=move, **told).state

    def until(self, text: str) -> None:
        """The clock goes on to a day, each morning at half past eight; never back."""
        last = day(text)
        assert self.ticked <= last, f"{text} is over"
        while self.ticked < last:
            self.ticked += dt.timedelta(days=1)
            tick.tick(now=at(f"{self.ticked} 08:30"))

    def object(self, who: str, record: int, moment: str, grounds: str) -> int:
        held = Record.objects.get(id=record)
        raised = objecting.raise_(by=self.by(who, moment), record=held, grounds=grounds, reference=f"{who} {moment}")
        return raised.id

    def proposal(self, who: str, grading: str, moment: str) -> Proposal:
        return gradings.propose(by=self.by(who, moment), scheme=self.scheme, grading=grading, day=day(moment))

    def decide(self, who: str, proposal: Proposal, moment: str, chosen: Mapping[str, str], **why: str) -> None:
        """`chosen`: the class of each, '' as proposed; `why`: of those that depart."""
        deciding.decide(
            by=self.by(who, moment),
            proposal=proposal.id,
            chosen={self.number[name]: grade for name, grade in chosen.items()},
            reasons={self.number[name]: reason for name, reason in why.items()},
            day=day(moment),
        )

    # what came of it

    def state(self, record: int) -> str:
        return Record.objects.get(id=record).state

    def values(self, record: int) -> Any:
        return json.loads(Record.objects.get(id=record).values)

    def figure(self, measure: str, name: str, until: str, *, since: str = "") -> int | Decimal | None:
        query = Query(
            scheme=versions.current(self.scheme).hash,
            measure=measure,
            organisation=self.number[name],
            since=day(since) if since else None,
            until=day(until),
        )
        return figures.engine().figure(query).value

    def told(self, name: str, *steps: str) -> list[tuple[str, str]]:
        """What an organisation was told in these steps of the ladder, with the day, each once."""
        rows = Message.objects.filter(organisation=self.number[name], step__in=steps).order_by("at", "id")
        found = ((f"{row.at.astimezone(CHINA):%m-%d}", str(words.told(row.words))) for row in rows)
        return list(dict.fromkeys(found))


def house(scheme: str, units: Sequence[Unit], people: Sequence[Person], *, since: str) -> House:
    """The units, the first the campaign's root, and the people, appointed long ago; the scheme as it is shipped."""
    one = House(scheme, day(since))
    foundings = [
        registry.Founding(
            code=unit.code,
            name=unit.name,
            type=unit.type,
            level=unit.level,
            parent=next((other.code for other in units if other.name == unit.above), None),
            category=unit.category,
        )
        for unit in units
    ]
    numbers = registry.found_many(foundings=foundings, by=IMPORTER)
    one.number = {unit.name: number for unit, number in zip(units, numbers, strict=True)}
    for person in people:
        entered = registry.enter(code=f"P-{person.name}", name=person.name, day=LONG_AGO, by=IMPORTER)
        organisation = one.number[person.at]
        appointment = registry.appoint(
            person=entered, organisation=organisation, role=person.role, day=LONG_AGO, by=IMPORTER
        )
        one.jobs[person.name] = Job(entered, appointment, organisation, person.role)
    office = Actor(kind=ActorKind.IMPORT, id=1, organisation=numbers[0])
    actions.adopt(package(SCHEMES / scheme), by=office)
    return one
