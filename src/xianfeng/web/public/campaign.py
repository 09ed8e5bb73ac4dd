"""A campaign: where it stands, its bulletins, its measures at one organisation's subtree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xianfeng import figures
from xianfeng.bulletins.numbers import printed
from xianfeng.figures.interface import Query
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Measure, Scheme
from xianfeng.web.frame import Frame, frame, organisation_or_404, scheme_or_404, scope
from xianfeng.web.public.issues import Issue, closed_issues


@dataclass(frozen=True)
class MeasureLine:
    name: str
    title: str
    text: str
    unit: str
    records: int
    missing: int | None
    target: str


@dataclass(frozen=True)
class CampaignPage:
    frame: Frame
    scheme: Scheme
    at: Node
    path: tuple[Node, ...]
    bulletins: tuple[Issue, ...]
    measures: tuple[MeasureLine, ...]


def campaign(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name, request.GET.get("version", ""))
    day = last_day(scheme)
    at = organisation_or_404(request.GET.get("at", scheme.at), day)
    page = CampaignPage(
        frame=frame(),
        scheme=scheme,
        at=at,
        path=tree.path(at.id, day),
        bulletins=closed_issues(scheme.name),
        measures=_lines(scheme, at, day),
    )
    return render(request, "public/campaign.html", {"page": page})


def last_day(scheme: Scheme) -> dt.date:
    """The day up to which a campaign is read unless another is asked for: today, or its end once it is over."""
    return min(scheme.until, timezone.localdate())


def target_text(measure: Measure) -> str:
    target = measure.target
    if target is None or target.value is None:
        return ""
    word = "不超过 " if target.at_most else ""
    return f"{word}{printed(target.value, target.show or measure.show)}{measure.unit}"


def _lines(scheme: Scheme, at: Node, day: dt.date) -> tuple[MeasureLine, ...]:
    seen = [measure for measure in scheme.measures.values() if scope().measure(measure)]
    asked = [Query(scheme=scheme.hash, measure=measure.name, organisation=at.id, until=day) for measure in seen]
    found = figures.engine().figures(asked)
    return tuple(
        MeasureLine(
            name=measure.name,
            title=measure.title,
            text="" if figure.value is None else printed(figure.value, measure.show),
            unit=measure.unit,
            records=figure.records,
            missing=figure.missing,
            target=target_text(measure),
        )
        for measure, figure in zip(seen, found, strict=True)
    )
