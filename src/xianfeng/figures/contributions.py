"""What each record adds to a figure: one relation per measure, from which its sums and its trace both come.

The relation has one row for each record (and category, where one is asked for) that counts anywhere, at any time:

    at, begins, gone, part, item, record, organisation, place, dated, state, level, value

It counts at the place `at`, on the days from `begins` until `gone` (null: for good); a flow, in the periods that hold
`begins`. `part` is the row of a breakdown. Of the rows that carry one `item` the first adds 1 and the others 0 (null:
each adds its `value`). A figure is the sum, a trace lists the rows, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

import ibis
from ibis.expr import types as ir

from xianfeng.figures import names
from xianfeng.figures.axes import Part, part_of, part_of_organisations
from xianfeng.figures.columns import entered_column, field_column, total_column
from xianfeng.figures.interface import Axis, Register
from xianfeng.problems import Problem
from xianfeng.scheme import results
from xianfeng.scheme.measuring import (
    REGISTRY,
    SUBJECT,
    Count,
    Coverage,
    Dating,
    Distinct,
    Evidenced,
    Flowing,
    Latest,
    Sum,
)
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import evidence
from xianfeng.scheme.results import ANSWER, NEARLY_ALL
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say

COLUMNS = (
    "at", "begins", "gone", "part", "item", "record", "organisation", "place", "dated", "state", "level", "value"
)  # fmt: skip
_KEPT = ("at", "record", "organisation", "place", "dated", "state", "level")


@dataclass(frozen=True, kw_only=True)
class Relations:
    """The rows behind a value, whether they carry items, and the rows behind the whole it is a share of (coverages
    only)."""

    rows: ir.Table
    items: bool = False
    whole: ir.Table | None = None


class Builder:
    """Builds the relations of one scheme's measures over the registers there are."""

    def __init__(self, scheme: Scheme, registers: Mapping[str, Register]) -> None:
        self._scheme = scheme
        self._registers = registers
        self._used: dict[str, None] = {}

    @property
    def used(self) -> tuple[Register, ...]:
        """The registers that what has been built reads."""
        return tuple(self._registers[key] for key in self._used)

    @singledispatchmethod
    def relations(self, measure: Any, axis: Axis | None, field: str) -> Relations:
        raise TypeError(f"{type(measure).__name__} is made of other measures")

    @relations.register
    def _count(self, measure: Count, axis: Axis | None, field: str) -> Relations:
        part = self._part(measure, axis, field)
        rows = self.counted(measure)
        return Relations(rows=_flowing(_parted(rows, part, **self._ended(rows, measure))))

    @relations.register
    def _sum(self, measure: Sum, axis: Axis | None, field: str) -> Relations:
        part = self._part(measure, axis, field)
        rows = self._reporting(measure)
        amount = self._amount(rows, measure, part)
        return Relations(rows=_flowing(_parted(rows, part, amount=amount, **self._ended(rows, measure))))

    @relations.register
    def _latest(self, measure: Latest, axis: Axis | None, field: str) -> Relations:
        """A report holds until its organisation (and subject) reports again, anywhere, so that whoever moved is not
        counted twice; counted at its subject, until anybody reports on it again."""
        part = self._part(measure, axis, field)
        rows = self._reporting(measure)
        whose = [rows.subject] if measure.at == SUBJECT else [rows.organisation, rows.subject]
        window = ibis.window(group_by=whose, order_by=[rows.dated, rows.record])
        rows = rows.mutate(gone=rows.dated.lead().over(window))
        return Relations(rows=_flowing(_parted(rows, part, amount=self._amount(rows, measure, part), gone=rows.gone)))

    @relations.register
    def _distinct(self, measure: Distinct, axis: Axis | None, field: str) -> Relations:
        part = self._part(measure, axis, field)
        rows = self.counted(measure)
        rows = _parted(rows, part, item=self._named_by(rows, measure.kind, measure.field), **self._ended(rows, measure))
        return Relations(rows=_flowing(rows.filter(rows["item"].notnull())), items=True)

    @relations.register
    def _coverage(self, measure: Coverage, axis: Axis | None, field: str) -> Relations:
        members = self._members(measure, axis, field)
        if measure.having is not None:
            return Relations(rows=members.filter(members.covered).select(*COLUMNS), whole=members.select(*COLUMNS))
        return Relations(rows=self._covering(measure, members), items=True, whole=members.select(*COLUMNS))

    def untold(self, measure: Flowing, axis: Axis | None, field: str) -> ir.Table | None:
        """The ballots of which it was not told what they say, at every answer that they may have given and by which the
        measure, or a part of it, would count them and does not. None: it can have none."""
        if not results.misses(self._scheme, measure, field):
            return None
        kind, part = self._scheme.kinds[measure.kind], self._part(measure, axis, field)
        rows = self._images(measure.kind)
        said, count, nearly = (rows[field_column(name)] for name in (ANSWER, "count", NEARLY_ALL))
        rows = rows.filter(nearly, said.isnull(), count > 0)
        if measure.where is not None and field != ANSWER:
            without = self._named(rows.mutate(dated=_dated(rows, measure.by)), kind, measure.where)
            held = names.condition(measure.where, without, kind).fill_null(False)
            rows = without.filter(~held).select(*rows.columns)
        rows = rows.mutate(**{field_column(ANSWER): self._answers(rows).unnest()})
        rows = self.counted(measure, of=rows)
        return _flowing(_parted(rows, part, **self._ended(rows, measure)))

    def _answers(self, rows: ir.Table) -> Any:
        """All that can be said to the question of a result."""
        evaluation, question = (rows[field_column(name)] for name in ("evaluation", "question"))
        cases = [
            ((evaluation == rule.name) & (question == each.name), ibis.array([*each.choices]))
            for rule in self._scheme.evaluations.values()
            for each in rule.counted
        ]
        return ibis.cases(*cases, else_=ibis.array([ibis.null("string")]))

    def counted(self, measure: Flowing, *, filtered: bool = True, of: ir.Table | None = None) -> ir.Table:
        """The records, or of these, that a measure counts: of its review level, with its date and, as a rule, filtered
        by its condition."""
        kind = self._scheme.kinds[measure.kind]
        where = measure.where if filtered else None
        rows = self._images(measure.kind) if of is None else of
        rows = self._named(rows.mutate(dated=_dated(rows, measure.by)), kind, where)
        rows = rows.filter(
            rows.level >= measure.counts.rank,
            rows.dated.notnull(),
            *([names.condition(where, rows, kind)] if where is not None else []),
        )
        return _about(rows) if measure.at == SUBJECT else rows.mutate(at=rows.place)

    def _ended(self, rows: ir.Table, measure: Flowing) -> dict[str, ir.Value]:
        """`gone`: of a record in one of the states that end it, the day on which it entered the first of them.

        A posting knows of each state when it was entered last: what came back and ended again stood all the while."""
        ends, never = measure.stands_until, ibis.null("date")
        if not ends:
            return {}
        states = self._registers[self._scheme.key(measure.kind)].states
        stood = ibis.greatest(never, *(rows[entered_column(name)] for name in states if name not in ends))
        ended = [rows[entered_column(name)] for name in ends]
        since = ibis.least(never, *((day < stood).ifelse(never, day) for day in ended))
        return {"gone": rows.state.isin(ends).ifelse(since.coalesce(ibis.greatest(never, *ended)), never)}

    def reported(self, measure: Evidenced, rules: Sequence[Obligation]) -> ir.Table:
        """Who has a record on which day, whether or not the measure's condition holds for it, and which of these rules
        it meets: organisation, dated, met0, met1, …"""
        kind = self._scheme.kinds[evidence(measure)]
        rows = self._named(self._reports(measure), kind, *(rule.matching for rule in rules))
        met = [names.condition(rule.matching, rows, kind) if rule.matching else ibis.literal(True) for rule in rules]
        named = {f"met{n}": each.fill_null(False) for n, each in enumerate(met)}
        return rows.select("organisation", "dated", **named).distinct()

    def _reports(self, measure: Evidenced) -> ir.Table:
        """Of the level that the measure counts; a coverage's, of any."""
        match measure:
            case Sum() | Latest():
                return self._reporting(measure, filtered=False)
            case Flowing():
                return self.counted(measure, filtered=False)
        return self._standing(evidence(measure), None)

    def _reporting(self, measure: Sum | Latest, *, filtered: bool = True) -> ir.Table:
        """The records that carry the measure's field."""
        rows = self.counted(measure, filtered=filtered)
        return rows.filter(rows[field_column(measure.field)].notnull())

    def _amount(self, rows: ir.Table, measure: Sum | Latest, part: Part) -> ir.Value:
        tally = self._scheme.kinds[measure.kind].fields[measure.field].type is FieldType.TALLY
        by_group = part.tally == measure.field
        return rows[total_column(measure.field) if tally and not by_group else field_column(measure.field)]

    def _members(self, measure: Coverage, axis: Axis | None, field: str) -> ir.Table:
        """The population, each member once wherever it is a member: `member`, `covered` and what it contributes."""
        if measure.population == REGISTRY:
            return self._organisations(measure, axis, field)
        kind = self._scheme.kinds[measure.population]
        part = part_of(axis, field, kind)
        rows = self._standing(measure.population, measure.where, measure.having)
        covered = names.condition(measure.having, rows, kind) if measure.having is not None else ibis.literal(True)
        return _flowing(_parted(rows, part, covered=covered, member=rows.record), "covered", "member")

    def _organisations(self, measure: Coverage, axis: Axis | None, field: str) -> ir.Table:
        rows = names.ORGANISATIONS
        if measure.where is not None:
            rows = rows.filter(names.condition(measure.where, rows))
        covered = names.condition(measure.having, rows) if measure.having is not None else ibis.literal(True)
        rows = rows.select(member=rows.id, covered=covered, part=part_of_organisations(axis, field, rows))
        standing = open_places()
        return rows.join(standing, rows.member == standing.organisation).select(
            "at",
            "begins",
            "gone",
            "part",
            "member",
            "covered",
            "organisation",
            item=ibis.null("int64"),
            place=standing["at"],
            record=ibis.null("int64"),
            dated=ibis.null("date"),
            state=ibis.literal(""),
            level=ibis.literal(0, "int8"),
            value=ibis.literal(1, "int64"),
        )

    def _covering(self, measure: Coverage, members: ir.Table) -> ir.Table:
        """The records that cover a member, wherever they were filed, from when both are there."""
        rows = self._standing(measure.kind, measure.matching)
        rows = rows.mutate(names_member=self._named_by(rows, measure.kind, measure.field))
        rows = _flowing(
            _parted(rows, part_of(None, "", self._scheme.kinds[measure.kind]), names_member=rows.names_member),
            "names_member",
        )
        who = members.select("member", "part", there="at", since="begins", until="gone")
        rows = rows.drop("part").join(who, rows.names_member == who.member)
        rows = rows.mutate(
            at=rows.there, item=rows.member, begins=ibis.greatest(rows.begins, rows.since), gone=rows.until
        )
        return rows.select(*COLUMNS)

    def _standing(self, kind: str, *conditions: Any) -> ir.Table:
        """Filed records of a kind that meet the first of these conditions, named for all."""
        node, condition = self._scheme.kinds[kind], conditions[0]
        rows = self._images(kind)
        rows = self._named(rows.mutate(dated=rows.day, at=rows.place), node, *conditions)
        return rows.filter(
            rows.level >= Level.FILED.rank, *([names.condition(condition, rows, node)] if condition is not None else [])
        )

    def _named_by(self, rows: ir.Table, kind: str, field: str) -> ir.Value:
        """What a record names in a field, or, as REGISTRY, who filed it."""
        return rows[field_column(field)] if field in self._scheme.kinds[kind].fields else rows[field]

    def _images(self, kind: str) -> ir.Table:
        return self._register(self._scheme.key(kind))

    def _register(self, key: str) -> ir.Table:
        self._used[key] = None
        return names.images(self._registers[key])

    def _named(self, rows: ir.Table, kind: Kind, *conditions: Any) -> ir.Table:
        return names.named(rows, self._scheme, kind, conditions, self._register)

    def _part(self, measure: Flowing, axis: Axis | None, field: str) -> Part:
        part = part_of(axis, field, self._scheme.kinds[measure.kind])
        if part.tally and part.tally != getattr(measure, "field", ""):
            raise Problem(
                "figures.axis",
                say("{measure} 不能按 {field} 的分组细分", measure=measure.title, field=field),
                hint="只有加总该字段的指标可以。",
            )
        return part


