"""A picture of numbers that stand in a table beside it; who sees no picture has the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Series:
    """`values` stand beside the chart's labels; None is not reported and leaves a gap."""

    title: str
    values: Sequence[int | Decimal | None]


@dataclass(frozen=True)
class Chart:
    """`links`: where each label leads. `target`: a line across. Shares are given as they are (0.98) with `percent`."""

    name: str
    title: str | Promise
    kind: Literal["bar", "line", "ranking"]  # ranking: bars lying down, one a row
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    target: int | Decimal | None = None
    percent: bool = False
    links: Sequence[str] = ()

    @property
    def data(self) -> dict[str, Any]:
        """For `json_script`."""
        told = asdict(self)
        for series in told["series"]:
            series["values"] = [None if value is None else float(value) for value in series["values"]]
        return told | {"title": str(self.title), "target": None if self.target is None else float(self.target)}


@dataclass(frozen=True)
class Place:
    code: str  # as the boundary file's `properties.code` says it
    name: str
    value: int | Decimal | None
    text: str
    link: str = ""


@dataclass(frozen=True)
class Map:
    """`boundaries`: the address of a GeoJSON file whose features bear `code`."""

    name: str
    title: str | Promise
    boundaries: str
    places: Sequence[Place]
    unit: str = ""
    percent: bool = False
    source: str = ""  # of the boundaries

    @property
    def data(self) -> list[dict[str, Any]]:
        return [asdict(place) | {"value": None if place.value is None else float(place.value)} for place in self.places]
