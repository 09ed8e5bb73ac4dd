"""The campaigns' commendations: how many places each award has, and how many are taken, below whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.commendations import waits
from xianfeng.commendations.places import Places, places_of
from xianfeng.commendations.rules import titles
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import stretches
from xianfeng.scheme.commending import Award, Commendation
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import last_day, overlooked_campaigns
from xianfeng.web.record import items
from xianfeng.web.tables import Column, Table, answer

_MOST = 200  # nominations


@dataclass(frozen=True)
class Now:
    """A commendation in the stretch of time that it is in now."""

    scheme: Scheme
    rule: Commendation
    stretch: Stretch


Counted = tuple[Now, Places]


@dataclass(frozen=True)
class CommendationsPage:
    now: tuple[Now, ...]
    totals: tuple[str, ...]  # of each award that is counted below many, in words
    table: Table
    under_way: Table


@require_safe
@access.needs(Ability.OVERLOOK)
def commendations(request: HttpRequest) -> HttpResponse:
    known = overlooked_campaigns(scope.of(request))
    now = tuple(_now(known))
    found = [(each, places) for each in now for places in places_of(each.scheme, each.rule, each.stretch)]
    nominated = list(waits.nominated(known).order_by("id")[:_MOST])
    under_way = items.table("under_way", gettext("推荐了还没有表彰的"), nominated, empty=gettext("没有在办的推荐。"))
    page = CommendationsPage(now, tuple(_totals(found)), _table(found), under_way)
    return answer(request, page.table, page.under_way) or render(
        request, "office/commendations/commendations.html", {"page": page}
    )


def _now(known: Iterable[Scheme]) -> Iterator[Now]:
    for scheme in known:
        day = last_day(scheme)
        for rule in scheme.commendations.values():
            if stretch := stretches.holding(rule, scheme, day):
                yield Now(scheme, rule, stretch)


def _totals(found: Iterable[Counted]) -> Iterator[str]:
    """An award may be given beyond its places below one; what is left below the others is left all the same."""
    for (each, award), group in groupby(found, lambda one: (one[0], one[1].award)):
        counted = [places for _now, places in group]
        if award.within and award.at_most is not None:
            yield gettext("%(title)s：合计 %(all)s，已用 %(taken)s，还剩 %(left)s。") % {
                "title": _title(each, award),
                "all": award.at_most * len(counted),
                "taken": sum(places.taken for places in counted),
                "left": sum(max(places.left or 0, 0) for places in counted),
            }


def _title(each: Now, award: Award) -> str:
    return titles(each.scheme, each.rule)[award.name]


def _table(found: Sequence[Counted]) -> Table:
    names = {
        (each.stretch.until, places.scope): node
        for each, places in found
        for node in tree.named({places.scope} - {0}, each.stretch.until).values()
    }
    columns = (
        Column(gettext("荣誉")),
        Column(gettext("范围")),
        Column(gettext("名额"), align="right"),
        Column(gettext("已用"), align="right"),
        Column(gettext("还剩"), align="right"),
        Column(gettext("评选")),
    )
    rows = []
    for each, places in found:
        node = names.get((each.stretch.until, places.scope))
        rows.append(
            (
                cells.text(_title(each, places.award)),
                _scope(each, node),
                cells.number(places.award.at_most) if places.award.at_most else cells.text(gettext("不限")),
                cells.number(places.taken),
                *_left(places),
                cells.text(each.rule.title, link=reverse("commended", args=[each.scheme.name, each.rule.name])),
            )
        )
    return Table("places", gettext("名额"), columns, rows, empty=gettext("活动方案里没有写评选表彰。"))


def _scope(each: Now, node: Node | None) -> Cell:
    """It opens who below it satisfies the conditions."""
    address = reverse("commendation_eligible", args=[each.scheme.name, each.rule.name])
    if node is None:
        return cells.text(gettext("全部"), link=address)
    return cells.text(node.name, link=f"{address}?at={node.code}")


def _left(places: Places) -> Iterator[Cell]:
    if places.left is None:
        yield cells.nothing()
    elif places.left > 0:
        yield cells.number(places.left)
    else:
        yield cells.text(gettext("已满"), look=Look.ATTENTION)
