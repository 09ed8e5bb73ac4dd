"""A record's figure beside last time's of the same unit and beside its neighbours': whether it can be true at a glance.

Neighbours are the units of its type and level that the same reader looks after. A few questions to the database for
all records of a page.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from xianfeng.accounts.reach import Reach
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.registry.models import Organisation
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


Sort = tuple[str, str]  # an organisation's type and level


def figure_of(kind: Kind, said: Mapping[str, object]) -> Field | None:
    """The number by which a record of the kind is judged first: the first that it has to give, or else does give.

    The number of a proposal says nothing of whom it was made for."""
    named = kind.decided.proposal if kind.decided else ""
    asked = [
        one
        for one in kind.fields.values()
        if not (one.personal or one.retired or one.name in kind.kept or one.name == named)
        and (one.type.is_number or one.type is FieldType.TALLY)
    ]
    return next((one for one in asked if one.required or one.name in said), asked[0] if asked else None)


def beside(records: Sequence[Record], reach: Reach) -> dict[int, Beside]:
    """By record; `reach`: whom the reader looks after."""
    figures = {record.id: one for record in records if (one := _figure(record)) is not None}
    records = [record for record in records if record.id in figures]
    latest = _latest({record.register for record in records}, reach)
    sorts = _sorts({record.organisation for record in records} | {unit for each in latest.values() for unit in each})
    last = _last(records)
    asked = {(record.register, figures[record.id].name): figures[record.id] for record in records}
    known = {
        (register, name): {unit: _number(one, values) for unit, values in latest[register].items()}
        for (register, name), one in asked.items()
    }
    found = {}
    for record in records:
        one = figures[record.id]
        numbers = [
            number
            for unit, number in known[record.register, one.name].items()
            if number is not None and unit != record.organisation and sorts[unit] == sorts[record.organisation]
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


def _figure(record: Record) -> Field | None:
    return figure_of(versions.scheme(record.scheme_id).kinds[record.kind], json.loads(record.values))


def _last(records: Sequence[Record]) -> dict[int, str | None]:
    before = Record.objects.filter(
        organisation=OuterRef("organisation"),
        register=OuterRef("register"),
        id__lt=OuterRef("id"),
        level__gt=Level.NONE.rank,
    ).order_by("-id")
    rows = Record.objects.filter(id__in=[record.id for record in records])
    return dict(rows.annotate(last=Subquery(before.values("values")[:1])).values_list("id", "last"))


def _latest(registers: set[str], reach: Reach) -> defaultdict[str, dict[int, str]]:
    """The latest record of each unit, by register."""
    rows = Record.objects.filter(reach.place_in("place"), register__in=registers, level__gt=Level.NONE.rank)
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for register, unit, values in rows.order_by("-id").values_list("register", "organisation", "values")[:_LOOKED_AT]:
        found[register].setdefault(unit, values)
    return found


def _sorts(units: Iterable[int]) -> dict[int, Sort]:
    rows = Organisation.objects.filter(id__in=set(units)).values_list("id", "type", "level")
    return {unit: (type_, level) for unit, type_, level in rows}


def _number(one: Field, values: str | None) -> Decimal | None:
    said = json.loads(values).get(one.name) if values else None
    if said is None:
        return None
    return Decimal(sum(said.values())) if isinstance(said, dict) else Decimal(str(said))
