"""What lies within a reader's subtree, as questions about places and organisations.

Work lies where it was done: a record at its place. An organisation lies where it stands now, or stood last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from xianfeng.log.bulk import batched
from xianfeng.registry import places
from xianfeng.registry.known import Known
from xianfeng.registry.models import Place

_STANDS = Q(ended_seq=F("organisation__ended_seq")) | Q(ended_seq=None, organisation__ended_seq=None)


def holding(organisation: int) -> tuple[str, ...]:
    """The paths of all places that an organisation ever had; none of them lies under another."""
    return _HOLDING.of(organisation)


def _holding(organisation: int) -> tuple[str, ...]:
    found: list[str] = []
    for path in Place.objects.filter(organisation=organisation).order_by("path").values_list("path", flat=True):
        if not any(path.startswith(above) for above in found):
            found.append(path)
    return tuple(found)


_HOLDING = Known.each_by_itself(_holding)


def _standing(asked: Collection[tuple[tuple[str, ...], int]]) -> Mapping[tuple[tuple[str, ...], int], bool]:
    """By paths and organisation, whether it stands within them now, or stood there last."""
    by_paths: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for paths, organisation in asked:
        by_paths[paths].append(organisation)
    found = dict.fromkeys(asked, False)
    for paths, organisations in by_paths.items():
        for some in batched(sorted(organisations)) if paths else ():
            rows = Place.objects.filter(_STANDS, _within(paths), organisation__in=some)
            found.update(((paths, one), True) for one in rows.values_list("organisation_id", flat=True))
    return found


_STANDING = Known(_standing)


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
            rows = Place.objects.filter(_within(self.paths), id__in=some) if self.paths else Place.objects.none()
            inside = set(rows.values_list("id", flat=True))
            self._places.update((place, place in inside) for place in some)
        return frozenset(place for place in wanted if self._places[place])

    def organisations(self, organisations: Iterable[int]) -> frozenset[int]:
        """Those that stand within now, or stood there last."""
        wanted = set(organisations)
        found = _STANDING.each((self.paths, one) for one in wanted - self._organisations.keys())
        self._organisations.update((one, inside) for (_, one), inside in found.items())
        return frozenset(one for one in wanted if self._organisations[one])

    def place_in(self, column: str) -> Q:
        """The same as a condition on rows with a place's number in `column`."""
        return self._exists(Q(id=OuterRef(column)))

    def organisation_in(self, column: str) -> Q:
        """The same as a condition on rows with an organisation's number in `column`."""
        return self._exists(_STANDS & Q(organisation_id=OuterRef(column)))

    def standing(self) -> QuerySet[Place, int]:
        """The organisations that stand within now, or stood there last: found once, where many rows are asked about."""
        rows = Place.objects.filter(_STANDS, _within(self.paths)) if self.paths else Place.objects.none()
        return rows.values_list("organisation_id", flat=True)

    def _exists(self, condition: Q) -> Q:
        if not self.paths:
            return Q(pk__in=[])
        return Q(Exists(Place.objects.filter(condition, _within(self.paths))))


def _within(paths: Iterable[str]) -> Q:
    within = Q()
    for path in paths:
        within |= places.within(path)
    return within
