"""What a scheme measures: how a figure is computed from records, shown and aimed at.

Like all nodes frozen and whole; the computing is that of an engine (figures/interface.py).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.types import Level

REGISTRY = "organisation"  # in a kind's or a field's place: the registry's organisations, the one that filed
SUBJECT = "subject"
VALUE = "value"  # in formulas over one measure: what it comes to at an organisation
VALUE_PLACES = 6  # decimal places of a measure in formulas: as many as ratios have


@dataclass(frozen=True, kw_only=True)
class Display:
    """How the office prints a number: 383, 18%, 3.7万, 19800多, 五."""

    style: Literal["plain", "percent", "wan", "yi", "lower_bound", "words", "all_or_percent"] = "plain"
    places: int = 0
    step: int = 1  # lower_bound: the value is floored to a multiple of it
    word: str = ""  # lower_bound: 多 (also when '') or 余; all_or_percent: 所有 (also when '') or 各


@dataclass(frozen=True, kw_only=True)
class Target:
    value: Decimal | None = None
    field: tuple[str, str] | None = None  # (kind, field) of a stock
    due: dt.date | None = None
    at_most: bool = False  # most targets are floors; this one is a ceiling
    show: Display | None = None  # 百个 prints differently from the progress towards it
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Dating:
    """The date by which a measure places a record in time (the measure's own date, never the recording time)."""

    by: Literal["date", "entered", "field"] = "date"
    name: str = ""  # the state entered, or the field


@dataclass(frozen=True, kw_only=True)
class Measure:
    name: str
    title: str
    section: str = ""  # the heading under which it stands among the campaign's measures
    unit: str = ""
    help: str = ""
    show: Display = Display()
    target: Target | None = None
    public: bool = False
    beside: tuple[str, ...] = ()  # the measures without which it is never shown
    local: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The measures it is made of."""
        return ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds whose records it reads itself; those behind its parts too: `usage.kinds_of`."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Evidenced(Measure):
    """What the measures over records share: somebody may owe the records."""

    owed: tuple[str, ...] = ()  # the obligations that owe it; none named: see owing.py


@dataclass(frozen=True, kw_only=True)
class Flowing(Evidenced):
    """What the measures over one kind's records share."""

    kind: str
    where: Expression | None = None
    by: Dating = Dating()
    at: Literal["organisation", "subject"] = "organisation"  # where it counts: where it was filed, or its subject
    counts: Level = Level.FILED  # the least review level that counts
    since_start: bool = False  # False: all work up to the period's end counts unless the query names a start
    stands_until: tuple[str, ...] = ()  # a state of things: what began before the period counts until it enters one

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind,)


@dataclass(frozen=True, kw_only=True)
class Count(Flowing):
    pass


@dataclass(frozen=True, kw_only=True)
class Sum(Flowing):
    field: str


@dataclass(frozen=True, kw_only=True)
class Latest(Flowing):
    """A stock: each organisation's (and subject's) latest value up to the period's end, summed over the subtree.

    At its subject, the latest about it, whoever filed.
    """

    field: str


@dataclass(frozen=True, kw_only=True)
class Distinct(Flowing):
    field: str  # a person, organisation, record, choice or `organisation` itself (the one that filed)


@dataclass(frozen=True, kw_only=True)
class Coverage(Evidenced):
    """The share of a population that has something, each member counted once.

    The population is a kind's records or the registry's organisations (`population == REGISTRY`), narrowed by
    `where`. A member is covered when `having` holds for it, or, with `kind`, when some record of that kind names it in
    `field` (or was filed by it, when `field` is REGISTRY) and satisfies `matching`.
    """

    population: str
    where: Expression | None = None
    having: Expression | None = None
    kind: str = ""
    field: str = ""
    matching: Expression | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        population = () if self.population == REGISTRY else (self.population,)
        return (*population, self.kind) if self.kind else population


@dataclass(frozen=True, kw_only=True)
class Ratio(Measure):
    numerator: str
    denominator: str

    @property
    def parts(self) -> tuple[str, ...]:
        return self.numerator, self.denominator


@dataclass(frozen=True, kw_only=True)
class Growth(Measure):
    """(value now − value at the end of `since`) / value at the end of `since`."""

    of: str
    since: dt.date

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.of,)
