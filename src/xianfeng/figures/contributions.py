"""What each record adds to a figure: one relation per measure, from which its sums and its trace both come.

The relation has one row for each record (and category, where one is asked for) that counts:

    key, part, record, organisation, place, dated, state, level, reviewer, value

`key` is the row among children, `part` the row on another axis. A figure is the sum of `value`; a trace lists the rows;
so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

import ibis
from ibis.expr import types as ir

from xianfeng.figures import names, parameters
from xianfeng.figures.axes import Part, part_of, part_of_organisations
from xianfeng.figures.columns import entered_column, field_column, total_column
from xianfeng.figures.interface import Axis, Register
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import (
    REGISTRY,
    Count,
    Coverage,
    Dating,
    Distinct,
    Evidenced,
    Flowing,
    Kind,
    Latest,
    Scheme,
    Sum,
)
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import evidence
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say

COLUMNS = ("key", "part", "record", "organisation", "place", "dated", "state", "level", "reviewer", "value")
_KEPT = ("record", "organisation", "place", "subject", "dated", "state", "level", "reviewer")


@dataclass(frozen=True, kw_only=True)
class Relations:
    """The rows behind a value, and behind the whole it is a share of (coverages only)."""

    rows: ir.Table
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
        return Relations(rows=_inside(_parted(self.counted(measure), part)))

    @relations.register
    def _sum(self, measure: Sum, axis: Axis | None, field: str) -> Relations:
        part = self._part(measure, axis, field)
        rows = self._reporting(measure)
        return Relations(rows=_inside(_parted(rows, part, amount=self._amount(rows, measure, part))))

    @relations.register
    def _latest(self, measure: Latest, axis: Axis | None, field: str) -> Relations:
        """The last report of each organisation (and subject) anywhere, so that whoever moved is not counted twice."""
        part = self._part(measure, axis, field)
        rows = self._reporting(measure)
        order = [ibis.desc(rows.dated), ibis.desc(rows.record)]
        window = ibis.window(group_by=[rows.organisation, rows.subject], order_by=order)
        ranked = rows.mutate(rank=ibis.row_number().over(window))
        last = ranked.filter(ranked["rank"] == 0)
        return Relations(rows=_inside(_parted(last, part, amount=self._amount(last, measure, part))))

    @relations.register
    def _distinct(self, measure: Distinct, axis: Axis | None, field: str) -> Relations:
        part = self._part(measure, axis, field)
        rows = self.counted(measure)
        rows = _parted(rows, part, item=self._named_by(rows, measure.kind, measure.field))
        return Relations(rows=_first(_joined(rows.filter(rows["item"].notnull())), "item").select(*COLUMNS))

    @relations.register
    def _coverage(self, measure: Coverage, axis: Axis | None, field: str) -> Relations:
        members = self._members(measure, axis, field)
        whole = members.mutate(value=ibis.literal(1, "int64")).select(*COLUMNS)
        if measure.having is not None:
            covered = members.filter(members.covered).mutate(value=ibis.literal(1, "int64"))
            return Relations(rows=covered.select(*COLUMNS), whole=whole)
        return Relations(rows=self._covering(measure, members), whole=whole)

    def counted(self, measure: Flowing, *, filtered: bool = True) -> ir.Table:
        """The records that a measure counts: of its review level, in the period by its date and, as a rule, filtered
        by its condition."""
        kind = self._scheme.kinds[measure.kind]
        where = measure.where if filtered else None
        rows = self._images(measure.kind)
        rows = self._named(rows.mutate(dated=_dated(rows, measure.by)), kind, where)
        counted = [
            rows.level >= measure.counts.rank,
            rows.dated >= parameters.since(),
            rows.dated <= parameters.until(),
        ]
        return rows.filter(*counted, *([names.condition(where, rows, kind)] if where is not None else []))

    def reported(self, measure: Evidenced, rules: Sequence[Obligation]) -> ir.Table:
        """The organisations with a record, whether or not the measure's condition holds for it, and which of these
        rules their records meet: organisation, met0, met1, …"""
        kind = self._scheme.kinds[evidence(measure)]
        rows = self._named(self._reports(measure), kind, *(rule.matching for rule in rules))
        met = [names.condition(rule.matching, rows, kind) if rule.matching else ibis.literal(True) for rule in rules]
        rows = rows.select("organisation", **{f"met{n}": each for n, each in enumerate(met)})
        return rows.group_by("organisation").agg(**{f"met{n}": rows[f"met{n}"].any() for n in range(len(rules))})

    def _reports(self, measure: Evidenced) -> ir.Table:
        """In the period and of the level that the measure counts; a coverage's, up to its end."""
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
        """The population, each member once: key, part, member, covered and the columns of a contribution but value."""
        if measure.population == REGISTRY:
            return self._organisations(measure, axis, field)
        kind = self._scheme.kinds[measure.population]
        part = part_of(axis, field, kind)
        rows = self._standing(measure.population, measure.where, measure.having)
        covered = names.condition(measure.having, rows, kind) if measure.having is not None else ibis.literal(True)
        return _joined(_parted(rows, part, covered=covered, member=rows.record))

    def _organisations(self, measure: Coverage, axis: Axis | None, field: str) -> ir.Table:
        rows = names.ORGANISATIONS
        if measure.where is not None:
            rows = rows.filter(names.condition(measure.where, rows))
        covered = names.condition(measure.having, rows) if measure.having is not None else ibis.literal(True)
        rows = rows.select(member=rows.id, covered=covered, part=part_of_organisations(axis, field, rows))
        standing = open_places()
        return rows.join(standing, rows.member == standing.organisation).select(
            "key",
            "part",
            "member",
            "covered",
            "organisation",
            "place",
            record=ibis.null("int64"),
            dated=ibis.null("date"),
            state=ibis.literal(""),
            level=ibis.literal(0, "int8"),
            reviewer=ibis.null("int64"),
        )

    def _covering(self, measure: Coverage, members: ir.Table) -> ir.Table:
        """The records that cover a member, wherever they were filed; the first of each member's adds 1."""
        rows = self._standing(measure.kind, measure.matching)
        rows = rows.mutate(names_member=self._named_by(rows, measure.kind, measure.field))
        who = members.select("key", "part", "member")
        rows = rows.select(*_KEPT, "names_member")
        return _first(rows.join(who, rows.names_member == who.member), "member").select(*COLUMNS)

    def _standing(self, kind: str, *conditions: Any) -> ir.Table:
        """Records of a kind up to the period's end that meet the first of these conditions, named for all."""
        node, condition = self._scheme.kinds[kind], conditions[0]
        rows = self._images(kind)
        rows = self._named(rows.mutate(dated=rows.day), node, *conditions)
        standing = [rows.level >= Level.FILED.rank, rows.dated <= parameters.until()]
        return rows.filter(*standing, *([names.condition(condition, rows, node)] if condition is not None else []))

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
    """The places inside that are open on the last day of the period: organisation, place, key."""
    places, inside = names.PLACES, names.INSIDE
    day = parameters.until()
    begun = places.since.isnull() | (places.since <= day)
    not_ended = places.until.isnull() | (places.until > day)
    standing = places.filter(begun, not_ended).select("organisation", place="id")
    return standing.join(inside, standing.place == inside.place).select(
        standing.organisation, standing.place, inside.key
    )


