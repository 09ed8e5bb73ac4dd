"""The nodes of a scheme: frozen, typed, and never half-valid.

The loader builds these from YAML once every fault has been reported; from here on a scheme is a value that every room
reads and none changes. Surface syntax (YAML keys, file positions) stays in the loader. Mappings are read-only and keep
the order of the file, because people read their own scheme back in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.flowing import REQUESTER, Flow
from xianfeng.scheme.obliging import USUAL_LADDER, Ladder, Obligation, Window
from xianfeng.scheme.planning import Plan
from xianfeng.scheme.promising import Promise
from xianfeng.scheme.requesting import ASKED, Request
from xianfeng.scheme.types import FieldType, Level

REGISTRY = "organisation"  # in a kind's or a field's place: the registry's organisations, the one that filed

OWN_DAY = "day"  # of a record, among the dates by which it can stand in a calendar


@dataclass(frozen=True, kw_only=True)
class Field:
    name: str
    type: FieldType
    title: str
    help: str = ""
    unit: str = ""
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # value -> title
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # tally groups -> title
    of: str = ""  # the kind a `record` field points to
    decimals: int = 0  # decimal places: `decimal` as declared (default 2), money 2, percent 2, else 0
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    prefill: Literal["", "registry", "last", "parent"] = ""
    check: Expression | None = None
    personal: bool = False
    public: bool = False
    phrases: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )  # words that stand ready for a text
    acts: Literal["", "author", "handler"] = ""  # as whom the person or organisation that it names makes moves
    by: Literal["", "requester"] = ""  # who alone says it
    retired: bool = False
    only_grows: bool = False  # a smaller number, a shorter text is a superior's to record, with the reason (只增不减)
    local: str = ""  # why this office chose it where the document is silent


@dataclass(frozen=True, kw_only=True)
class Kind:
    name: str
    title: str
    help: str
    shared: bool  # from the core library: every campaign measures the same register
    fields: Mapping[str, Field]
    flow: Flow
    check: Expression | None = None  # over the whole record
    subject: str = ""  # the field that says whom or what the record is about
    basis: Literal["each", "event", "stated"] = "each"  # what one record stands for, see ACCEPTANCE 'basis'
    called: tuple[str, ...] = ()  # the fields that make up a record's name, as written; what holds: calling.py
    calendar: str = ""  # the date field by which its records stand in people's calendars; 'day': their own day
    intake: bool = False  # whether the campaign takes it from anybody
    publishes: str = ""  # the field that names the record which it makes public
    promise: Promise | None = None
    request: Request | None = None  # which fields hold what, of a kind in which somebody brings what is his own
    local: str = ""

    @property
    def by_form(self) -> bool:
        """Whether whoever has something to file fills in a form of it; what is made public, and what somebody asks for
        and is given a counterfoil of, have pages of their own."""
        return not self.publishes and not self.requested

    @property
    def kept(self) -> frozenset[str]:
        """The fields that its moves set: nobody fills them in."""
        return frozenset(name for move in self.flow.moves.values() for name in move.sets)

    @property
    def requested(self) -> bool:
        """Whether whoever asks for it goes on by the counterfoil that he is given."""
        return any(REQUESTER in move.by for move in self.flow.moves.values())

    @property
    def said(self) -> frozenset[str]:
        """The fields in which its requester speaks: written with the filing or by a move that needs them, and by
        nothing else."""
        return frozenset(name for name, field in self.fields.items() if field.by == REQUESTER)

    @property
    def said_later(self) -> frozenset[str]:
        """Those among them that a move needs: they are no part of the filing."""
        return self.said.intersection(name for move in self.flow.moves.values() for name in move.needs)

    @property
    def roles(self) -> Mapping[str, str]:
        """Of a kind in which somebody brings what is his own: the field that holds each thing, by its role."""
        return self.request.roles if self.request else MappingProxyType({})

    @property
    def asked_besides(self) -> tuple[Field, ...]:
        """What its requester is asked when he files, besides the fields that have a role."""
        names = self.said - self.said_later - set(self.roles.values())
        return tuple(field for field in self.fields.values() if field.name in names and field.type in ASKED)

    @property
    def figure_fields(self) -> Mapping[str, Field]:
        """The fields that postings carry: typed, never text, never personal."""
        never = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ATTACHMENTS)
        return MappingProxyType({n: f for n, f in self.fields.items() if not f.personal and f.type not in never})

    def pointing(self, kind: str) -> str:
        """The field that names a record of another kind; '' where none does."""
        return next((each.name for each in self.fields.values() if each.of == kind and not each.retired), "")


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
    counts: Level = Level.FILED  # the least review level that counts
    since_start: bool = False  # False: all work up to the period's end counts unless the query names a start

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
    """A stock: each organisation's (and subject's) latest value up to the period's end, summed over the subtree."""

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


@dataclass(frozen=True, kw_only=True)
class Constant:
    """A quota or threshold of the document, named once: expressions use it, bulletins print it, offices adjust it."""

    name: str
    title: str
    value: Decimal
    unit: str = ""
    show: Display = Display()
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Phase:
    name: str
    title: str
    since: dt.date
    until: dt.date


@dataclass(frozen=True, kw_only=True)
class Standard:
    name: str
    title: str
    of: Literal["organisation", "member", "official"]
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Role:
    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    name: str  # what `xianfeng bulletin compose SCHEME NAME` takes
    series: str  # 简报; numbers are gapless within (issuer, series)
    number: int
    title: tuple[str, ...]  # the lines of the headline
    issuer: str
    issued: dt.date
    template: str  # path within the scheme's package
    total: int | None = None  # 总第×期, printed behind the number
    special: str = ""  # 【基层组织建设年专刊一】
    editors_note: bool = False
    copies: int | None = None
    to: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # 报/送/发 -> whom
    editor: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))  # A4 -> 八届九次, …


@dataclass(frozen=True, kw_only=True)
class Scheme:
    name: str
    title: str
    at: str  # code of the root organisation
    historical: bool
    since: dt.date
    until: dt.date
    timezone: str
    hash: str  # sha256 over the package's files: the version's address
    phases: Mapping[str, Phase]
    standards: Mapping[str, Standard]
    roles: Mapping[str, Role]
    constants: Mapping[str, Constant]
    kinds: Mapping[str, Kind]
    obligations: Mapping[str, Obligation]
    measures: Mapping[str, Measure]
    bulletins: Mapping[str, Bulletin]
    ladders: Mapping[str, Ladder]
    quiet: Mapping[str, Window]  # stretches of every year in which the campaign pauses
    plans: Mapping[str, Plan]
    lines: Mapping[str, tuple[str, int]]  # 'measures.projects' -> (file, line), for 'scheme line' on figure pages

    def key(self, kind: str) -> str:
        """What postings and figures call a kind: a shared kind by its name alone, so that all campaigns fill and
        measure one register; a scheme's own kind as 'scheme.kind'."""
        return kind if self.kinds[kind].shared else f"{self.name}.{kind}"

    def ladder(self, name: str) -> Ladder | None:
        """The ladder that an obligation or a move names, or the usual one; None where a scheme has none."""
        return self.ladders.get(name or USUAL_LADDER)
