"""A city with a county, two towns and villages, and whatever campaign a test puts there; people in roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from xianfeng.duties import expanding, matching
from xianfeng.duties.expanding import Expanded
from xianfeng.duties.models import Duty, Round, State
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.scheme.loader import with_libraries
from xianfeng.scheme.nodes import Scheme

CHINA = ZoneInfo("Asia/Shanghai")
OPERATOR = Actor(kind=ActorKind.IMPORT, id=1)
HEAD = """xianfeng: 1
scheme: {name}
title: 试点活动
at: "350100"
include: [core]
runs: {{from: {since}, to: {until}}}
"""
Row = tuple[str, str, str, str, str | None, str]
ROWS: list[Row] = [
    ("350100", "福州市", "division", "city", None, ""),
    ("350121", "闽侯县", "division", "county", "350100", ""),
    ("350121100", "青口镇", "division", "township", "350121", ""),
    ("350121100200", "青口村", "division", "village", "350121100", "village"),
    ("350121100201", "东台村", "division", "village", "350121100", "village"),
    ("350121101", "荆溪镇", "division", "township", "350121", ""),
    ("350121101200", "荆溪村", "division", "village", "350121101", "village"),
]


def at(text: str) -> dt.datetime:
    """A moment in China: '2012-03-01 09:00', or a day's morning."""
    moment = dt.datetime.fromisoformat(text if " " in text else f"{text} 08:30")
    return moment.replace(tzinfo=CHINA)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass
class Office:
    """Organisations by name, the campaign's, and what can be done there at a moment."""

    number: dict[str, int]
    scheme: Scheme
    people: dict[str, int] = field(default_factory=dict)

    def by(self, name: str, moment: str, appointment: int = 0) -> Actor:
        organisation = self.number[name]
        return Actor(
            kind=ActorKind.APPOINTMENT,
            id=appointment or organisation,
            organisation=organisation,
            role="secretary",
            person=1,
            at=at(moment),
        )

    def file(
        self, kind: str, name: str, moment: str, values: Mapping[str, object] | None = None, **given: object
    ) -> Record:
        told: dict[str, object] = {"day": day(moment[:10]), **given}
        return actions.file(
            by=self.by(name, moment),
            scheme=self.scheme.name,
            kind=kind,
            organisation=self.number[name],
            values=dict(values or {}),
            **told,  # type: ignore[arg-type]
        )

    def move(self, record: Record, move: str, name: str, moment: str, **given: object) -> Record:
        told: dict[str, object] = {"day": day(moment[:10]), **given}
        return actions.move(by=self.by(name, moment), record=record.id, move=move, **told)  # type: ignore[arg-type]

    def found(self, code: str, name: str, under: str, on: str, *, category: str = "village") -> int:
        founding = registry.Founding(
            code=code,
            name=name,
            type="division",
            level="village",
            parent=self.number[under],
            category=category,
            founded=day(on),
        )
        self.number[name] = registry.found(founding=founding, by=OPERATOR)
        return self.number[name]

    def appoint(self, who: str, name: str, role: str, on: str) -> int:
        if who not in self.people:
            self.people[who] = registry.enter(code=f"P-{who}", name=who, day=day("2005-01-01"), by=OPERATOR)
        return registry.appoint(
            person=self.people[who], organisation=self.number[name], role=role, day=day(on), by=OPERATOR
        )

    def end(self, appointment: int, on: str) -> None:
        registry.end_appointment(appointment=appointment, day=day(on), by=OPERATOR)

    def expand(self, moment: str) -> tuple[Expanded, ...]:
        return expanding.expand(versions.current(self.scheme.name), now=at(moment))

    def catch_up(self, moment: str) -> int:
        return matching.catch_up(now=at(moment))

    def adopt(self, text: str) -> Scheme:
        self.scheme = adopt(text, self.number["福州市"])
        return self.scheme

    def duties(self, obligation: str = "", since: str = "") -> list[Duty]:
        rounds = Round.objects.filter(scheme=self.scheme.name)
        if obligation:
            rounds = rounds.filter(obligation=obligation)
        if since:
            rounds = rounds.filter(since=day(since))
        numbers = list(rounds.values_list("id", flat=True))
        return list(Duty.objects.filter(round__in=numbers).order_by("round", "organisation", "appointment", "about"))

    def name_of(self, organisation: int) -> str:
        return next(name for name, number in self.number.items() if number == organisation)

    def owing(self, obligation: str = "", since: str = "") -> dict[str, str]:
        """Whose duties stand how: by organisation."""
        return {
            self.name_of(duty.organisation): State(duty.state).name.lower() for duty in self.duties(obligation, since)
        }


def adopt(text: str, city: int) -> Scheme:
    files = with_libraries({"scheme.yaml": text})
    version = actions.adopt(files, by=Actor(kind=ActorKind.IMPORT, id=1, organisation=city))
    return versions.scheme(version.hash)


def campaign(
    body: str,
    *,
    name: str = "trial-2012",
    since: str = "2012-01-01",
    until: str = "2012-12-31",
    historical: bool = False,
) -> str:
    marked = "historical: true\n" if historical else ""
    return HEAD.format(name=name, since=since, until=until) + marked + body


def office(text: str, more: Sequence[Row] = ()) -> Office:
    """Build it in the test's database; `more`: organisations besides."""
    rows = [*ROWS, *more]
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type=type_, level=level, parent=parent, category=category)
            for code, name, type_, level, parent, category in rows
        ],
        by=OPERATOR,
    )
    known = {row[1]: number for row, number in zip(rows, numbers, strict=True)}
    return Office(known, adopt(text, known["福州市"]))
