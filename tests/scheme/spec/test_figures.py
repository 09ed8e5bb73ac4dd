"""The specifications of measures hold on every figures engine, over a small world in memory."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.figures.engines import ENGINES
from tests.figures.worlds import World
from tests.scheme.spec.measures import SPECS, TREE, MeasureSpec
from xianfeng.figures.interface import Figure, Query
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType, Level

LEVELS = list(Level)
TIERS = {"市": "city", "甲县": "county", "丙县": "county"}


def world_of(spec: MeasureSpec) -> tuple[World, Mapping[str, int]]:
    world, ids = World(spec.loaded()), dict[str, int]()
    for name, parent in TREE.items():
        ids[name] = world.found(ids.get(parent), level=TIERS.get(name, "village"))
    world.organisations[ids["市"]].code = world.campaign.at
    assert spec.given
    for row in spec.given.rows:
        file(world, ids, dict(zip(spec.given.columns, row, strict=True)))
    return world, ids


def file(world: World, ids: Mapping[str, int], row: dict[str, str]) -> None:
    kind = world.campaign.kinds[row.pop("台账")]
    organisation, day, states = ids[row.pop("组织")], row.pop("日期"), row.pop("状态").split("、")
    entered = {state: at or day for state, _, at in (each.partition("@") for each in states)}
    *_, last = entered
    filled = [(name, text) for name, text in row.items() if text and name in kind.figure_fields]
    values = {name: held(kind, name, text, ids) for name, text in filled}
    record = world.file(
        kind.name,
        organisation,
        dt.date.fromisoformat(day),
        state=last,
        level=LEVELS.index(kind.flow.states[last].level),
        entered=entered,
        subject=values.get(kind.subject),
        **values,
    )
    if last == "withdrawn":
        world.withdraw(record)


def held(kind: Kind, name: str, text: str, ids: Mapping[str, int]) -> Any:
    """As a record holds it: money and decimals are texts, organisations are numbers."""
    if kind.fields[name].type is FieldType.ORGANISATION:
        return ids[text]
    kept_as_text = (FieldType.MONEY, FieldType.DECIMAL, FieldType.CHOICE, FieldType.DATE)
    return text if kind.fields[name].type in kept_as_text else json.loads(text)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_figures(spec: MeasureSpec, engine: str, tmp_path: Path) -> None:
    world, ids = world_of(spec)
    figures = ENGINES[engine](world, tmp_path)
    got = []
    for measure, organisation, since, until, _, *owed in spec.figures.rows:
        query = Query(
            scheme=world.campaign.hash,
            measure=measure,
            organisation=ids[organisation],
            since=dt.date.fromisoformat(since) if since else None,
            until=dt.date.fromisoformat(until),
        )
        found = figures.figure(query)
        value = "–" if found.value is None else str(found.value)
        got.append((measure, organisation, since, until, value, *_owed(found)[: len(owed)]))
    assert tuple(got) == spec.figures.rows


def _owed(figure: Figure) -> tuple[str, str]:
    return str(figure.expected), str(figure.missing)
