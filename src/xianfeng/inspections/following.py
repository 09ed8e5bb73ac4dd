"""What followed from visits: the records that name them (findings), and those that name these in turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.orders import is_order
from xianfeng.ledger import mentions, versions
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType


@dataclass(frozen=True)
class Followed:
    """`found`: about a unit, and nobody's to carry out; `ordered`: what a unit has to do, until it is struck off."""

    visits: tuple[Record, ...]
    found: tuple[Record, ...]
    ordered: tuple[Record, ...]


def of_plan(row: InspectionPlan) -> Followed:
    return of_visits(number for number in row.visits.values_list("record", flat=True) if number)


def of_visits(numbers: Iterable[int]) -> Followed:
    visits = tuple(Record.objects.filter(id__in=list(numbers)).order_by("day", "id"))
    first = _naming(visits)
    both = {row.id: row for row in (*first, *_naming(first))}
    about = [row for row in both.values() if _subject(kind_of(row)) is not None]
    ordered = {row.id for row in about if _has_a_day(kind_of(row))}
    return Followed(
        visits=visits,
        found=tuple(row for row in about if row.id not in ordered),
        ordered=tuple(row for row in about if row.id in ordered),
    )


def kind_of(row: Record) -> Kind:
    return versions.scheme(row.scheme_id).kinds[row.kind]


def _has_a_day(kind: Kind) -> bool:
    """Whether there is a day by which it is done, as of a rectification; a finding is only answered."""
    return is_order(kind) and any(clock.until for clock in kind.flow.clocks.values())


def _naming(rows: Iterable[Record]) -> tuple[Record, ...]:
    numbers = [row.id for row in rows]
    return tuple(Record.objects.filter(id__in=mentions.naming(*numbers)).order_by("id")) if numbers else ()


def _subject(kind: Kind) -> str | None:
    field = kind.fields.get(kind.subject)
    return kind.subject if field is not None and field.type is FieldType.ORGANISATION else None