def _parted(rows: ir.Table, part: Part, amount: ir.Value | None = None, **more: ir.Value) -> ir.Table:
    """Records with the part they lie in and what they add there (1), and no more columns than a contribution needs."""
    one = ibis.literal(1, "int64")
    return part.apart(rows.select(*_KEPT, amount=one if amount is None else amount, part=part.column(rows), **more))


def _inside(rows: ir.Table) -> ir.Table:
    joined = rows.join(names.INSIDE, rows.place == names.INSIDE.place)
    told = {name: rows[name] for name in COLUMNS if name in rows.columns}
    return joined.select(**told, key=names.INSIDE.key, value=rows.amount)


def _joined(rows: ir.Table) -> ir.Table:
    """Records in the places asked for, each with the row it counts in."""
    joined = rows.join(names.INSIDE, rows.place == names.INSIDE.place)
    return joined.select(*(rows[name] for name in rows.columns), names.INSIDE.key)


def _first(rows: ir.Table, item: str) -> ir.Table:
    """1 for the first record that carries an item in its row, 0 for the others."""
    window = ibis.window(group_by=[rows.key, rows.part, rows[item]], order_by=rows.record)
    return rows.mutate(value=(ibis.row_number().over(window) == 0).cast("int64"))


def _dated(rows: ir.Table, by: Dating) -> ir.DateValue:
    """The date by which a record is placed in time."""
    if by.by == "date":
        return rows.day
    return rows[entered_column(by.name) if by.by == "entered" else field_column(by.name)]
