"""Whose days hold where: those of the nearest organisation above that keeps a calendar, below a campaign's root.

A campaign binds organisations of many jurisdictions; a county that has a holiday or a season of its own counts by it.
Elsewhere the root's calendar holds, as `ROOT`. So a round has one deadline, and one more for each such jurisdiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from xianfeng.calendars import store
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.pausing import paused
from xianfeng.ledger import powers
from xianfeng.log.bulk import batched
from xianfeng.registry import chains
from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of
from xianfeng.scheme.nodes import Scheme

if TYPE_CHECKING:
    import duckdb

ROOT = 0  # wherever nobody below the root keeps a calendar
_AREAS = """
CREATE OR REPLACE TEMP TABLE areas AS
WITH RECURSIVE down(place, area) AS (
    SELECT id, CASE WHEN organisation IN ({own}) THEN organisation ELSE 0 END FROM places WHERE parent IS NULL
    UNION ALL
    SELECT p.id, CASE WHEN p.organisation IN ({own}) THEN p.organisation ELSE down.area END
    FROM down JOIN places AS p ON p.parent = down.place
)
SELECT place, area FROM down WHERE area > 0
"""
_NONE = "CREATE OR REPLACE TEMP TABLE areas(place BIGINT, area BIGINT)"


def calendars(scheme: Scheme) -> Mapping[int, WorkingCalendar]:
    """By which a campaign's deadlines are counted, by area."""
    root = powers.root_of(scheme)
    own = (one for one in store.having_tables() if one != root and root in chains.upwards(one))
    found = {ROOT: store.calendar(root), **{one: store.calendar(one) for one in sorted(own)}}
    return {area: paused(calendar, scheme) for area, calendar in found.items()}


def prepare(connection: duckdb.DuckDBPyConnection, areas: Iterable[int]) -> None:
    """Make the table `areas` of all places that lie in one: place, area."""
    own = ", ".join(f"{one:d}" for one in sorted(areas) if one != ROOT)
    connection.execute(_AREAS.format(own=own) if own else _NONE)


def of_places(places: Iterable[int], areas: Iterable[int]) -> dict[int, int]:
    """In which area each place lies."""
    own = set(areas) - {ROOT}
    wanted = set(places)
    if not own:
        return dict.fromkeys(wanted, ROOT)
    paths: dict[int, str] = {}
    for some in batched(wanted):
        paths.update(Place.objects.filter(id__in=some).values_list("id", "path"))
    keeping = dict(Place.objects.filter(organisation__in=own).values_list("id", "organisation_id"))
    return {
        place: next((keeping[above] for above in reversed(places_of(path)) if above in keeping), ROOT)
        for place, path in paths.items()
    }
