"""A campaign: where it stands, its bulletins, its measures at one organisation's subtree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xianfeng import figures
from xianfeng.figures.interface import Query
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, evidence, scope
from xianfeng.web.frame import asked, organisation_or_404, scheme_or_404
from xianfeng.web.public import sheets
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.public.lines import MeasureLine, in_table, last_day, target_at, target_text
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer


@dataclass(frozen=True)
class CampaignPage:
    scheme: Scheme
    at: Node
    path: tuple[Node, ...]
    bulletins: tuple[Issue, ...]
    measures: Table


@access.public
def campaign(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name, asked(request, "version"))
    day = last_day(scheme)
    at = organisation_or_404(asked(request, "at") or scheme.at, day)
    page = CampaignPage(
        scheme=scheme,
        at=at,
        path=tree.path(at.id, day),
        bulletins=closed_issues(scheme.name),
        measures=sheets.measures(lines(scheme, at, day, scope.of(request)), scheme, at),
    )
    return answer(request, page.measures) or render(request, "public/campaign.html", {"page": page})


def lines(scheme: Scheme, at: Node, day: dt.date, seen: Scope) -> tuple[MeasureLine, ...]:
    """Every measure that this reader may see there, up to that day."""
    shown = [measure for measure in scheme.measures.values() if seen.measure(measure, at.id)]
    asked = [Query(scheme=scheme.hash, measure=measure.name, organisation=at.id, until=day) for measure in shown]
    found = figures.engine().figures(asked)
    return tuple(
        MeasureLine(
            name=measure.name,
            title=measure.title,
            text=in_table(figure, measure),
            unit=measure.unit,
            figure=evidence.figure(figure, scheme, measure, seen),
            target=target_text(measure, target_at(scheme, measure, at.code)),
        )
        for measure, figure in zip(shown, found, strict=True)
    )
