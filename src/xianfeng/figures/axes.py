"""The axes of a breakdown: what a row is called, and how records come to lie in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import ibis
from ibis.expr import types as ir

from xianfeng.figures.columns import field_column
from xianfeng.figures.interface import Axis
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import REGISTRY, Coverage, Measure
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say

_LEVELS = (1, 2, 3)
_OF_ORGANISATIONS = ("type", "level", "tier", "category")


@dataclass(frozen=True, kw_only=True)
class Part:
    """How an axis parts records. A set of choices or a tally is taken apart into a row for each choice or group."""

    column: Callable[[ir.Table], ir.Value]
    choices: bool = False
    tally: str = ""  # the field whose groups are the rows

    def apart(self, rows: ir.Table) -> ir.Table:
        if self.choices:
            # An empty or missing set stays, as a row of its own: UNNEST alone would lose the record.
            one = ibis.array([ibis.null("string")])
            return rows.mutate(part=(rows.part.length() > 0).fill_null(False).ifelse(rows.part, one).unnest())
        if self.tally:
            return rows.mutate(part=rows.amount.keys().unnest(), amount=rows.amount.values().unnest())
        return rows


def part_of(axis: Axis | None, field: str, kind: Kind) -> Part:
    """The part that a record of this kind lies in."""
    if axis is None:
        return Part(column=lambda rows: ibis.literal(0, "int8"))
    if axis in ("level", "reviewer"):
        return Part(column=lambda rows: rows[axis])
    declared = kind.figure_fields.get(field)
    if declared is None or not declared.type.is_category:
        raise _no_category(field, [name for name, each in kind.figure_fields.items() if each.type.is_category])
    if declared.type is FieldType.TALLY:
        return Part(column=lambda rows: ibis.literal(0, "int8"), tally=field)
    return Part(column=lambda rows: rows[field_column(field)], choices=declared.type is FieldType.CHOICES)


def part_of_organisations(axis: Axis | None, field: str, rows: ir.Table) -> ir.Value:
    """The part that an organisation of the registry lies in."""
    if axis is None:
        return ibis.literal(0, "int8")
    if axis != "category" or field not in _OF_ORGANISATIONS:
        raise _no_category(field, list(_OF_ORGANISATIONS))
    return rows[field]


def _no_category(field: str, known: list[str]) -> Problem:
    hint = say("可用的字段：{known}。", known="、".join(known)) if known else say("这个台账没有可分类的字段。")
    return Problem("figures.category", say("不能按“{field}”分类", field=field), hint=hint)


def named_parts(scheme: Scheme, measure: Measure, axis: Axis, field: str, found: Iterable[Any]) -> list[Any]:
    """The rows in order: what the scheme names, with or without anything in it, then the rest, then the nameless."""
    named = list(_LEVELS) if axis == "level" else _declared(scheme, measure, field) if axis == "category" else []
    others = sorted({part for part in found if part is not None and part not in named})
    return [*named, *others, *([None] if None in found else [])]


def _declared(scheme: Scheme, measure: Measure, field: str) -> list[str | bool]:
    if measure.parts:
        return _declared(scheme, scheme.measures[measure.parts[-1]], field)
    if isinstance(measure, Coverage) and measure.population == REGISTRY:
        return []
    declared = scheme.kinds[measure.kinds[0]].fields[field]
    return [True, False] if declared.type is FieldType.BOOLEAN else [*(declared.choices or declared.groups)]
