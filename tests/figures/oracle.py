"""Figures by the plainest means: dictionaries and loops over a world's entries. It shares no code with any engine, and
reads the sample scheme's measures as this table says them, not as the loader does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.figures.worlds import Image, Place, World

Key = tuple[int, Any]


@dataclass(frozen=True)
class Duty:
    """What each organisation of a level owes: a record of the kind that meets the condition."""

    level: str
    matching: Callable[[Oracle, Mapping[str, Any], Image | None, Asked], bool] = lambda *_: True


@dataclass(frozen=True)
class Rule:
    shape: str  # count | sum | latest | distinct | ratio | growth | coverage
    kind: str = "deed"
    field: str = ""
    where: Callable[[Oracle, Mapping[str, Any], Image | None, Asked], bool] = lambda *_: True
    about: bool = False  # it counts where the record's subject stood, whoever filed it
    dated: str = ""  # a field, or entered:state
    level: int = 1
    ends: tuple[str, ...] = ()  # states: it counts until it enters one, whenever it began
    parts: tuple[str, str] = ("", "")
    since: dt.date | None = None
    population: str = ""
    having: Callable[[Mapping[str, Any]], bool] | None = None
    owed: tuple[str, ...] = ()  # duties; none named: all of the kind

    @property
    def evidence(self) -> str:
        """The kind whose records somebody may owe."""
        return self.population if self.having else self.kind


def _lately(_: Oracle, values: Mapping[str, Any], __: Image | None, asked: Asked) -> bool:
    done = values.get("done")
    return done is not None and dt.date.fromisoformat(done) >= asked.until - dt.timedelta(days=30)


def _firm_is_big(oracle: Oracle, values: Mapping[str, Any], _: Image | None, __: Asked) -> bool:
    firm = oracle.images.get(values.get("firm") or -1)
    return firm is not None and (firm.values.get("employees") or 0) > 3


def _target_level(oracle: Oracle, values: Mapping[str, Any], _: Image | None, asked: Asked) -> bool:
    target = oracle.world.organisations.get(values.get("target") or -1)
    return target is not None and target.id <= oracle.as_of and oracle.level(target.id, asked) == "village"


def _village(oracle: Oracle, _: Mapping[str, Any], image: Image | None, asked: Asked) -> bool:
    return image is not None and oracle.level(image.organisation, asked) == "village"


def _below_a_county(oracle: Oracle, _: Mapping[str, Any], image: Image | None, asked: Asked) -> bool:
    return image is not None and oracle.tier(image.organisation, asked) in ("village", "township")


def _small_or_unknown(_: Oracle, values: Mapping[str, Any], __: Image | None, ___: Asked) -> bool:
    return values.get("amount") is None or Decimal(values["amount"]) > Decimal("1.5")


def _kept(_: Oracle, values: Mapping[str, Any], *__: Any) -> bool:
    return values.get("kept") is True


def _to_villages_or_lately(oracle: Oracle, values: Mapping[str, Any], image: Image | None, asked: Asked) -> bool:
    return _target_level(oracle, values, image, asked) or _lately(oracle, values, image, asked)


DUTIES: Mapping[str, Mapping[str, Duty]] = {
    "deed": {
        "deeds": Duty("village"),
        "kept_deeds": Duty("village", _kept),
        "county_deeds": Duty("county", _to_villages_or_lately),
    },
    "firm": {"firms": Duty("county")},
}
MEASURES: Mapping[str, Rule] = {
    "deeds": Rule("count", owed=("deeds",)),
    "firms": Rule("count", kind="firm"),
    "checked": Rule("count", dated="entered:checked", level=2),
    "kept": Rule("count", where=_kept, owed=("deeds",)),
    "recent": Rule("count", where=_lately, owed=("kept_deeds",)),
    "in_villages": Rule("count", where=_village, owed=("kept_deeds", "county_deeds")),
    "below_counties": Rule("count", where=_below_a_county, owed=("deeds",)),
    "for_villages": Rule("count", where=_target_level, owed=("county_deeds",)),
    "to_them": Rule("count", about=True, dated="done"),
    "given_them": Rule("sum", field="amount", about=True, where=_kept),
    "told_of_them": Rule("latest", field="hours", about=True),
    "topics_of_them": Rule("distinct", field="topic", about=True),
    "kept_of_theirs": Rule("ratio", parts=("kept_for_them", "all_for_them")),
    "kept_for_them": Rule("count", about=True, where=_kept),
    "all_for_them": Rule("count", about=True),
    "for_firms": Rule("count", where=_firm_is_big),
    "unchecked": Rule("count", ends=("checked", "sent"), owed=("deeds",)),
    "unchecked_of_them": Rule("count", about=True, ends=("checked",), where=_kept),
    "unsent_amount": Rule("sum", field="amount", ends=("sent",), dated="done"),
    "unchecked_topics": Rule("distinct", field="topic", ends=("checked",)),
    "unchecked_growth": Rule("growth", parts=("unchecked", "unchecked"), since=dt.date(2010, 6, 30)),
    "amount": Rule("sum", field="amount", dated="done"),
    "hours": Rule("sum", field="hours", where=_small_or_unknown),
    "people": Rule("sum", field="people"),
    "stock": Rule("latest", field="amount", where=_kept),
    "staff": Rule("latest", kind="firm", field="employees"),
    "targets": Rule("distinct", field="target"),
    "doers": Rule("distinct", field="organisation"),
    "topics": Rule("distinct", field="topic", level=2),
    "kept_rate": Rule("ratio", parts=("kept", "deeds")),
    "mean_hours": Rule("ratio", parts=("hours", "deeds")),
    "growth": Rule("growth", parts=("deeds", "deeds"), since=dt.date(2010, 6, 30)),
    "covered_firms": Rule(
        "coverage",
        population="firm",
        where=lambda _, values, *__: (values.get("employees") or 0) > 3,
        having=lambda values: values.get("covered") is True,
    ),
    "served": Rule("coverage", population="organisation", field="target", where=_kept, owed=("kept_deeds",)),
    "active": Rule("coverage", population="organisation", field="organisation"),
}
FLOWS = tuple(name for name, rule in MEASURES.items() if rule.shape in ("count", "sum", "distinct") and not rule.ends)
ADDITIVE = tuple(name for name, rule in MEASURES.items() if rule.shape in ("count", "sum", "latest"))


@dataclass(frozen=True)
class Asked:
    measure: str
    node: int
    until: dt.date
    since: dt.date | None = None
    tree: str = "then"


@dataclass(frozen=True)
class Line:
    """One record's part in a figure."""

    key: int
    image: Image | None
    value: Decimal
    dated: dt.date | None = None