def open_places() -> ir.Table:
    """Where organisations stand, each at one place at a time: organisation, at, begins, gone."""
    places = names.PLACES
    begins = places.since.coalesce(ibis.date(1, 1, 1))
    return places.select("organisation", at=places.id, begins=begins, gone=places.until)


def _about(rows: ir.Table) -> ir.Table:
    """Records at the place where their subject stood on their date, or stood last; before it stood anywhere, at its
    first. An organisation's places are numbered as it came to stand there."""
    stays = names.PLACES.select(whose="organisation", stay="id", since="since")
    stood = rows.select("record", "subject", "dated").join(stays, rows.subject == stays.whose)
    begun = stood.since.coalesce(stood.dated) <= stood.dated
    found = stood.group_by("record").aggregate(at=begun.ifelse(stood.stay, -stood.stay).max().abs())
    return rows.join(found, "record")


def _parted(rows: ir.Table, part: Part, amount: ir.Value | None = None, **more: ir.Value) -> ir.Table:
    """Records with the part they lie in and what they add there (1), and no more columns than a contribution needs."""
    one = ibis.literal(1, "int64")
    return part.apart(rows.select(*_KEPT, amount=one if amount is None else amount, part=part.column(rows), **more))


def _flowing(rows: ir.Table, *more: str) -> ir.Table:
    """Records from their date on and, unless they say otherwise, for good."""
    told = {"begins": rows.dated, "gone": ibis.null("date"), "item": ibis.null("int64")}
    told |= {name: rows[name] for name in (*COLUMNS, *more) if name in rows.columns}
    return rows.select(**told, value=rows.amount)


def _dated(rows: ir.Table, by: Dating) -> ir.DateValue:
    """The date by which a record is placed in time."""
    if by.by == "date":
        return rows.day
    return rows[entered_column(by.name) if by.by == "entered" else field_column(by.name)]
