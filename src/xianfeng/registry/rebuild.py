"""Whether the registry's tables are what its entries say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from xianfeng.registry.models import (
    Affiliation,
    Appointment,
    Designation,
    Imported,
    Membership,
    Organisation,
    Person,
    Place,
)
from xianfeng.registry.replay import Registry, Stretch, replay

_ORGANISATION = ("code", "name", "type", "level", "category", "founded", "closed", "successor_id", "ended_seq")
_CALLED = ("organisation_id", "code", "name", "level", "category", "since", "until", "seq")
_AFFILIATION = ("organisation_id", "parent_id", "relation", "since", "until", "seq", "ended_seq")
_PLACE = ("organisation_id", "parent_id", "path", "since", "until", "seq", "ended_seq")
_APPOINTMENT = ("person_id", "organisation_id", "role", "since", "until", "ended_seq")
_MEMBERSHIP = ("person_id", "organisation_id", "since", "until", "ended_seq")
_IMPORTED = ("name", "sha256", "kind", "first", "last", "undone_seq")
_Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A row of a table that is not what the entries say; None: there is no such row."""

    table: str
    kept: _Row | None
    rebuilt: _Row | None


def compare() -> list[Difference]:
    """Every difference between the tables and what is rebuilt from the entries; none when all is well."""
    return [difference for pair in _tables(replay()) for difference in _differences(*pair)]


def _tables(registry: Registry) -> Iterator[tuple[str, Iterable[_Row], dict[_Row, int]]]:
    """Each table's rows as they are kept, and as they are rebuilt (with how often each is there)."""
    nodes = (
        (id_, n.code, n.name, n.type, n.level, n.category, n.founded, n.closed, n.successor, n.ended_seq)
        for id_, n in registry.nodes.items()
    )
    yield "organisation", _kept(Organisation, ("id", *_ORGANISATION)), _counted(nodes)
    called = (one for some in registry.called.values() for one in some)
    yield "designation", _kept(Designation, _CALLED), _counted(called)
    held = (_affiliation(one) for some in registry.affiliations.values() for one in some)
    yield "affiliation", _kept(Affiliation, _AFFILIATION), _counted(held)
    places = (
        (id_, p.of, p.parent, registry.paths[id_], p.since, p.until, p.seq, p.ended_seq)
        for id_, p in registry.places.items()
    )
    yield "place", _kept(Place, ("id", *_PLACE)), _counted(places)
    yield "person", _kept(Person, ("id", "code")), _counted(registry.people.items())
    appointments = (
        (id_, a.person, a.organisation, a.role, a.since, a.until, a.ended_seq)
        for id_, a in registry.appointments.items()
    )
    yield "appointment", _kept(Appointment, ("id", *_APPOINTMENT)), _counted(appointments)
    memberships = (
        (id_, m.person, m.organisation, m.since, m.until, m.ended_seq) for id_, m in registry.memberships.items()
    )
    yield "membership", _kept(Membership, ("id", *_MEMBERSHIP)), _counted(memberships)
    imports = ((id_, i.name, i.sha256, i.kind, i.first, i.last, i.undone_seq) for id_, i in registry.imports.items())
    yield "import", _kept(Imported, ("id", *_IMPORTED)), _counted(imports)


def _affiliation(one: Stretch) -> _Row:
    return (one.of, one.parent, one.relation, one.since, one.until, one.seq, one.ended_seq)


def _kept(model: type[models.Model], columns: tuple[str, ...]) -> Iterator[_Row]:
    for row in model._default_manager.order_by("pk").values_list(*columns).iterator(chunk_size=5_000):
        yield tuple(value.isoformat() if isinstance(value, dt.date) else value for value in row)


def _counted(rows: Iterable[_Row]) -> dict[_Row, int]:
    counts: dict[_Row, int] = {}
    for row in rows:
        counts[row] = counts.get(row, 0) + 1
    return counts


def _differences(table: str, kept: Iterable[_Row], rebuilt: dict[_Row, int]) -> Iterator[Difference]:
    for row in kept:
        if rebuilt.get(row, 0):
            rebuilt[row] -= 1
        else:
            yield Difference(table=table, kept=row, rebuilt=None)
    for row, times in rebuilt.items():
        for _ in range(times):
            yield Difference(table=table, kept=None, rebuilt=row)
