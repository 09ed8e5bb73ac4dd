"""Every measure of the schemes that come with the program can be asked, broken down and opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.figures.engines import ENGINES
from tests.figures.worlds import World
from xianfeng.figures.interface import Query
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme

SCHEMES = Path(__file__).parents[2] / "schemes"


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("name", sorted(path.parent.name for path in SCHEMES.glob("*/scheme.yaml")))
def test_every_measure_can_be_asked(name: str, engine: str, tmp_path: Path) -> None:
    scheme = load(SCHEMES / name)
    assert isinstance(scheme, Scheme), scheme
    world = World(scheme, epoch=name)
    root = world.found(None, level="city")
    world.organisations[root].code = scheme.at
    village = world.found(root, category="village")
    figures = ENGINES[engine](world, tmp_path)
    for measure in scheme.measures:
        query = Query(scheme=scheme.hash, measure=measure, organisation=root, until=scheme.until)
        assert figures.figure(query).records == 0
        assert [row.key for row in figures.breakdown(query, "children")][:1] == [village]
        assert all(each.record is None for each in figures.trace(query).records)
