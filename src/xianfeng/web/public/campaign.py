"""A campaign: where it stands, its bulletins, its measures at one organisation's subtree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xianfeng import figures
from xianfeng.bulletins.numbers import printed, spoken
from xianfeng.figures.interface import Figure, Query
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Display, Measure, Scheme
from xianfeng.web.frame import Frame, asked, frame, organisation_or_404, scheme_or_404, scope
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.templatetags.xianfeng import exact

_LARGE: Mapping[str, tuple[tuple[int, Literal["yi", "wan"]], ...]] = {
    "yi": ((10**8, "yi"), (10**4, "wan")),
    "wan": ((10**4, "wan"),),
}
SHARES = ("percent", "all_or_percent")


@dataclass(frozen=True)
class MeasureLine:
    name: str
    title: str
    text: str
    exact: str
    unit: str
    figure: Figure
    target: str


@dataclass(frozen=True)
class CampaignPage:
    frame: Frame
    scheme: Scheme
    at: Node
    path: tuple[Node, ...]
    bulletins: tuple[Issue, ...]
    measures: tuple[MeasureLine, ...]
    moment: str  # the day and the entry that the measures are of


def campaign(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name, asked(request, "version"))
    day = last_day(scheme)
    at = organisation_or_404(asked(request, "at") or scheme.at, day)
    lines = _lines(scheme, at, day)
    page = CampaignPage(
        frame=frame(),
        scheme=scheme,
        at=at,
        path=tree.path(at.id, day),
        bulletins=closed_issues(scheme.name),
        measures=lines,
        moment=_moment(day, lines[0].figure) if lines else "",
    )
    return render(request, "public/campaign.html", {"page": page})


def last_day(scheme: Scheme) -> dt.date:
    """The day up to which a campaign is read unless another is asked for: today, or its end once it is over."""
    return min(scheme.until, timezone.localdate())


def in_table(figure: Figure, measure: Measure) -> str:
    """A value among others, in the unit that its office prints: a bulletin's words and its own rounding are for
    sentences."""
    value, style = figure.value, measure.show.style
    if value is None:
        return ""
    if style in SHARES:
        return printed(value, Display(style="percent", places=2))
    for least, unit in _LARGE.get(style, ()):
        if abs(Decimal(value)) >= least:
            return printed(value, Display(style=unit, places=4))
    return exact(value)


def behind(figure: Figure, measure: Measure) -> str:
    """Every digit of a value, where its text in a table has fewer."""
    if figure.value is None:
        return ""
    share = measure.show.style in SHARES
    full = spoken(Decimal(figure.value), measure.show, "") if share else exact(figure.value)
    return "" if full == in_table(figure, measure) else full


def target_text(measure: Measure) -> str:
    target = measure.target
    if target is None or target.value is None:
        return ""
    word = "不超过 " if target.at_most else ""
    return f"{word}{printed(target.value, target.show or measure.show)}{measure.unit}"


def _moment(day: dt.date, figure: Figure) -> str:
    return f"截至{titles.day(day)}（此刻，第 {exact(figure.as_of)} 条办理记录）"


def _lines(scheme: Scheme, at: Node, day: dt.date) -> tuple[MeasureLine, ...]:
    seen = [measure for measure in scheme.measures.values() if scope().measure(measure)]
    asked = [Query(scheme=scheme.hash, measure=measure.name, organisation=at.id, until=day) for measure in seen]
    found = figures.engine().figures(asked)
    return tuple(
        MeasureLine(
            name=measure.name,
            title=measure.title,
            text=in_table(figure, measure),
            exact=behind(figure, measure),
            unit=measure.unit,
            figure=figure,
            target=target_text(measure),
        )
        for measure, figure in zip(seen, found, strict=True)
    )
