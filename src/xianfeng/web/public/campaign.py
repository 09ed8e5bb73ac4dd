"""A campaign: where it stands, its bulletins, its measures at one organisation's subtree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xianfeng import figures
from xianfeng.bulletins.numbers import printed
from xianfeng.figures.interface import Figure, Query
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Display, Measure, Scheme
from xianfeng.web import access, scope
from xianfeng.web.frame import asked, organisation_or_404, scheme_or_404
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.scope import Scope
from xianfeng.web.templatetags.xianfeng import exact

SHARES = ("percent", "all_or_percent")


@dataclass(frozen=True)
class MeasureLine:
    name: str
    title: str
    text: str
    unit: str
    figure: Figure
    target: str


@dataclass(frozen=True)
class CampaignPage:
    scheme: Scheme
    at: Node
    path: tuple[Node, ...]
    bulletins: tuple[Issue, ...]
    measures: tuple[MeasureLine, ...]


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
        measures=_lines(scheme, at, day, scope.of(request)),
    )
    return render(request, "public/campaign.html", {"page": page})


def last_day(scheme: Scheme) -> dt.date:
    """The day up to which a campaign is read unless another is asked for: today, or its end once it is over."""
    return min(scheme.until, timezone.localdate())


def in_table(figure: Figure, measure: Measure) -> str:
    """A value among others: a bulletin's rounding and words are for sentences; in a table every digit stands."""
    if figure.value is None:
        return ""
    if measure.show.style in SHARES:
        return printed(figure.value, Display(style="percent", places=2))
    return exact(figure.value)


def target_text(measure: Measure) -> str:
    target = measure.target
    if target is None or target.value is None:
        return ""
    word = "不超过 " if target.at_most else ""
    return f"{word}{printed(target.value, target.show or measure.show)}{measure.unit}"


def _lines(scheme: Scheme, at: Node, day: dt.date, seen: Scope) -> tuple[MeasureLine, ...]:
    shown = [measure for measure in scheme.measures.values() if seen.measure(measure, at.id)]
    asked = [Query(scheme=scheme.hash, measure=measure.name, organisation=at.id, until=day) for measure in shown]
    found = figures.engine().figures(asked)
    return tuple(
        MeasureLine(
            name=measure.name,
            title=measure.title,
            text=in_table(figure, measure),
            unit=measure.unit,
            figure=figure,
            target=target_text(measure),
        )
        for measure, figure in zip(shown, found, strict=True)
    )
