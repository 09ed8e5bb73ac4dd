"""Who stands above an organisation now, or stood when it ended: for what does not depend on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xianfeng.log.bulk import numbers
from xianfeng.registry.known import Known
from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of


def upwards(organisation: int) -> tuple[int, ...]:
    """The organisation itself and those above its newest place, the root of the tree last; empty when unknown."""
    return _UPWARDS.of(organisation)


def _upwards(organisations: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    chains: dict[int, tuple[int, ...]] = dict.fromkeys(organisations, ())
    for some in numbers(organisations):
        newest = Place.objects.filter(organisation__in=some).order_by("id").values_list("organisation", "path")
        chains.update((organisation, places_of(path)) for organisation, path in newest)
    held: dict[int, int] = {}
    for some in numbers(place for chain in chains.values() for place in chain):
        held.update(Place.objects.filter(id__in=some).values_list("id", "organisation"))
    return {organisation: tuple(held[place] for place in reversed(chain)) for organisation, chain in chains.items()}


_UPWARDS = Known(_upwards)
