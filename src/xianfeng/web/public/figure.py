"""A figure opened: its definition, who reported and who reviewed, what is missing, and the records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xianfeng import figures
from xianfeng.bulletins import addresses
from xianfeng.bulletins.numbers import printed
from xianfeng.figures.interface import Contribution, Figure, Figures, Query, Trace
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.definition import Definition, define
from xianfeng.scheme.nodes import Measure, Scheme
from xianfeng.web import access, scope
from xianfeng.web.frame import (
    asked,
    day_or_404,
    measure_or_404,
    number_or_404,
    organisation_or_404,
    scheme_or_404,
)
from xianfeng.web.public.breakdowns import Breakdown, Line, breakdowns, reviewers
from xianfeng.web.public.campaign import in_table, last_day, target_text
from xianfeng.web.scope import Scope
from xianfeng.web.templatetags.xianfeng import exact

RECORDS = 50
MISSING = 60


@dataclass(frozen=True)
class RecordLine:
    record: int | None
    link: str
    organisation: str
    campaign: str
    day: dt.date | None
    state: str
    level: int
    value: int | Decimal


@dataclass(frozen=True)
class FigurePage:
    scheme: Scheme
    measure: Measure
    organisation: Node
    path: tuple[Node, ...]
    query: Query
    figure: Figure
    text: str
    exact: str
    fraction: str
    target: str
    today: str  # what it is now, when a closed figure was opened and has changed since
    other_tree: str
    definition: Definition
    shared: bool  # whether records of other campaigns count too
    tables: tuple[Breakdown, ...]
    reviewers: tuple[Line, ...]
    missing: tuple[Node, ...]
    opens: bool  # whether the records may be read
    records: tuple[RecordLine, ...]
    next: str


@access.public
def figure(request: HttpRequest, name: str, measure: str, code: str = "") -> HttpResponse:
    scheme = scheme_or_404(name, asked(request, "version"))
    until = day_or_404(request, "until", last_day(scheme))
    organisation = organisation_or_404(code or scheme.at, until)
    seen = scope.of(request)
    found = measure_or_404(scheme, measure, seen, organisation.id)
    query = Query(
        scheme=scheme.hash,
        measure=measure,
        organisation=organisation.id,
        until=until,
        since=day_or_404(request, "since", until) if asked(request, "since") else None,
        as_of=number_or_404(request, "as_of"),
        tree="now" if asked(request, "tree") == "now" else "then",
    )
    try:
        page = _page(scheme, found, organisation, query, seen, after=number_or_404(request, "after"))
    except Problem as problem:
        raise Http404(problem.message) from problem
    return render(request, "public/figure.html", {"page": page})


def _page(
    scheme: Scheme, measure: Measure, organisation: Node, query: Query, seen: Scope, *, after: int | None
) -> FigurePage:
    engine = figures.engine()
    answer = engine.figure(query)
    opens = all(seen.kind(scheme.kinds[kind], organisation.id) for kind in measure.kinds)
    trace = engine.trace(query, after=after, limit=RECORDS) if opens else Trace(records=(), next=None)
    missing = engine.missing(query, limit=MISSING) if answer.missing and seen.within(organisation.id) else ()
    named = tree.named({*missing, *(item.organisation for item in trace.records)}, query.until)
    return FigurePage(
        scheme=scheme,
        measure=measure,
        organisation=organisation,
        path=tree.path(organisation.id, query.until),
        query=query,
        figure=answer,
        text=_text(answer, measure),
        exact=in_table(answer, measure),
        fraction=_fraction(answer),
        target=target_text(measure),
        today=_today(engine, measure, query, answer),
        other_tree=addresses.figure(scheme, query, organisation.code, tree="now" if query.tree == "then" else "then"),
        definition=define(scheme, measure.name),
        shared=any(scheme.kinds[kind].shared for kind in measure.kinds),
        tables=breakdowns(engine, scheme, measure, query, seen),
        reviewers=reviewers(engine, measure, query),
        missing=tuple(named[id_] for id_ in missing),
        opens=opens,
        records=_records(trace.records, named, scheme, measure, seen),
        next=addresses.figure(scheme, query, organisation.code, after=trace.next) if trace.next is not None else "",
    )


def _text(answer: Figure, measure: Measure) -> str:
    return "" if answer.value is None else printed(answer.value, measure.show)


def _fraction(answer: Figure) -> str:
    """A ratio's two parts, so that 98% shows what it is a share of."""
    if answer.numerator is None or answer.denominator is None:
        return ""
    upper, lower = (exact(part.value) or "未报" for part in (answer.numerator, answer.denominator))
    return f"{upper} / {lower}"


def _today(engine: Figures, measure: Measure, query: Query, answer: Figure) -> str:
    if query.as_of is None:
        return ""
    now = engine.figure(replace(query, as_of=None))
    return "" if now.value == answer.value else _text(now, measure) or "未报"


def _records(
    found: Sequence[Contribution], named: dict[int, Node], scheme: Scheme, measure: Measure, seen: Scope
) -> tuple[RecordLine, ...]:
    """Those that may be read, with the campaign each was filed in: one register may be shared by several.

    What is no record is what happened to an organisation, and that is public.
    """
    records = Record.objects.filter(id__in=[item.record for item in found if item.record])
    closed = set(records.values_list("id", flat=True)) if not seen.everything else set()
    homes = dict(seen.records(records).values_list("id", "scheme__title"))
    return tuple(
        _record(item, named, scheme, measure, homes)
        for item in found
        if item.record not in closed or item.record in homes
    )


def _record(
    item: Contribution, named: dict[int, Node], scheme: Scheme, measure: Measure, homes: dict[int, str]
) -> RecordLine:
    node = named.get(item.organisation)
    states = {name: state for kind in measure.kinds for name, state in scheme.kinds[kind].flow.states.items()}
    return RecordLine(
        record=item.record,
        link=reverse("record", args=[item.record]) if item.record is not None else "",
        organisation=node.name if node else "",
        campaign=homes.get(item.record or 0, ""),
        day=item.day,
        state=states[item.state].title if item.state in states else item.state,
        level=item.level,
        value=item.value,
    )
