"""Whatever happens to the tree, its tables are what its entries say, and no value is lost or counted twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.trees import DAY, EARLY, chain, unit
from xianfeng.log.actors import CLOCK
from xianfeng.problems import Problem
from xianfeng.registry import actions, places, rebuild, snapshots
from xianfeng.registry.models import Affiliation, Organisation, Place

pytestmark = pytest.mark.django_db

_KINDS = ("found", "found_late", "move", "rename", "raise", "affiliate", "merge", "split", "close")
_steps = st.lists(
    st.tuples(st.sampled_from(_KINDS), st.integers(0, 30), st.integers(0, 30), st.integers(0, 40)), max_size=25
)


@given(_steps)
@settings(max_examples=40)
def test_any_sequence_of_events_rebuilds_to_the_same_registry(steps: list[tuple[str, int, int, int]]) -> None:
    with transaction.atomic():
        root, work = _play(steps)
        assert rebuild.compare() == []
        _one_place_a_day()
        _nothing_lost(root, work)
        transaction.set_rollback(True)


def _play(steps: list[tuple[str, int, int, int]]) -> tuple[int, Counter[int]]:
    """Take the steps that the registry allows; after each, every open organisation does one piece of work."""
    ids = chain("root", "a", "b", "c")
    ids += [unit(f"{ids[place]}-{number}", ids[place]) for place in (0, 1, 2) for number in (1, 2)]
    work: Counter[int] = Counter()
    for number, (kind, one, other, days) in enumerate(steps):
        day = DAY + dt.timedelta(days=days)
        first, second = ids[one % len(ids)], ids[other % len(ids)]
        try:
            with transaction.atomic():
                made = _take(kind, first, second, day, number)
        except Problem:
            continue
        ids.extend(made)
        work.update(places.current(ids).values())
    return ids[0], work


def _take(kind: str, first: int, second: int, day: dt.date, number: int) -> list[int]:
    told: dict[str, Any] = {"day": day, "by": CLOCK}
    match kind:
        case "found":
            return [unit(f"n{number}", first)]
        case "found_late":
            return [unit(f"n{number}", first, founded=day)]
        case "move":
            actions.move(organisation=first, parent=second, **told)
        case "rename":
            actions.rename(organisation=first, name=f"名{number}", code=f"r{number}", **told)
        case "raise":
            actions.raise_(organisation=first, level=f"level{number}", **told)
        case "affiliate":
            actions.affiliate(organisation=first, parent=second, **told)
        case "merge":
            actions.merge(organisations=[first], into=second, **told)
        case "split":
            parts = [unit(f"p{number}", second), unit(f"q{number}", second)]
            below = Place.objects.filter(parent__organisation=first, until=None)
            children = {id_: parts[id_ % 2] for id_ in below.values_list("organisation_id", flat=True)}
            children = {child: part for child, part in children.items() if child not in parts}
            actions.split(organisation=first, into=parts, heir=parts[0], children=children, **told)
            return parts
        case "close":
            actions.close(organisation=first, **told)
    return []


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
