"""What is looked through: registers with what was filed in them, and what a rule says of some of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from xianfeng.ledger import versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.types import Level

_ALL = Q()


class Filed(NamedTuple):
    """A record, and who is asked about it: whoever filed it, or handled it."""

    number: int
    organisation: int
    place: int
    scheme: str  # the hash of its version
    day: dt.date


class Found(NamedTuple):
    """What a rule found: the record that it is about, the field, and what its sentence says besides the two."""

    record: Filed
    field: str
    told: Mapping[str, Any]
    other: int = 0  # the record that it is held against
    beside: tuple[int, ...] = ()  # records that belong to it too


@dataclass(frozen=True)
class Register:
    """`kinds`: what its records are in each campaign, with the campaign's scheme; the last holds where one has to."""

    name: str
    kinds: Mapping[str, tuple[Scheme, Kind]]

    @property
    def kind(self) -> Kind:
        return list(self.kinds.values())[-1][1]

    @property
    def by_organisations(self) -> bool:
        """Whether they fill it in themselves: neither what citizens ask nor what a room found."""
        return not (self.kind.of_evaluations or self.kind.requested or self.kind.intake)

    @property
    def filled_in(self) -> Iterator[Field]:
        """The fields in which whoever files says something himself."""
        for field in self.kind.fields.values():
            if not (field.personal or field.retired or field.by or field.name in self.kind.kept):
                yield field

    @property
    def records(self) -> QuerySet[Record]:
        """Those that somebody answers for, the earliest first."""
        held = Record.objects.filter(register=self.name, level__gte=Level.FILED.rank)
        return held.exclude(state=WITHDRAWN).order_by("id")

    def filed(self, among: Q = _ALL) -> Iterator[tuple[Filed, Mapping[str, Any]]]:
        """Each of them with its values."""
        rows = self.records.filter(among).values_list("id", "organisation", "place", "scheme_id", "day", "values")
        for number, organisation, place, scheme, day, values in rows.iterator():
            yield Filed(number, organisation, place, scheme, day), json.loads(values)


def registers() -> list[Register]:
    found: dict[str, dict[str, tuple[Scheme, Kind]]] = {}
    for scheme in versions.all_current():
        for kind in scheme.kinds.values():
            found.setdefault(scheme.key(kind.name), {})[scheme.name] = (scheme, kind)
    return [Register(name, kinds) for name, kinds in found.items()]
