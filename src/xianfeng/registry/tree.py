"""The tree as it was on a day: who was above whom, and what everybody was called then.

'As it is now' is the same question asked for today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from xianfeng.log.bulk import batched
from xianfeng.registry import places
from xianfeng.registry.changes import GONE
from xianfeng.registry.known import Known
from xianfeng.registry.lineage import Lineage, Names, Node
from xianfeng.registry.models import Designation, Organisation, Place
from xianfeng.remembered import once_a_page

__all__ = ["Node", "ancestors", "by_any_code", "by_any_codes", "by_code", "children", "is_above", "named", "path"]


def ancestors(organisation: int, day: dt.date) -> tuple[int, ...]:
    """The organisations above one on a day, nearest first; empty at the top, or when it did not exist then."""
    return _lineage().ancestors(organisation, day)


@once_a_page
def _lineage() -> Lineage:
    """What it has learnt is known to all parts of a page."""
    return Lineage()


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
    lineage = Lineage()
    place = lineage.place_if_any(organisation, day)
    chain = () if place is None else lineage.above(place)
    return tuple(node for held in reversed(chain) if (node := lineage.node(held, day)) is not None)


def named(organisations: Iterable[int], day: dt.date) -> dict[int, Node]:
    """What each organisation was called on a day, whether or not it existed then."""
    names = Names()
    names.learn(wanted := set(organisations))
    return {held: node for held in sorted(wanted) if (node := names.node(held, day)) is not None}


def by_code(code: str, day: dt.date | None = None) -> Organisation | None:
    """The organisation that bears a code; with a day, the one that bore it then."""
    if day is not None:
        former = _named_before(code).filter(places.on(day)).first()
        if former is not None:
            return former.organisation
    return Organisation.objects.filter(code=code).first()


def by_any_code(code: str) -> Organisation | None:
    """The organisation that bears a code or, failing that, bore it last."""
    return _BEARERS.of(code)


def by_any_codes(codes: Iterable[str]) -> Mapping[str, Organisation | None]:
    """The same of many."""
    return _BEARERS.each(codes)


def _bearers(codes: Collection[str]) -> Mapping[str, Organisation | None]:
    found = {row.code: row for some in batched(sorted(codes)) for row in Organisation.objects.filter(code__in=some)}
    return {code: found.get(code) or _last_bearer(code) for code in codes}


def _last_bearer(code: str) -> Organisation | None:
    former = _named_before(code).order_by("-until", "-id").first()
    return former.organisation if former else None


_BEARERS = Known(_bearers)


def _named_before(code: str) -> QuerySet[Designation]:
    """Former bearers of a code; not those that were taken back (see imports.undoing), which never were."""
    return (
        Designation.objects.filter(code=code)
        .exclude(organisation__code__startswith=GONE)
        .select_related("organisation")
    )
