"""Where an organisation stood on a day: the key under which its work counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Q

from xianfeng.log.bulk import numbers
from xianfeng.registry.models import Place
from xianfeng.registry.paths import span


def on(day: dt.date) -> Q:
    """The rows (places, affiliations, designations) that hold on a day: from `since` to before `until`."""
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def within(path: str, *, itself: bool = True) -> Q:
    """The places below one, whenever they held; with it, or without."""
    since, before = span(path)
    return Q(path__lt=before, **{"path__gte" if itself else "path__gt": since})


def at(organisations: Iterable[int], day: dt.date) -> dict[int, int]:
    """The place of each organisation on that day; who did not exist then is left out."""
    return _by_organisation(organisations, on(day))


def current(organisations: Iterable[int]) -> dict[int, int]:
    """The place of each organisation that is open, as far as is known."""
    return _by_organisation(organisations, Q(until=None))


def _by_organisation(organisations: Iterable[int], condition: Q) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in numbers(organisations):
        rows = Place.objects.filter(condition, organisation__in=some)
        found.update(rows.values_list("organisation_id", "id"))
    return found


def below(place: int, day: dt.date) -> Sequence[Place]:
    """A place and those under it that hold on or after a day, each after the one above it."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [place, day.isoformat()])
        ids = [row[0] for row in cursor.fetchall()]
    rows: list[Place] = []
    for some in numbers(ids):
        rows.extend(Place.objects.filter(id__in=some).select_related("organisation").order_by("id"))
    return rows


_BELOW = """
WITH RECURSIVE under (id) AS (
    SELECT id FROM registry_place WHERE id = %s
    UNION ALL
    SELECT place.id FROM registry_place AS place JOIN under ON place.parent_id = under.id
    WHERE place.until IS NULL OR place.until > %s
)
SELECT id FROM under
"""