@dataclass
class Oracle:
    world: World
    as_of: int
    images: dict[int, Image] = field(init=False)
    places: dict[int, Place] = field(init=False)

    def __post_init__(self) -> None:
        state: dict[int, Image | None] = {}
        for seq, record, image in self.world.history:
            if seq <= self.as_of:
                state[record] = image
        self.images = {record: image for record, image in state.items() if image is not None and image.level > 0}
        self.places = {place.id: place for place in self.world.places if place.seq <= self.as_of}

    # where

    def chain(self, place: int, tree: str) -> list[int]:
        """The organisations at and above a place, the lowest first."""
        if tree == "then":
            found, here = [], self.places.get(place)
            while here is not None:
                found.append(here.organisation)
                here = self.places.get(here.parent) if here.parent is not None else None
            return found
        organisation: int | None = self.places[place].organisation
        found = []
        while organisation is not None:
            found.append(organisation)
            organisation = self.above_now(organisation)
        return found

    def above_now(self, organisation: int) -> int | None:
        each = self.world.organisations[organisation]
        if each.ended_seq is not None and each.ended_seq <= self.as_of and each.successor is not None:
            return each.successor
        last = max((p for p in self.places.values() if p.organisation == organisation), key=lambda p: p.id)
        return self.places[last.parent].organisation if last.parent is not None else None

    def key(self, place: int, node: int, tree: str) -> int | None:
        """The child of the node that a place lies under; the node itself; None outside."""
        chain = self.chain(place, tree)
        if node not in chain:
            return None
        index = chain.index(node)
        return chain[index - 1] if index else node

    def open_on(self, day: dt.date) -> dict[int, int]:
        """organisation -> its place on a day."""
        found = {}
        for place in self.places.values():
            ended = place.ended_seq is not None and place.ended_seq <= self.as_of
            until = place.until if ended else None
            if (place.since is None or place.since <= day) and (until is None or until > day):
                found[place.organisation] = place.id
        return found

    # who

    def day(self, asked: Asked) -> dt.date:
        """Whose organisations count: the period's last day's, or today's."""
        return dt.date.max if asked.tree == "now" else asked.until

    def level(self, organisation: int, asked: Asked) -> str:
        return self.world.called(organisation, self.day(asked), self.as_of).level

    def tier(self, organisation: int, asked: Asked) -> str | None:
        """The level of the nearest division at or above it, where it stood then, or stood last."""
        stays = sorted((p for p in self.places.values() if p.organisation == organisation), key=lambda place: place.id)
        begun = [place for place in stays if place.since is None or place.since <= self.day(asked)]
        above = self.chain((begun[-1] if begun else stays[0]).id, "then")
        divisions = [each for each in above if self.world.organisations[each].type == "division"]
        return self.level(divisions[0], asked) if divisions else None

    # what

    def dated(self, rule: Rule, image: Image) -> dt.date | None:
        text = rule.dated
        if not text:
            return image.day
        stated = image.entered.get(text[8:]) if text.startswith("entered:") else image.values.get(text)
        return None if stated is None else dt.date.fromisoformat(stated)

    def counted(self, asked: Asked, rule: Rule, *, filtered: bool = True) -> list[tuple[Image, dt.date]]:
        since = None if rule.shape in ("latest", "coverage") or rule.ends else asked.since
        found = []
        for image in self.images.values():
            day = self.dated(rule, image)
            if image.kind != rule.kind or image.level < rule.level or day is None or day > asked.until:
                continue
            if since is not None and day < since:
                continue
            if rule.shape in ("sum", "latest") and image.values.get(rule.field) is None:
                continue
            if filtered and not rule.where(self, image.values, image, asked):
                continue
            if filtered and self.ended(rule, image, asked):
                continue
            found.append((image, day))
        return sorted(found, key=lambda pair: pair[0].record)

    def ended(self, rule: Rule, image: Image, asked: Asked) -> bool:
        """Whether it is in a state that ends it, and had come there, for good, by the period's end."""
        if image.state not in rule.ends:
            return False
        before = max((day for state, day in image.entered.items() if state not in rule.ends), default="")
        ends = [day for state, day in image.entered.items() if state in rule.ends]
        return min((day for day in ends if day >= before), default=max(ends)) <= asked.until.isoformat()

    def lines(self, asked: Asked) -> list[Line]:
        """The records behind a figure, with what each adds and the child it lies under."""
        rule = MEASURES[asked.measure]
        if rule.shape == "coverage":
            return self.covering(asked, rule)
        pairs = self.counted(asked, rule)
        if rule.shape == "latest":
            best: dict[tuple[int | None, int | None], tuple[Image, dt.date]] = {}
            for image, day in pairs:
                who = (None if rule.about else image.organisation, image.subject)
                if who not in best or (day, image.record) > (best[who][1], best[who][0].record):
                    best[who] = (image, day)
            pairs = sorted(best.values(), key=lambda pair: pair[0].record)
        found = []
        for image, day in pairs:
            place = self.subjects_place(image, day) if rule.about else image.place
            key = self.key(place, asked.node, asked.tree) if place is not None else None
            if key is None or (rule.shape == "distinct" and self.item(rule, image) is None):
                continue
            found.append(Line(key, image, self.amount(rule, image), day))
        return found

    def subjects_place(self, image: Image, day: dt.date) -> int | None:
        """Where the one it is about stood on a day, or stood last; before it stood anywhere, its first place."""
        stays = sorted(place.id for place in self.places.values() if place.organisation == image.subject)
        begun = [id_ for id_ in stays if (since := self.places[id_].since) is None or since <= day]
        return (begun[-1:] or stays[:1] or [None])[0]

    def item(self, rule: Rule, image: Image) -> Any:
        return image.organisation if rule.field == "organisation" else image.values.get(rule.field)

    def amount(self, rule: Rule, image: Image) -> Decimal:
        if rule.shape in ("count", "distinct"):
            return Decimal(1)
        value = image.values[rule.field]
        return Decimal(sum(value.values())) if isinstance(value, dict) else Decimal(value)

    def members(self, asked: Asked, rule: Rule) -> dict[int, int]:
        """member -> child it lies under."""
        found = {}
        if rule.population == "organisation":
            for organisation, place in self.open_on(asked.until).items():
                key = self.key(place, asked.node, asked.tree)
                if key is not None and self.level(organisation, asked) == "village":
                    found[organisation] = key
            return found
        for image in self.images.values():
            key = self.key(image.place, asked.node, asked.tree)
            due = image.kind == rule.population and image.day <= asked.until
            if due and key is not None and rule.where(self, image.values, image, asked):
                found[image.record] = key
        return found

    def covering(self, asked: Asked, rule: Rule) -> list[Line]:
        members = self.members(asked, rule)
        if rule.having is not None:
            images = [self.images[member] for member in sorted(members)]
            return [Line(members[i.record], i, Decimal(1), i.day) for i in images if rule.having(i.values)]
        seen: set[int] = set()
        found = []
        for image, day in self.counted(asked, rule):
            member = self.item(rule, image)
            if member in members:
                found.append(Line(members[member], image, Decimal(member not in seen), day))
                seen.add(member)
        return found

    # figures

    def value(self, asked: Asked, keep: Callable[[Line], bool] = lambda _: True) -> Decimal | None:
        """The value over the lines that `keep` lets through (a row of a breakdown)."""
        rule = MEASURES[asked.measure]
        if rule.shape == "ratio":
            part, whole = (self.value(_of(asked, name), keep) for name in rule.parts)
            return _share(part, whole)
        if rule.shape == "growth":
            assert rule.since is not None
            later = _of(asked, rule.parts[0], since=None)
            part, whole = self.value(later, keep), self.value(_of(later, later.measure, until=rule.since), keep)
            return None if part is None or whole is None else _share(part - whole, whole)
        lines = [line for line in self.lines(asked) if keep(line)]
        missing = [key for key in self.missing(asked).values() if keep(Line(key, None, Decimal(1)))]
        if rule.shape == "coverage":
            everyone = [key for key in self.members(asked, rule).values() if keep(Line(key, None, Decimal(1)))]
            unknown = rule.having is None and not lines and missing
            covered = None if unknown else sum((line.value for line in lines), Decimal(0))
            return _share(covered, Decimal(len(everyone)))
        if rule.shape == "distinct" and lines:
            return Decimal(len({self.item(rule, line.image) for line in lines if line.image}))
        if not lines and (rule.shape == "latest" or missing):
            return None
        return sum((line.value for line in lines), Decimal(0))

    def owing(self, asked: Asked) -> Asked:
        """The question whose duties a figure's are: a ratio's denominator, a growth's later value."""
        rule = MEASURES[asked.measure]
        if rule.shape == "ratio":
            return self.owing(_of(asked, rule.parts[1]))
        return _of(asked, rule.parts[0], since=None) if rule.shape == "growth" else asked

    def is_owed(self, asked: Asked) -> bool:
        rule = MEASURES[self.owing(asked).measure]
        return rule.evidence in DUTIES and not rule.about

    def expected(self, asked: Asked) -> dict[int, int]:
        """Whoever some duty binds: organisation -> child it lies under."""
        asked = self.owing(asked)
        root = next(iter(self.world.organisations))
        found = {}
        for organisation, place in self.open_on(asked.until).items():
            key = self.key(place, asked.node, asked.tree)
            if key is not None and root in self.chain(place, "then") and self.duties(asked, organisation):
                found[organisation] = key
        return found

    def duties(self, asked: Asked, organisation: int) -> list[Duty]:
        rule, level = MEASURES[asked.measure], self.level(organisation, asked)
        known = {} if rule.about else DUTIES.get(rule.evidence, {})
        return [known[name] for name in rule.owed or known if known[name].level == level]

    def missing(self, asked: Asked) -> dict[int, int]:
        """Of those, whoever has for some duty of theirs no record that meets it."""
        asked = self.owing(asked)
        rule = MEASURES[asked.measure]
        reports = [image for image, _ in self.counted(asked, replace(rule, kind=rule.evidence), filtered=False)]
        found = {}
        for organisation, key in self.expected(asked).items():
            mine = [image for image in reports if image.organisation == organisation]
            met = [
                any(duty.matching(self, image.values, image, asked) for image in mine)
                for duty in self.duties(asked, organisation)
            ]
            if not all(met):
                found[organisation] = key
        return found


def _of(asked: Asked, measure: str, **changed: Any) -> Asked:
    return Asked(**{**asked.__dict__, "measure": measure, **changed})


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or whole is None or whole == 0:
        return None
    return (part / whole).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
