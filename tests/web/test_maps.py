"""Boundaries: an office's own file before any other, and only what lies under the division asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from xianfeng import paths
from xianfeng.web import maps

SQUARE = {"type": "Polygon", "coordinates": [[[119.123456, 26.0], [119.2, 26.0], [119.2, 26.1], [119.123456, 26.0]]]}


@pytest.fixture
def own() -> Iterator[Path]:
    codes = ("350121105", "350121108", "350122100", "350121", "350100")
    features = [{"type": "Feature", "properties": {"code": code}, "geometry": SQUARE} for code in codes]
    path = paths.data() / maps.OWN
    path.write_text(json.dumps({"type": "FeatureCollection", "source": "闽测绘审〔2024〕1号", "features": features}))
    yield path
    path.unlink()


def test_an_offices_own_file_comes_first_and_names_its_source(own: Path) -> None:
    assert maps.known("350121") == {"350121105", "350121108"}
    assert maps.known("350100") == {"350121"}
    assert maps.known("350000") == {"350100"}
    assert maps.source() == "闽测绘审〔2024〕1号"


@pytest.mark.django_db
def test_the_file_a_map_asks_for(own: Path) -> None:
    answer = Client(HTTP_HOST="127.0.0.1").get("/boundaries/350121.json")
    features = answer.json()["features"]
    assert [feature["properties"]["code"] for feature in features] == ["350121105", "350121108"]
    assert features[0]["geometry"]["coordinates"][0][0] == [119.1235, 26.0]
    assert Client(HTTP_HOST="127.0.0.1").get("/boundaries/999999.json").status_code == 404
