"""Who stands above an organisation now, or stood when it ended: for what does not depend on a day."""

from __future__ import annotations

from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of


def upwards(organisation: int) -> tuple[int, ...]:
    """The organisation itself and those above its newest place, the root of the tree last; empty when unknown."""
    newest = Place.objects.filter(organisation=organisation).order_by("-id").values_list("path", flat=True).first()
    if newest is None:
        return ()
    above = places_of(newest)
    held = dict(Place.objects.filter(id__in=above).values_list("id", "organisation_id"))
    return tuple(held[place] for place in reversed(above))
