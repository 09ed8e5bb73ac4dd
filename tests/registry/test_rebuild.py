"""Whatever happens to the tree, its tables are what its entries say, and no value is lost or counted twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import given, settings

from tests.registry.events import STEPS, play
from tests.registry.trees import DAY, EARLY, chain, unit
from xianfeng.registry import places, rebuild, snapshots
from xianfeng.registry.models import Affiliation, Organisation, Place

pytestmark = pytest.mark.django_db


@given(STEPS)
@settings(max_examples=40)
def test_any_sequence_of_events_rebuilds_to_the_same_registry(steps: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        root, work = play(steps)
        assert rebuild.compare() == []
        _one_place_a_day()
        _nothing_lost(root, work)
        transaction.set_rollback(True)


def _one_place_a_day() -> None:
    """Nobody ever stands at two places, and everybody open has one counting parent."""
    for offset in (-1000, 0, 7, 20, 50):
        day = DAY + dt.timedelta(days=offset)
        standing = Place.objects.filter(places.on(day)).values_list("organisation_id", flat=True)
        assert len(standing) == len(set(standing))
    open_ids = set(Organisation.objects.filter(closed=None).values_list("id", flat=True))
    counting = Affiliation.objects.filter(relation="counting", until=None).values_list("organisation_id", flat=True)
    assert sorted(counting) == sorted(open_ids)
    assert set(places.current(open_ids)) == open_ids


def _nothing_lost(root: int, work: Counter[int]) -> None:
    """The root's places and all under them hold every piece of work."""
    _, placed, _ = snapshots.snapshot()
    rows = {row["id"]: row for row in placed.to_pylist()}
    tops = [row for row in rows.values() if row["organisation"] == root]
    then = {id_ for id_, row in rows.items() if any(top["lo"] <= row["lo"] < top["hi"] for top in tops)}
    if Organisation.objects.get(id=root).closed is None:
        assert set(work) <= then


def test_a_changed_table_shows() -> None:
    _, county = chain("city", "county")
    unit("firm", county, founded=EARLY)
    Organisation.objects.filter(id=county).update(name="别名")
    Place.objects.filter(organisation__code="firm").update(until=DAY)
    tables = [difference.table for difference in rebuild.compare()]
    assert sorted(tables) == ["organisation", "organisation", "place", "place"]
