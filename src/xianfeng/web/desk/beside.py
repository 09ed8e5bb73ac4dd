"""A record's figure beside last time's of the same unit and beside its neighbours': whether it can be true at a glance.

Two questions to the database for all records of a page.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.registry.models import Place
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType, Level

_LOOKED_AT = 2000  # of the neighbours' latest records, over all kinds on the page


@dataclass(frozen=True)
class Beside:
    """`last` None: nothing before it. `median` is of the latest record of each of so many neighbours."""

    title: str = ""
    unit: str = ""
    value: Decimal | None = None
    last: Decimal | None = None
    median: Decimal | None = None
    neighbours: int = 0


def figure_of(kind: Kind) -> Field | None:
    """The number by which a record of the kind is judged first: the first that it asks for."""
    for one in kind.fields.values():
        if not one.personal and not one.retired and (one.type.is_number or one.type is FieldType.TALLY):
            return one
    return None


def beside(records: Sequence[Record]) -> dict[int, Beside]:
    kinds = {record.id: versions.scheme(record.scheme_id).kinds[record.kind] for record in records}
    parents = dict(Place.objects.filter(id__in={record.place for record in records}).values_list("id", "parent_id"))
    last, near = _last(records), _near(records, {one for one in parents.values() if one is not None})
    found = {}
    for record in records:
        one = figure_of(kinds[record.id])
        if one is None:
            continue
        around = near[parents.get(record.place), record.register]
        numbers = [
            number
            for unit, values in around.items()
            if unit != record.organisation and (number := _number(one, values)) is not None
        ]
        found[record.id] = Beside(
            title=one.title,
            unit=one.unit,
            value=_number(one, record.values),
            last=_number(one, last.get(record.id)),
            median=statistics.median(numbers) if numbers else None,
            neighbours=len(numbers),
        )
    return found


def _last(records: Sequence[Record]) -> dict[int, str | None]:
    before = Record.objects.filter(
        organisation=OuterRef("organisation"),
        register=OuterRef("register"),
        id__lt=OuterRef("id"),
        level__gt=Level.NONE.rank,
    ).order_by("-id")
    rows = Record.objects.filter(id__in=[record.id for record in records])
    return dict(rows.annotate(last=Subquery(before.values("values")[:1])).values_list("id", "last"))


def _near(records: Sequence[Record], parents: set[int]) -> defaultdict[tuple[int | None, str], dict[int, str]]:
    """The latest record of each neighbour, by the place above them and by register."""
    above = Place.objects.filter(id=OuterRef("place")).values("parent_id")[:1]
    rows = (
        Record.objects.filter(
            place__in=Place.objects.filter(parent__in=parents).values("id"),
            register__in={record.register for record in records},
            level__gt=Level.NONE.rank,
        )
        .annotate(above=Subquery(above))
        .order_by("-id")
        .values_list("above", "register", "organisation", "values")[:_LOOKED_AT]
    )
    found: defaultdict[tuple[int | None, str], dict[int, str]] = defaultdict(dict)
    for parent, register, organisation, values in rows:
        found[parent, register].setdefault(organisation, values)
    return found


def _number(one: Field, values: str | None) -> Decimal | None:
    said = json.loads(values).get(one.name) if values else None
    if said is None:
        return None
    return Decimal(sum(said.values())) if isinstance(said, dict) else Decimal(str(said))
