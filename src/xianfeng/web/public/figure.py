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
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.definition import Definition, define
from xianfeng.scheme.nodes import Growth, Measure, Scheme
from xianfeng.scheme.usage import kinds_of
from xianfeng.web.frame import (
    Frame,
    asked,
    day_or_404,
    frame,
    measure_or_404,
    number_or_404,
    organisation_or_404,
    scheme_or_404,
    scope,
)
from xianfeng.web.public.breakdowns import Breakdown, Line, breakdowns, reviewers
from xianfeng.web.public.campaign import behind, in_table, last_day, target_text
from xianfeng.web.public.values import state_title
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
    frame: Frame
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
    tables: tuple[Breakdown, ...]
    reviewers: tuple[Line, ...]
    missing: tuple[Node, ...]
    opens: bool  # whether the records may be read
    records: tuple[RecordLine, ...]
    next: str


def figure(request: HttpRequest, name: str, measure: str, code: str = "") -> HttpResponse:
    scheme = scheme_or_404(name, asked(request, "version"))
    found = measure_or_404(scheme, measure, scope())
    until = day_or_404(request, "until", last_day(scheme))
    organisation = organisation_or_404(code or scheme.at, until)
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
        page = _page(scheme, found, organisation, query, after=number_or_404(request, "after"))
    except Problem as problem:
        raise Http404(problem.message) from problem
    return render(request, "public/figure.html", {"page": page})


def _page(scheme: Scheme, measure: Measure, organisation: Node, query: Query, *, after: int | None) -> FigurePage:
    engine = figures.engine()
    answer = engine.figure(query)
    seen = scope()
    opens = all(seen.kind(kind) for kind in kinds_of(scheme, measure))
    trace = engine.trace(query, after=after, limit=RECORDS) if opens else Trace(records=(), next=None)
    missing = engine.missing(query, limit=MISSING) if answer.missing and seen.names_the_missing else ()
    named = tree.named({*missing, *(item.organisation for item in trace.records)}, query.until)
    return FigurePage(
        frame=frame(),
        scheme=scheme,
        measure=measure,
        organisation=organisation,
        path=tree.path(organisation.id, query.until),
        query=query,
        figure=answer,
        text=_text(answer, measure),
        exact=behind(answer, measure) or in_table(answer, measure),
        fraction=_fraction(answer, scheme, measure, seen),
        target=target_text(measure),
        today=_today(engine, measure, query, answer),
        other_tree=addresses.figure(scheme, query, organisation.code, tree="now" if query.tree == "then" else "then"),
        definition=define(scheme, measure.name),
        tables=breakdowns(engine, scheme, measure, query, seen),
        reviewers=reviewers(engine, measure, query),
        missing=tuple(named[id_] for id_ in missing),
        opens=opens,
        records=_records(trace.records, named),
        next=addresses.figure(scheme, query, organisation.code, after=trace.next) if trace.next is not None else "",
    )


def _text(answer: Figure, measure: Measure) -> str:
    return "" if answer.value is None else printed(answer.value, measure.show)


def _fraction(answer: Figure, scheme: Scheme, measure: Measure, seen: Scope) -> str:
    """What a share is a share of, and a growth came from; nothing where this reader may not see the parts."""
    if answer.numerator is None or answer.denominator is None:
        return ""
    if not all(seen.measure(scheme.measures[part]) for part in measure.parts):
        return ""
    upper, lower = (exact(part.value) or "未报" for part in (answer.numerator, answer.denominator))
    return f"({upper} − {lower}) / {lower}" if isinstance(measure, Growth) else f"{upper} / {lower}"


def _today(engine: Figures, measure: Measure, query: Query, answer: Figure) -> str:
    if query.as_of is None:
        return ""
    now = engine.figure(replace(query, as_of=None))
    return "" if now.value == answer.value else _text(now, measure) or "未报"


def _records(found: Sequence[Contribution], named: dict[int, Node]) -> tuple[RecordLine, ...]:
    """With the campaign each was filed in, whose words its state has: one register may be shared by several."""
    rows = Record.objects.filter(id__in=[item.record for item in found if item.record])
    homes = {id_: (versions.scheme(hash_), kind) for id_, hash_, kind in rows.values_list("id", "scheme_id", "kind")}
    nowhere = (None, "")
    return tuple(_record(item, named.get(item.organisation), *homes.get(item.record or 0, nowhere)) for item in found)


def _record(item: Contribution, node: Node | None, home: Scheme | None, kind: str) -> RecordLine:
    return RecordLine(
        record=item.record,
        link=reverse("record", args=[item.record]) if item.record is not None else "",
        organisation=node.name if node else "",
        campaign=home.title if home else "",
        day=item.day,
        state=state_title(home.kinds[kind], item.state) if home else item.state,
        level=item.level,
        value=item.value,
    )
