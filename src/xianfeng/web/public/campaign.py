"""A campaign for whoever passes by: what it is, where it stands, what was promised, how to take part; then the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from xianfeng import figures
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.gradings import published
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Phase, Scheme
from xianfeng.web import access, cells, outward, scope
from xianfeng.web.cells import Cell
from xianfeng.web.figure import measures, sheets
from xianfeng.web.figure.children import Children, children, opening
from xianfeng.web.figure.lines import MeasureLine
from xianfeng.web.frame import asked, last_day, organisation_or_404, scheme_or_404
from xianfeng.web.public.evaluation import RoundLink, rounds_of
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.public.promises import Asked
from xianfeng.web.record import standing
from xianfeng.web.record.standing import Counts, Promise
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer
from xianfeng.web.templatetags.xianfeng import exact

CHOSEN = 6  # figures that say where it stands
LATEST = 5


@dataclass(frozen=True)
class Card:
    """A figure at a glance: its number, how far it is, who has not reported."""

    title: str
    number: Cell
    unit: str
    progress: Cell | None
    missing: int
    link: str
    beside: str


@dataclass(frozen=True)
class CampaignPage:
    scheme: Scheme
    at: Node
    whole: bool  # the campaign itself, not a part of it
    path: tuple[Node, ...]
    over: bool
    phase: Phase | None  # the one that runs
    cards: tuple[Card, ...]
    drawn: Children | None
    drawn_title: str
    counts: Counts
    promises: tuple[Promise, ...]
    board: str
    bulletins: tuple[Issue, ...]
    judged: tuple[RoundLink, ...]
    graded: tuple[Grading, ...]  # of which classes are published
    measures: Table
    moment: str  # the day and the entry that the measures are of
    address: str


@access.reading
def campaign(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name, asked(request, "version"))
    day = last_day(scheme)
    at = organisation_or_404(asked(request, "at") or scheme.at, day)
    page = _page(request, scheme, at, day)
    return answer(request, page.measures) or render(request, "public/campaign.html", {"page": page})


def _page(request: HttpRequest, scheme: Scheme, at: Node, day: dt.date) -> CampaignPage:
    engine, seen, today = figures.engine().moment(), scope.of(request), timezone.localdate()
    found = lines(engine, scheme, at, day, seen)
    chosen = _chosen(found)
    drawn = opening(engine, (line for line in found if line.measure.public and line.flows))
    question = Asked(at, scheme)
    made = question.rows(seen)
    return CampaignPage(
        scheme=scheme,
        at=at,
        whole=at.code == scheme.at,
        path=tree.path(at.id, day),
        over=scheme.until < today,
        phase=next((one for one in scheme.phases.values() if one.since <= today <= one.until), None),
        cards=tuple(_card(line) for line in chosen),
        drawn=_drawn(engine, scheme, drawn, at, seen) if drawn else None,
        drawn_title=drawn.measure.title if drawn else "",
        counts=standing.counts(made, day),
        promises=tuple(standing.promise(row, day, seen) for row in made.order_by("-id")[:LATEST]),
        board=question.address(),
        bulletins=closed_issues(scheme.name, most=LATEST),
        judged=rounds_of(scheme, seen),
        graded=tuple(rule for rule in scheme.gradings.values() if rule.published and published.some(scheme, rule)),
        measures=sheets.measures(found, scheme, at),
        moment=_moment(day, found[0].figure) if found else "",
        address=outward.address(request, reverse("campaign", args=[scheme.name])),
    )


def lines(engine: Figures, scheme: Scheme, at: Node, day: dt.date, seen: Scope) -> tuple[MeasureLine, ...]:
    """Every measure that this reader may see there, up to that day."""
    shown = [measure for measure in scheme.measures.values() if seen.measure(measure, at.id)]
    query = Query(scheme=scheme.hash, measure="", organisation=at.id, until=day)
    return measures.measure_lines(engine, scheme, at.code, query, shown, seen=seen)


def _chosen(found: Sequence[MeasureLine]) -> tuple[MeasureLine, ...]:
    """A few of the public ones, in the campaign's order: those with a target and those with most behind them."""
    shown = [line for line in found if line.measure.public and (line.figure.value is not None or line.figure.missing)]
    busy = sorted(shown, key=lambda line: -line.figure.records)
    aimed = [line for line in busy if line.target][: CHOSEN // 2]
    chosen = [*aimed, *(line for line in busy if line not in aimed)][:CHOSEN]
    return tuple(line for line in shown if line in chosen)


def _card(line: MeasureLine) -> Card:
    return Card(
        title=line.measure.title,
        number=cells.figure(line.figure, line.text, link=line.link, digits=line.exact),
        unit=line.measure.unit,
        progress=measures.progress(line) if line.target else None,
        missing=line.figure.missing or 0,
        link=line.link,
        beside=line.beside,
    )


def _drawn(engine: Figures, scheme: Scheme, line: MeasureLine, at: Node, seen: Scope) -> Children | None:
    here = f"{reverse('campaign', args=[scheme.name])}?version={scheme.hash}"
    try:
        return children(
            engine, scheme, line.measure, line.query, at=at.code, here=here, as_of=line.figure.as_of, seen=seen
        )
    except Problem:  # a measure that has no parts by place
        return None


def _moment(day: dt.date, figure: Figure) -> str:
    return gettext("截至%(day)s（此刻，第 %(seq)s 条办理记录）") % {"day": date_format(day), "seq": exact(figure.as_of)}
