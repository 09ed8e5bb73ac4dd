"""Which texts are compared: what an organisation wrote itself, in the same field of the same register.

What it was given does not count: a form's ready phrases and its own name are cut out, and what is like a text that a
superior had filed before it was handed down.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from xianfeng.ledger import versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.likeness import Clearing
from xianfeng.registry.models import Designation, Organisation
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import Level


class Filed(NamedTuple):
    """A record whose field is compared."""

    number: int
    organisation: int
    place: int
    scheme: str  # the hash of its version


def kinds() -> Mapping[str, Kind]:
    """By register, those that organisations fill in themselves: neither what citizens ask nor what a room found."""
    known = ((scheme.key(kind.name), kind) for scheme in versions.all_current() for kind in scheme.kinds.values())
    return {register: kind for register, kind in known if not (kind.source or kind.requested or kind.intake)}


def fields(kind: Kind) -> tuple[Field, ...]:
    return tuple(
        field
        for field in kind.fields.values()
        if field.type.is_text and not (field.personal or field.retired or field.by or field.name in kind.kept)
    )


def filed(register: str) -> QuerySet[Record]:
    """Its records that somebody answers for, the earliest first."""
    return Record.objects.filter(register=register, level__gte=Level.FILED.rank).exclude(state=WITHDRAWN).order_by("id")


def parts(register: str, field: Field, kept: list[Filed]) -> Iterator[list[str]]:
    """The texts of a field, one by one, in parts; whose each is, is put into `kept`."""
    clearing = Clearing(field.phrases.values())
    names = _names(register)
    rows = filed(register).values_list("id", "organisation", "place", "scheme_id", "values")
    for number, organisation, place, scheme, values in rows.iterator():
        if text := json.loads(values).get(field.name):
            for name in names.get(organisation, ()):
                text = text.replace(name, " ")
            kept.append(Filed(number, organisation, place, scheme))
            yield clearing.parts(text)


def _names(register: str) -> Mapping[int, frozenset[str]]:
    """What those who filed are or were called."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    authors = filed(register).order_by().values("organisation")
    now = Organisation.objects.filter(id__in=authors).values_list("id", "name")
    before = Designation.objects.filter(organisation__in=authors).values_list("organisation", "name")
    for organisation, name in (*now, *before):
        found[organisation].add(name)
    return {organisation: frozenset(names) for organisation, names in found.items()}
