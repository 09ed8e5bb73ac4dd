"""An organisation on a day: what it was called, whom it belonged to, who was under it, what became of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng import figures
from xianfeng.accounts.abilities import Ability
from xianfeng.commendations.notices import honours_of, running_of
from xianfeng.gradings import published
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.models import Affiliation, Designation, Organisation
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, outward, scope
from xianfeng.web.entries import organisation_event
from xianfeng.web.figure.sheets import measures as measures_table
from xianfeng.web.frame import SchemeLink, campaigns, day_or_404, last_day
from xianfeng.web.public import sheets
from xianfeng.web.public.campaign import lines
from xianfeng.web.public.commended import flags, honours_table, notices_table
from xianfeng.web.public.evaluation import judged_at
from xianfeng.web.public.graded import graded_table
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.public.promises import of_organisation
from xianfeng.web.public.replies import Door, Reply, door, replies
from xianfeng.web.public.sheets import RecordLine
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer

RECENT = 20
BULLETINS = 6


@dataclass(frozen=True)
class EventLine:
    seq: int
    day: dt.date
    title: str


@dataclass(frozen=True)
class OrganisationPage:
    organisation: Organisation
    called: Node
    kind_of: str
    day: dt.date
    path: tuple[Node, ...]
    successor: Node | None
    campaigns: tuple[SchemeLink, ...]  # those that bind it, or something under it
    figures: Table | None  # of the newest of them: what there is here
    figures_of: str
    dashboard: str
    promises: Table
    judged: Table
    flags: tuple[str, ...]  # the awards that it bears
    honours: Table
    notices: Table
    graded: Table
    door: Door | None  # where a matter is brought to it
    replies: tuple[Reply, ...]
    bulletins: tuple[Issue, ...]
    superiors: Table
    former: Table
    children: Table
    records: Table
    events: tuple[EventLine, ...]
    address: str


@access.reading
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    found = tree.by_any_code(code)
    if found is None:
        raise Http404(gettext("没有这个组织"))
    day = day_or_404(request, "on", timezone.localdate())
    ids = [found.id, *([found.successor_id] if found.successor_id else [])]
    named = tree.named(ids, day)
    path = tree.path(found.id, day)
    seen = scope.of(request)
    bound = _campaigns(campaigns(), found.id, path, day)
    newest = versions.current(bound[-1].name) if bound else None
    affiliations = tuple(Affiliation.objects.filter(organisation=found.id).order_by("id"))
    parents = tree.named([row.parent_id for row in affiliations if row.parent_id], day)
    honours = honours_of(found.id)
    page = OrganisationPage(
        organisation=found,
        called=named[found.id],
        kind_of=translated(titles.kind_of(named[found.id])),
        day=day,
        path=path,
        successor=named.get(found.successor_id) if found.successor_id else None,
        campaigns=bound,
        figures=_figures(newest, named[found.id], seen) if newest else None,
        figures_of=newest.title if newest else "",
        dashboard=_dashboard(newest, named[found.id], seen) if newest else "",
        promises=of_organisation(found.id, seen),
        judged=judged_at(found.id, seen),
        flags=flags(honours),
        honours=honours_table(honours),
        notices=notices_table(running_of(found.id)),
        graded=graded_table(published.of_organisation(found.id)),
        door=None if found.closed else door(request, [versions.current(link.name) for link in bound], named[found.id]),
        replies=replies(seen, organisation=found.id),
        bulletins=tuple(issue for link in bound for issue in closed_issues(link.name))[:BULLETINS],
        superiors=sheets.superiors(affiliations, parents),
        former=sheets.former(Designation.objects.filter(organisation=found.id).order_by("id")),
        children=sheets.children(tree.children(found.id, day)),
        records=sheets.latest(_records(found.id, seen)),
        events=_events(found.id),
        address=outward.address(request, reverse("organisation", args=[found.code])),
    )
    judged = (page.honours, page.notices, page.graded, page.judged)
    tables = [page.promises, *judged, page.superiors, page.former, page.children, page.records]
    return answer(request, *([page.figures] if page.figures else []), *tables) or render(
        request, "public/organisation.html", {"page": page}
    )


def _figures(scheme: Scheme, at: Node, seen: Scope) -> Table | None:
    """The measures of which there is something here, or should be."""
    known = lines(figures.engine().moment(), scheme, at, last_day(scheme), seen)
    found = [line for line in known if line.figure.records or line.figure.missing]
    return measures_table(found, scheme, at) if found else None


def _dashboard(scheme: Scheme, at: Node, seen: Scope) -> str:
    if not seen.reader.can(Ability.READ):
        return ""
    return f"{reverse('dashboard', args=[scheme.name])}?at={at.code}"


def _campaigns(
    schemes: tuple[SchemeLink, ...], organisation: int, path: tuple[Node, ...], day: dt.date
) -> tuple[SchemeLink, ...]:
    above = {node.id for node in path}
    found = []
    for link in schemes:
        root = tree.by_any_code(versions.current(link.name).at)
        if root is not None and (root.id in above or organisation in tree.ancestors(root.id, day)):
            found.append(link)
    return tuple(found)


def _records(organisation: int, seen: Scope) -> tuple[RecordLine, ...]:
    """The latest of those that this reader may see."""
    rows = seen.records(Record.objects.filter(organisation=organisation)).order_by("-id")
    lines = []
    for row in rows.only("id", "scheme", "kind", "day", "state")[:RECENT]:
        kind = versions.scheme(row.scheme_id).kinds[row.kind]
        lines.append(RecordLine(row.id, kind.title, row.day, state_title(kind, row.state)))
    return tuple(lines)


def _events(organisation: int) -> tuple[EventLine, ...]:
    rows = Entry.objects.filter(stream="organisation", about=organisation).order_by("seq")
    return tuple(EventLine(row.seq, row.day, organisation_event(row)) for row in rows)
