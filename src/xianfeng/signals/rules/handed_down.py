"""What a superior had filed before is no copy: it was handed down to be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xianfeng.log import bulk
from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of
from xianfeng.signals.filed import Filed, Found


def without(alike: Iterable[tuple[Filed, Found]]) -> Iterator[Found]:
    """Of what is like an earlier record, that which is not like one filed above it."""
    held = list(alike)
    above = _above(found.record.place for _, found in held)
    for earlier, found in held:
        if earlier.place not in above[found.record.place]:
            yield found


def _above(held: Iterable[int]) -> dict[int, frozenset[int]]:
    """The places over each of these."""
    paths: dict[int, str] = {}
    for some in bulk.numbers(held):
        paths.update(Place.objects.filter(id__in=some).values_list("id", "path"))
    return {place: frozenset(places_of(path)) - {place} for place, path in paths.items()}
