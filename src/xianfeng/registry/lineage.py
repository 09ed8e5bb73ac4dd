"""Who stood where on a day, under whom, and what they were called: the registry asked once for however many.

Filing, guards and pages ask the same questions of one organisation or of a hundred thousand. A `Lineage` is told whom
it will be asked about, fetches what it does not know yet in a handful of queries, and lives as long as one request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xianfeng.log.bulk import numbers
from xianfeng.problems import Problem
from xianfeng.registry.known import Known
from xianfeng.registry.models import Designation, Organisation, Place
from xianfeng.sentences import say

_Held = tuple[int, tuple[int, int | None]]  # a place, with its organisation and parent place
Days = tuple[dt.date | None, dt.date | None]  # from a day to before a day; None: open on that side


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """An organisation with what it was called on the day that was asked for."""

    id: int
    code: str
    name: str
    type: str
    level: str
    category: str


class _Called(NamedTuple):
    """What an organisation is called, and what it was called before; later ones come later."""

    now: Node | None
    former: tuple[tuple[Days, Node], ...]


def _called(organisations: Collection[int]) -> Mapping[int, _Called]:
    found = dict.fromkeys(organisations, _Called(None, ()))
    for some in numbers(found):
        found.update((row.id, _Called(_node(row, row), ())) for row in Organisation.objects.filter(id__in=some))
        former = Designation.objects.filter(organisation__in=some).select_related("organisation")
        for row in former.order_by("id"):
            called, before = ((row.since, row.until), _node(row.organisation, row)), found[row.organisation_id]
            found[row.organisation_id] = before._replace(former=(*before.former, called))
    return found


class _Stood(NamedTuple):
    """Its places by days; these and all places above them, each with its organisation and parent."""

    stays: tuple[tuple[Days, int], ...]
    places: tuple[_Held, ...]


def _stood(organisations: Collection[int]) -> Mapping[int, _Stood]:
    found = dict.fromkeys(organisations, _Stood((), ()))
    for some in numbers(organisations):
        places: dict[int, tuple[int, int | None]] = {}
        stays: dict[int, list[tuple[Days, int]]] = {organisation: [] for organisation in some}
        for place in Place.objects.raw(_WITH_ALL_ABOVE.format(", ".join(["%s"] * len(some))), some):
            places[place.id] = (place.organisation_id, place.parent_id)
            if place.organisation_id in stays:
                stays[place.organisation_id].append(((place.since, place.until), place.id))
        for organisation, those in stays.items():
            found[organisation] = _Stood(tuple(those), tuple(_above([place for _, place in those], places)))
    return found


def _above(held: Iterable[int], places: Mapping[int, tuple[int, int | None]]) -> Iterator[_Held]:
    for place in held:
        above: int | None = place
        while above is not None:
            yield above, places[above]
            _, above = places[above]


_CALLED, _STOOD = Known(_called), Known(_stood)


class Names:
    """What organisations were called on a day, whether or not they existed then."""

    def __init__(self) -> None:
        self._called: dict[int, _Called] = {}

    def learn(self, organisations: Iterable[int]) -> None:
        self._called.update(_CALLED.each(set(organisations) - self._called.keys()))

    def knows(self, organisation: int) -> bool:
        return organisation in self._called

    def node(self, organisation: int, day: dt.date) -> Node | None:
        """None: there is no such organisation."""
        if not self.knows(organisation):
            self.learn([organisation])
        called = self._called[organisation]
        return next((node for days, node in reversed(called.former) if _covers(days, day)), called.now)


class Lineage:
    """Where organisations stood, and under whom."""

    def __init__(self) -> None:
        self._stays: dict[int, tuple[tuple[Days, int], ...]] = {}
        self._places: dict[int, tuple[int, int | None]] = {}  # place -> (organisation, parent place)
        self._chains: dict[int, tuple[int, ...]] = {}
        self._names = Names()

    def learn(self, organisations: Iterable[int]) -> None:
        """Fetch what is not yet known of these organisations, in one query for every few thousand."""
        for organisation, stood in _STOOD.each(set(organisations) - self._stays.keys()).items():
            self._stays[organisation] = stood.stays
            self._places.update(stood.places)

    def place(self, organisation: int, day: dt.date) -> int:
        """The place of an organisation on a day; a Problem when it does not exist on that day."""
        place = self.place_if_any(organisation, day)
        if place is None:
            raise self._nowhere(organisation, day)
        return place

    def place_if_any(self, organisation: int, day: dt.date) -> int | None:
        if organisation not in self._stays:
            self.learn([organisation])
        for days, place in self._stays[organisation]:
            if _covers(days, day):
                return place
        return None

    def above(self, place: int) -> tuple[int, ...]:
        """The organisations above a place, its own first, the root of the tree last."""
        if place not in self._chains:
            organisation, parent = self._places[place]
            self._chains[place] = (organisation, *(self.above(parent) if parent is not None else ()))
        return self._chains[place]

    def ancestors(self, organisation: int, day: dt.date) -> tuple[int, ...]:
        """The organisations above one on a day, nearest first; empty at the top, or when it did not exist then."""
        place = self.place_if_any(organisation, day)
        return () if place is None else self.above(place)[1:]

    def node(self, organisation: int, day: dt.date) -> Node | None:
        """What an organisation was called on a day, whether or not it existed then; None: there is none."""
        if not self._names.knows(organisation):  # then of all whom this request has met, not of one after the other
            self._names.learn([organisation, *(held for held, _ in self._places.values())])
        return self._names.node(organisation, day)

    def tier(self, organisation: int, day: dt.date) -> str | None:
        """The level of the nearest division at or above it."""
        chain = (self.node(held, day) for held in (organisation, *self.ancestors(organisation, day)))
        return next((node.level for node in chain if node is not None and node.type == "division"), None)

    def _nowhere(self, organisation: int, day: dt.date) -> Problem:
        stays = self._stays[organisation]
        if not stays:
            message = say("没有编号为 {organisation} 的组织。", organisation=organisation)
            return Problem("registry.unknown_organisation", message, hint="请从组织列表中选择。")
        if all(since is not None and day < since for (since, _), _ in stays):
            message = say("组织 {organisation} 在 {day} 尚未成立。", organisation=organisation, day=day)
            return Problem("registry.not_yet_founded", message, hint="请核对日期或组织。")
        message = say("组织 {organisation} 在 {day} 已不存在。", organisation=organisation, day=day)
        return Problem("registry.not_any_more", message, hint="请改填承接它的组织。")


def _covers(days: Days, day: dt.date) -> bool:
    since, until = days
    return (since is None or since <= day) and (until is None or day < until)


def _node(row: Organisation, called: Organisation | Designation) -> Node:
    return Node(
        id=row.id, code=called.code, name=called.name, type=row.type, level=called.level, category=called.category
    )


# Every place of the organisations asked about, and all places above those: once each.
_WITH_ALL_ABOVE = """
WITH RECURSIVE above (id, organisation_id, parent_id, since, until) AS (
    SELECT id, organisation_id, parent_id, since, until FROM registry_place WHERE organisation_id IN ({})
    UNION
    SELECT place.id, place.organisation_id, place.parent_id, place.since, place.until
    FROM registry_place AS place JOIN above ON place.id = above.parent_id
)
SELECT id, organisation_id, parent_id, since, until FROM above
"""
