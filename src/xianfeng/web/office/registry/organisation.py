"""An organisation in the registry: what it is, what became of it, entry by entry, and what may be done to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.registry import tree
from xianfeng.registry.models import Affiliation, Designation, Organisation
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.sentences import translated
from xianfeng.web import access, cells, scope
from xianfeng.web.office.registry import territory
from xianfeng.web.office.registry.changes import CHANGES
from xianfeng.web.office.registry.events import Event, events
from xianfeng.web.tables import Column, Table, answer


@dataclass(frozen=True)
class Action:
    title: str
    href: str


@dataclass(frozen=True)
class Part:
    """Another organisation that this one has to do with."""

    name: str
    href: str


@dataclass(frozen=True)
class OrganisationPage:
    organisation: Organisation
    called: Node  # that day
    kind: str
    day: dt.date
    path: tuple[Node, ...]
    stood: bool
    successor: Part | None
    preceded: tuple[Part, ...]  # those it succeeded
    takes_part: tuple[Part, ...]
    names: Table
    events: tuple[Event, ...]
    actions: tuple[Action, ...]


@require_safe
@access.needs(Ability.READ)
def organisation(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    found = territory.organisation_or_404(request, number)
    day = territory.day(request)
    called, path = tree.named([found.id], day)[found.id], tree.path(found.id, day)
    within = seen.all_within([node.id for node in path])
    page = OrganisationPage(
        organisation=found,
        called=called,
        kind=translated(titles.kind_of(called)),
        day=day,
        path=tuple(node for node in path if node.id in within),
        stood=bool(path),
        successor=_part(found.successor, seen) if found.successor else None,
        preceded=tuple(_part(row, seen) for row in Organisation.objects.filter(successor=found).order_by("id")[:50]),
        takes_part=_takes_part(found, seen),
        names=_names(found),
        events=events(found.id),
        actions=_actions(found, seen),
    )
    return answer(request, page.names) or render(request, "office/registry/organisation.html", {"page": page})


def _actions(organisation: Organisation, seen: scope.Scope) -> tuple[Action, ...]:
    """Adding beneath oneself is everybody's own; the rest is done by whoever stands above."""
    if not seen.reader.can(Ability.REGISTRY) or organisation.closed:
        return ()
    may = territory.changes(seen, organisation)
    return tuple(
        Action(str(kind.title), reverse("registry_change", args=[organisation.id, name]))
        for name, kind in CHANGES.items()
        if may or kind.beneath
    )


def _part(organisation: Organisation, seen: scope.Scope) -> Part:
    own_page = reverse("registry_organisation", args=[organisation.id])
    return Part(organisation.name, own_page if seen.within(organisation.id) else "")


def _takes_part(organisation: Organisation, seen: scope.Scope) -> tuple[Part, ...]:
    rows = Affiliation.objects.filter(organisation=organisation, relation="participating", until=None)
    return tuple(_part(row.parent, seen) for row in rows.select_related("parent").order_by("id") if row.parent)


def _names(organisation: Organisation) -> Table:
    """What it was called, the latest first."""
    former = list(Designation.objects.filter(organisation=organisation).order_by("-until", "-id"))
    since = former[0].until if former else organisation.founded
    now = (organisation.name, organisation.code, titles.kind_of(_node(organisation)), since, organisation.closed)
    then = [(row.name, row.code, titles.kind_of(_node(organisation, row)), row.since, row.until) for row in former]
    rows = [
        (cells.text(name), cells.text(code), cells.text(kind), cells.day(start), cells.day(end))
        for name, code, kind, start, end in (now, *then)
    ]
    columns = (
        Column(gettext("名称")),
        Column(gettext("代码")),
        Column(gettext("类别")),
        Column(gettext("起")),
        Column(gettext("止")),
    )
    return Table("names", gettext("%(name)s：名称沿革") % {"name": organisation.name}, columns, rows)


def _node(row: Organisation, called: Organisation | Designation | None = None) -> Node:
    called = called or row
    return Node(
        id=row.id, code=called.code, name=called.name, type=row.type, level=called.level, category=called.category
    )
