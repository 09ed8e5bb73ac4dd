"""What lies within a reader's subtree, as questions about places and organisations.

Work lies where it was done: a record at its place. An organisation lies where it stands now, or stood last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xianfeng.log.bulk import batched
from xianfeng.registry import places
from xianfeng.registry.models import Place
from xianfeng.remembered import once_a_page

_STANDS = Q(ended_seq=F("organisation__ended_seq")) | Q(ended_seq=None, organisation__ended_seq=None)


@once_a_page
def holding(organisation: int) -> tuple[str, ...]:
    """The paths of all places that an organisation ever had; none of them lies under another."""
    found: list[str] = []
    for path in Place.objects.filter(organisation=organisation).order_by("path").values_list("path", flat=True):
        if not any(path.startswith(above) for above in found):
            found.append(path)
    return tuple(found)


@dataclass
class Reach:
    """Asked for one request; what was answered is kept."""

    paths: tuple[str, ...]
    _places: dict[int, bool] = field(default_factory=dict)
    _organisations: dict[int, bool] = field(default_factory=dict)

    def place(self, place: int) -> bool:
        return bool(self.places([place]))

    def organisation(self, organisation: int) -> bool:
        return bool(self.organisations([organisation]))

    def places(self, places: Iterable[int]) -> frozenset[int]:
        """Those that lie within."""
        wanted = set(places)
        for some in batched(sorted(wanted - self._places.keys())):
            rows = Place.objects.filter(self._within(), id__in=some) if self.paths else Place.objects.none()
            inside = set(rows.values_list("id", flat=True))
            self._places.update((place, place in inside) for place in some)
        return frozenset(place for place in wanted if self._places[place])

    def organisations(self, organisations: Iterable[int]) -> frozenset[int]:
        """Those that stand within now, or stood there last."""
        wanted = set(organisations)
        for some in batched(sorted(wanted - self._organisations.keys())):
            rows = Place.objects.filter(_STANDS, self._within(), organisation__in=some)
            inside = set(rows.values_list("organisation_id", flat=True)) if self.paths else set()
            self._organisations.update((one, one in inside) for one in some)
        return frozenset(one for one in wanted if self._organisations[one])

    def place_in(self, column: str) -> Q:
        """The same as a condition on rows with a place's number in `column`."""
        return self._exists(Q(id=OuterRef(column)))

    def organisation_in(self, column: str) -> Q:
        """The same as a condition on rows with an organisation's number in `column`."""
        return self._exists(_STANDS & Q(organisation_id=OuterRef(column)))

    def standing(self) -> QuerySet[Place, int]:
        """The organisations that stand within now, or stood there last: found once, where many rows are asked about."""
        rows = Place.objects.filter(_STANDS, self._within()) if self.paths else Place.objects.none()
        return rows.values_list("organisation_id", flat=True)

    def _exists(self, condition: Q) -> Q:
        if not self.paths:
            return Q(pk__in=[])
        return Q(Exists(Place.objects.filter(condition, self._within())))

    def _within(self) -> Q:
        within = Q()
        for path in self.paths:
            within |= places.within(path)
        return within
