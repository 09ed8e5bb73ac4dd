"""A campaign: where it stands, its bulletins, its measures at one organisation's subtree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from xianfeng import figures
from xianfeng.figures.interface import Figure, Query
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, evidence, scope
from xianfeng.web.frame import asked, organisation_or_404, scheme_or_404
from xianfeng.web.public import sheets
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.public.lines import MeasureLine, behind, in_table, last_day, target_at, target_text
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer
from xianfeng.web.templatetags.xianfeng import exact


@dataclass(frozen=True)
class CampaignPage:
    scheme: Scheme
    at: Node
    path: tuple[Node, ...]
    bulletins: tuple[Issue, ...]
    measures: Table
    moment: str  # the day and the entry that the measures are of


@access.reading
def campaign(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name, asked(request, "version"))
    day = last_day(scheme)
    at = organisation_or_404(asked(request, "at") or scheme.at, day)
    shown = lines(scheme, at, day, scope.of(request))
    page = CampaignPage(
        scheme=scheme,
        at=at,
        path=tree.path(at.id, day),
        bulletins=closed_issues(scheme.name),
        measures=sheets.measures(shown, scheme, at),
        moment=_moment(day, shown[0].figure) if shown else "",
    )
    return answer(request, page.measures) or render(request, "public/campaign.html", {"page": page})


def _moment(day: dt.date, figure: Figure) -> str:
    return gettext("截至%(day)s（此刻，第 %(seq)s 条办理记录）") % {"day": titles.day(day), "seq": exact(figure.as_of)}


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
            exact=behind(figure, measure),
            unit=measure.unit,
            figure=evidence.figure(figure, scheme, measure, seen),
            target=target_text(measure, target_at(scheme, measure, at.code)),
        )
        for measure, figure in zip(shown, found, strict=True)
    )
