"""One level of the tree on a day, a page of it at a time: 3 000 children cost as many queries as three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from xianfeng.registry import places, tree
from xianfeng.registry.models import Place
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.web.scope import Scope

SHOWN = 100


@dataclass(frozen=True)
class Twig:
    """`below`: the address of the level under it; '' where nothing is or it is another's by now."""

    node: Node
    kind: str
    children: int
    href: str
    below: str


@dataclass(frozen=True)
class Branch:
    twigs: tuple[Twig, ...]
    total: int
    more: str  # the address of what follows

    @property
    def empty(self) -> bool:
        return not self.twigs


def branch(organisation: int, day: dt.date, seen: Scope, *, after: str = "") -> Branch:
    """Who stood directly under an organisation that day, by the codes of today."""
    place = places.at([organisation], day).get(organisation)
    if place is None:
        return Branch((), 0, "")
    under = Place.objects.filter(places.on(day), parent=place)
    rows = list(
        under.filter(organisation__code__gt=after)
        .order_by("organisation__code")
        .values_list("id", "organisation_id", "organisation__code")[: SHOWN + 1]
    )
    more = address(organisation, day, after=rows[SHOWN - 1][2]) if len(rows) > SHOWN else ""
    return Branch(_twigs(rows[:SHOWN], day, seen), under.count(), more)


def address(organisation: int, day: dt.date, *, after: str = "") -> str:
    asked: dict[str, str | int] = {"at": organisation, "on": day.isoformat()}
    if after:
        asked["after"] = after
    return f"{reverse('registry')}?{urlencode(asked)}"


def _twigs(rows: Sequence[tuple[int, int, str]], day: dt.date, seen: Scope) -> tuple[Twig, ...]:
    named = tree.named([organisation for _, organisation, _ in rows], day)
    within = seen.all_within(named)
    counted = Place.objects.filter(places.on(day), parent__in=[place for place, _, _ in rows])
    children = dict(counted.values_list("parent").annotate(Count("id")).order_by())
    return tuple(
        Twig(
            node=named[organisation],
            kind=titles.kind_of(named[organisation]),
            children=children.get(place, 0),
            href=reverse("registry_organisation", args=[organisation]) if organisation in within else "",
            below=address(organisation, day) if organisation in within and children.get(place) else "",
        )
        for place, organisation, _ in rows
    )
