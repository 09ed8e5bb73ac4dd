"""The registry as columns: numbered so that a subtree is an interval, and as it was known at an entry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.trees import DAY, LATER, chain, unit
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import head
from xianfeng.registry import places, preorder, snapshots
from xianfeng.registry.actions import close, move, raise_, rename


def rows(as_of: int | None = None) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    organisations, placed, _ = snapshots.snapshot(as_of)
    by_id = {row["id"]: row for row in organisations.to_pylist()}
    listed = [{**row, "code": by_id[row["organisation"]]["code"]} for row in placed.to_pylist()]
    return {row["code"]: row for row in by_id.values()}, listed


def codes_under(code: str, as_of: int | None = None) -> list[str]:
    """Whoever stands in the interval of the organisation's only place."""
    _, placed = rows(as_of)
    [top] = [row for row in placed if row["code"] == code]
    return sorted(row["code"] for row in placed if top["lo"] <= row["lo"] < top["hi"])


@given(st.lists(st.integers(-1, 40), max_size=40))
def test_everything_under_a_node_is_one_interval(parents: list[int]) -> None:
    above = np.array([min(parent, number - 1) for number, parent in enumerate(parents)], np.int64)
    lo, hi = preorder.number(np.arange(len(above)), above)
    assert sorted(lo) == list(range(len(above)))
    for node in range(len(above)):
        chain_, walk = set(), node
        while walk >= 0:
            chain_.add(walk)
            walk = int(above[walk])
        assert {other for other in range(len(above)) if lo[other] <= lo[node] < hi[other]} == chain_


@pytest.mark.django_db
def test_columns_hold_what_the_registry_knows() -> None:
    city = unit("city", type_="division")
    firm = unit("firm", city, founded=DAY, name="机械厂")
    organisations, placed = rows()
    assert organisations["firm"] == {
        "id": firm,
        "code": "firm",
        "name": "机械厂",
        "type": "unit",
        "level": "unit",
        "category": "",
        "founded": DAY,
        "closed": None,
        "successor": None,
    }
    here = places.current([city, firm])
    assert placed[1] == {
        "id": here[firm],
        "organisation": firm,
        "parent": here[city],
        "since": DAY,
        "until": None,
        "lo": 1,
        "hi": 2,
        "code": "firm",
    }


@pytest.mark.django_db
def test_a_snapshot_knows_nothing_of_later_entries() -> None:
    city, county, town = chain("city", "county", "town")
    other = unit("other", city)
    before = head()
    move(organisation=town, parent=other, day=DAY, by=CLOCK)
    rename(organisation=county, name="新名", code="new", day=DAY, by=CLOCK)
    rename(organisation=county, name="更新", code="newer", day=LATER, by=CLOCK)
    between = head()
    close(organisation=county, successor=other, day=LATER, by=CLOCK)
    assert codes_under("county", before) == ["county", "town"]
    assert codes_under("other", before) == ["other"]
    assert codes_under("other", between) == ["other", "town"]
    told, placed = rows(between)
    assert (told["newer"]["closed"], told["newer"]["successor"]) == (None, None)
    assert [row["until"] for row in placed if row["code"] == "town"] == [DAY, None]
    told, _ = rows()
    assert (told["newer"]["closed"], told["newer"]["successor"]) == (LATER, other)


@pytest.mark.django_db
def test_a_snapshot_tells_what_organisations_were_called_before() -> None:
    _, county = chain("city", "county")
    rename(organisation=county, name="新名", code="new", day=DAY, by=CLOCK)
    between = head()
    raise_(organisation=county, level="city", category="urban", day=LATER, by=CLOCK)
    was = {"organisation": county, "code": "county", "name": "county单位", "level": "unit", "category": ""}
    then = {**was, "code": "new", "name": "新名"}
    before, after = snapshots.snapshot(between)[2].to_pylist(), snapshots.snapshot()[2].to_pylist()
    assert before == [{**was, "since": None, "until": DAY}]
    assert after == [*before, {**then, "since": DAY, "until": LATER}]


@pytest.mark.django_db
def test_a_snapshot_is_read_again_only_after_a_registry_entry() -> None:
    city = unit("city")
    first, *_ = snapshots.snapshot()
    assert snapshots.snapshot()[0] is first
    unit("county", city)
    later, *_ = snapshots.snapshot()
    assert later.num_rows == 2
    assert snapshots.snapshot(city)[0].num_rows == 1


@pytest.mark.django_db
def test_as_of_an_entry_not_yet_written_nothing_is_remembered() -> None:
    city, _ = chain("city", "county")
    ahead = head() + 100
    assert set(rows(ahead)[0]) == {"city", "county"}
    unit("firm", city)
    assert set(rows(ahead)[0]) == set(rows()[0]) == {"city", "county", "firm"}
