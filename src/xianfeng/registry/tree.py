"""The tree as it was on a day: who was above whom, and what everybody was called then.

'As it is now' is the same question asked for today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from xianfeng.registry import places
from xianfeng.registry.changes import GONE
from xianfeng.registry.models import Designation, Organisation, Place


@dataclass(frozen=True, kw_only=True)
class Node:
    """An organisation with what it was called on the day that was asked for."""

    id: int
    code: str
    name: str
    type: str
    level: str
    category: str


def ancestors(organisation: int, day: dt.date) -> tuple[int, ...]:
    """The organisations above one on a day, nearest first; empty at the top, or when it did not exist then."""
    place = places.at([organisation], day).get(organisation)
    if place is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [place])
        return tuple(row[0] for row in cursor.fetchall())[1:]


def is_above(above: int, below: int, day: dt.date) -> bool:
    """Whether the first stood above the second on that day; nobody stands above himself."""
    return above in ancestors(below, day)


def children(organisation: int, day: dt.date, *, type_: str = "") -> tuple[Node, ...]:
    """Those directly under an organisation on a day, by code; of one type if asked for."""
    place = places.at([organisation], day).get(organisation)
    if place is None:
        return ()
    rows = Place.objects.filter(places.on(day), parent=place)
    if type_:
        rows = rows.filter(organisation__type=type_)
    found = named(rows.values_list("organisation_id", flat=True), day)
    return tuple(sorted(found.values(), key=lambda node: node.code))


def path(organisation: int, day: dt.date) -> tuple[Node, ...]:
    """From the top down to the organisation itself; empty when it did not exist then."""
    if not places.at([organisation], day):
        return ()
    chain = (organisation, *ancestors(organisation, day))
    nodes = named(chain, day)
    return tuple(nodes[id_] for id_ in reversed(chain))


def named(organisations: Iterable[int], day: dt.date) -> dict[int, Node]:
    """What each organisation was called on a day, whether or not it existed then."""
    nodes: dict[int, Node] = {}
    for some in places.chunks(sorted(set(organisations))):
        rows = Organisation.objects.filter(id__in=some)
        nodes.update({row.id: _node(row, row) for row in rows})
        former = Designation.objects.filter(places.on(day), organisation__in=some).select_related("organisation")
        nodes.update({row.organisation_id: _node(row.organisation, row) for row in former.order_by("id")})
    return nodes


def by_code(code: str, day: dt.date | None = None) -> Organisation | None:
    """The organisation that bears a code; with a day, the one that bore it then."""
    if day is not None:
        former = _named_before(code).filter(places.on(day)).first()
        if former is not None:
            return former.organisation
    return Organisation.objects.filter(code=code).first()


def by_any_code(code: str) -> Organisation | None:
    """The organisation that bears a code or, failing that, bore it last."""
    current = Organisation.objects.filter(code=code).first()
    if current is not None:
        return current
    former = _named_before(code).order_by("-until", "-id").first()
    return former.organisation if former else None


def _named_before(code: str) -> QuerySet[Designation]:
    """Former bearers of a code; not those that were taken back (see imports.undoing), which never were."""
    return (
        Designation.objects.filter(code=code)
        .exclude(organisation__code__startswith=GONE)
        .select_related("organisation")
    )


def _node(row: Organisation, called: Organisation | Designation) -> Node:
    return Node(
        id=row.id, code=called.code, name=called.name, type=row.type, level=called.level, category=called.category
    )


_ABOVE = """
WITH RECURSIVE above (id, depth) AS (
    SELECT id, 0 FROM registry_place WHERE id = %s
    UNION ALL
    SELECT place.parent_id, above.depth + 1 FROM registry_place AS place JOIN above ON place.id = above.id
    WHERE place.parent_id IS NOT NULL
)
SELECT place.organisation_id FROM registry_place AS place JOIN above ON place.id = above.id ORDER BY above.depth
"""
