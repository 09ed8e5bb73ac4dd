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

from xianfeng.scheme.commending import Commendation, Commended
from xianfeng.scheme.evaluating import NOTICES, RESULTS, Evaluation
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.flowing import REQUESTER, Flow
from xianfeng.scheme.grading import Decided, Grading
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.measuring import Display, Measure
from xianfeng.scheme.obliging import USUAL_LADDER, Ladder, Obligation, Window
from xianfeng.scheme.planning import Plan
from xianfeng.scheme.promising import Promise
from xianfeng.scheme.requesting import ASKED, UNASKED, Request
from xianfeng.scheme.types import FieldType

OWN_DAY = "day"  # of a record, among the dates by which it can stand in a calendar


@dataclass(frozen=True, kw_only=True)
class Among:
    """What of the registry a number counts: members, or organisations, at and below whoever the record is about."""

    of: Literal["members", "organisations"]
    where: Expression | None = None  # over the organisations that count, or whose members do


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
    by: Literal["", "requester", "handler"] = ""  # who alone says it
    retired: bool = False
    among: Among | None = None  # it counts some of these, so it is no larger than their number
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
    facts: tuple[str, ...] | None = None  # the measures with which its form opens, beside what is open; None: neither
    publishes: str = ""  # the field that names the record which it makes public
    source: Literal["", "evaluations", "evaluation_notices"] = ""  # what of evaluations its records say, see below
    promise: Promise | None = None
    request: Request | None = None  # which fields hold what, of a kind in which somebody brings what is his own
    decided: Decided | None = None  # the fields in which the class of its subject is decided
    commended: Commended | None = None  # the fields in which its subject, or somebody there, is commended
    local: str = ""

    @property
    def by_form(self) -> bool:
        """Whether whoever has something to file fills in a form of it; what is made public, what somebody asks for and
        is given a counterfoil of, and what a room has found out have pages of their own."""
        return not self.publishes and not self.requested and not self.of_evaluations

    @property
    def of_evaluations(self) -> bool:
        """Whether evaluations write its records, what they have published or what those judged are told: nobody files
        them."""
        return self.source in (RESULTS, NOTICES)

    @property
    def kept(self) -> frozenset[str]:
        """The fields that its moves set: nobody fills them in."""
        return frozenset(name for move in self.flow.moves.values() for name in move.sets)

    @property
    def concerned(self) -> tuple[str, ...]:
        """The fields that say whom a record concerns: whom it is about, and who is commended there."""
        person = self.commended.person if self.commended else ""
        return tuple(name for name in (self.subject, person) if name in self.fields)

    @property
    def deciding(self) -> tuple[str, ...]:
        """The fields by which a decision becomes another one: whom it concerns, and what is decided of them."""
        decided = (self.decided.grade if self.decided else "", self.commended.award if self.commended else "")
        told = ("told",) if self.source == NOTICES else ()
        return (*self.concerned, *(name for name in decided if name), *told)

    @property
    def requested(self) -> bool:
        """Whether whoever asks for it goes on by the counterfoil that he is given."""
        return any(REQUESTER in move.by for move in self.flow.moves.values())

    @property
    def said(self) -> frozenset[str]:
        """The fields in which its requester or its handler speaks: written by a move that needs them, his own also
        with the requester's filing, and by nothing else."""
        return frozenset(name for name, field in self.fields.items() if field.by)

    @property
    def said_later(self) -> frozenset[str]:
        """Those among them that a move needs: they are no part of the filing."""
        return self.said.intersection(name for move in self.flow.moves.values() for name in move.needs)

    @property
    def objects(self) -> str:
        """Of a kind of objections: the field that names the record to which one objects; '' of any other kind."""
        return self.request.about if self.request else ""

    @property
    def bound(self) -> frozenset[str]:
        """Of a kind of objections what nobody alters once it is raised: to what one objects, who does, and by when that
        is answered."""
        if not self.objects:
            return frozenset()
        whose = (name for name, field in self.fields.items() if field.acts == REQUESTER)
        return frozenset({self.objects, *whose, *(clock.until for clock in self.flow.due(self.flow.initial))} - {""})

    def objected_in(self, other: Kind) -> bool:
        """Whether the other is a kind in which one can object to its records."""
        return bool(other.objects) and other.fields[other.objects].of in ("", self.name)

    @property
    def roles(self) -> Mapping[str, str]:
        """Of a kind in which somebody brings what is his own: the field that holds each thing, by its role."""
        return self.request.roles if self.request else MappingProxyType({})

    @property
    def asked(self) -> tuple[Field, ...]:
        """What is told when its requester files by himself: what has a role, and what he is asked besides."""
        held = [self.fields[name] for role, name in self.roles.items() if role not in UNASKED and name in self.fields]
        names = self.said - self.said_later - set(self.roles.values())
        return (*held, *(field for field in self.fields.values() if field.name in names and field.type in ASKED))

    @property
    def figure_fields(self) -> Mapping[str, Field]:
        """The fields that postings carry: typed, never text, never personal."""
        never = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ATTACHMENTS)
        return MappingProxyType({n: f for n, f in self.fields.items() if not f.personal and f.type not in never})

    def pointing(self, kind: str) -> str:
        """The field that names a record of another kind; '' where none does."""
        return next((each.name for each in self.fields.values() if each.of == kind and not each.retired), "")


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
    evaluations: Mapping[str, Evaluation]
    inspections: Mapping[str, Inspection]
    gradings: Mapping[str, Grading]
    commendations: Mapping[str, Commendation]
    lines: Mapping[str, tuple[str, int]]  # 'measures.projects' -> (file, line), for 'scheme line' on figure pages

    def key(self, kind: str) -> str:
        """What postings and figures call a kind: a shared kind by its name alone, so that all campaigns fill and
        measure one register; a scheme's own kind as 'scheme.kind'."""
        return kind if self.kinds[kind].shared else f"{self.name}.{kind}"

    def deciding(self, kind: str) -> tuple[Grading, ...]:
        """The gradings that are decided in records of a kind."""
        return tuple(rule for rule in self.gradings.values() if rule.kind == kind)

    def by_form(self, kind: Kind) -> bool:
        """Whether the campaign has a form of it for whoever has something to file: what a grading decides is decided
        from its proposal."""
        return kind.by_form and not self.deciding(kind.name)

    def ladder(self, name: str) -> Ladder | None:
        """The ladder that an obligation or a move names, or the usual one; None where a scheme has none."""
        return self.ladders.get(name or USUAL_LADDER)
