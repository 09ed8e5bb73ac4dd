"""What stands below a place, then and now."""

from __future__ import annotations

import pytest

from tests.registry.trees import DAY, chain, place_of, unit
from xianfeng.log.actors import CLOCK
from xianfeng.registry import places
from xianfeng.registry.actions import move
from xianfeng.registry.models import Place


@pytest.mark.django_db
def test_within_a_place_is_whatever_stood_there_with_it_or_without() -> None:
    city, county, town = chain("city", "county", "town")
    other = unit("other", city)
    move(organisation=town, parent=other, day=DAY, by=CLOCK)
    path = place_of(county, DAY).path

    def found(*, itself: bool) -> set[int]:
        return set(Place.objects.filter(places.within(path, itself=itself)).values_list("organisation_id", flat=True))

    assert (found(itself=True), found(itself=False)) == ({county, town}, {town})
