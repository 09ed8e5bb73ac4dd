"""A figure opened: its definition, who reported and who reviewed, what is missing, and the records behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from xianfeng import figures
from xianfeng.bulletins.numbers import printed
from xianfeng.figures.interface import Contribution, Figure, Figures, Query, Row
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.definition import Definition, define
from xianfeng.scheme.nodes import Display, Flowing, Measure, Scheme, Sum
from xianfeng.scheme.types import FieldType
from xianfeng.web.frame import Frame, day_or_404, frame, measure_or_404, organisation_or_404, scheme_or_404, scope
from xianfeng.web.public.campaign import last_day, target_text
from xianfeng.web.templatetags.xianfeng import exact

RECORDS = 50
REVIEWERS = 8
SHARES = ("percent", "all_or_percent")
MISSING = 60
CATEGORIES = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.BOOLEAN})


@dataclass(frozen=True)
class Line:
    """A row of a breakdown; `link` opens that part."""

    label: str
    text: str
    figure: Figure
    link: str = ""


@dataclass(frozen=True)
class Breakdown:
    title: str
    head: str
    rows: tuple[Line, ...]
    missing: bool = False


@dataclass(frozen=True)
class RecordLine:
    record: int | None
    link: str
    organisation: str
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
    fraction: str
    target: str
    today: str  # what it is now, when a closed figure was opened and has changed since
    other_tree: str
    definition: Definition
    tables: tuple[Breakdown, ...]
    reviewers: tuple[Line, ...]
    missing: tuple[Node, ...]
    records: tuple[RecordLine, ...]
    next: str


def figure(request: HttpRequest, name: str, measure: str, code: str = "") -> HttpResponse:
    scheme = scheme_or_404(name, request.GET.get("version", ""))
    found = measure_or_404(scheme, measure, scope())
    until = day_or_404(request.GET.get("until"), last_day(scheme))
    organisation = organisation_or_404(code or scheme.at, until)
    query = Query(
        scheme=scheme.hash,
        measure=measure,
        organisation=organisation.id,
        until=until,
        since=day_or_404(since, until) if (since := request.GET.get("since")) else None,
        as_of=_number(request, "as_of"),
        tree="now" if request.GET.get("tree") == "now" else "then",
    )
    try:
        page = _page(scheme, found, organisation, query, after=_number(request, "after"))
    except Problem as problem:
        raise Http404(problem.message) from problem
    return render(request, "public/figure.html", {"page": page})


def _page(scheme: Scheme, measure: Measure, organisation: Node, query: Query, *, after: int | None) -> FigurePage:
    engine = figures.engine()
    answer = engine.figure(query)
    trace = engine.trace(query, after=after, limit=RECORDS)
    missing = engine.missing(query, limit=MISSING) if answer.missing else ()
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
        fraction=_fraction(answer),
        target=target_text(measure),
        today=_today(engine, measure, query, answer),
        other_tree=address(scheme, query, organisation.code, tree="now" if query.tree == "then" else "then"),
        definition=define(scheme, measure.name),
        tables=tuple(_tables(engine, scheme, measure, query)),
        reviewers=_reviewers(engine, measure, query),
        missing=tuple(named[id_] for id_ in missing),
        records=tuple(_record(item, named, scheme, measure) for item in trace.records),
        next=address(scheme, query, organisation.code, after=trace.next) if trace.next is not None else "",
    )


def address(scheme: Scheme, query: Query, code: str, **more: object) -> str:
    """The page that opens a figure as it was asked; `more` changes or adds parts of the question."""
    asked: dict[str, object] = {
        "version": scheme.hash,
        "until": query.until,
        "since": query.since,
        "as_of": query.as_of,
        "tree": query.tree if query.tree == "now" else None,
        **more,
    }
    given = {key: str(value) for key, value in asked.items() if value is not None}
    return f"{reverse('figure_at', args=[scheme.name, query.measure, code])}?{urlencode(given)}"


def _text(answer: Figure, measure: Measure) -> str:
    return "" if answer.value is None else printed(answer.value, measure.show)


def _cell(answer: Figure, measure: Measure) -> str:
    """A part of the figure: exact where the whole is printed rounded or in words, for parts must be seen to add up."""
    if answer.value is None:
        return ""
    if measure.show.style in SHARES:
        return printed(answer.value, Display(style="percent", places=2))
    return exact(answer.value)


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


def _tables(engine: Figures, scheme: Scheme, measure: Measure, query: Query) -> list[Breakdown]:
    children = engine.breakdown(query, "children")
    named = tree.named([row.key for row in children if isinstance(row.key, int)], query.until)
    below = tuple(_child(scheme, measure, query, row, named) for row in children)
    tables = [Breakdown("按下级组织", "组织", below, missing=any(row.figure.missing is not None for row in children))]
    if not isinstance(measure, Flowing):
        return [table for table in tables if table.rows]
    for title, field in _categories(scheme, measure):
        rows = engine.breakdown(query, "category", field=field)
        labels = _labels(scheme, measure, field)
        lines = tuple(
            Line(labels.get(str(row.key), str(row.key or "未填")), _cell(row.figure, measure), row.figure)
            for row in rows
        )
        tables.append(Breakdown(f"按{title}", title, lines))
    months = engine.breakdown(query, "month")
    lines = tuple(
        Line(f"{row.key:%Y年%m月}", _cell(row.figure, measure), row.figure)
        for row in months
        if isinstance(row.key, dt.date)
    )
    tables.append(Breakdown("按月份", "月份", lines))
    return [table for table in tables if table.rows]


def _part(row: Row, measure: Measure, labels: Mapping[str, str]) -> Line:
    label = f"{row.key:%Y年%m月}" if isinstance(row.key, dt.date) else labels.get(str(row.key), str(row.key or "未填"))
    return Line(label, _cell(row.figure, measure), row.figure)


def _child(scheme: Scheme, measure: Measure, query: Query, row: Row, named: dict[int, Node]) -> Line:
    if not isinstance(row.key, int):
        return Line("（已撤销或迁出的组织）", _cell(row.figure, measure), row.figure)
    node = named[row.key]
    if row.key == query.organisation:
        return Line(f"{node.name}本级", _cell(row.figure, measure), row.figure)
    return Line(node.name, _cell(row.figure, measure), row.figure, address(scheme, query, node.code))


def _categories(scheme: Scheme, measure: Flowing) -> list[tuple[str, str]]:
    fields = scheme.kinds[measure.kind].figure_fields
    found = [(field.title, name) for name, field in fields.items() if field.type in CATEGORIES and not field.retired]
    if isinstance(measure, Sum) and fields[measure.field].type is FieldType.TALLY:
        found.append((fields[measure.field].title, measure.field))
    return found


def _labels(scheme: Scheme, measure: Flowing, name: str) -> dict[str, str]:
    field = scheme.kinds[measure.kind].fields[name]
    if field.type is FieldType.BOOLEAN:
        return {"True": "是", "False": "否", "true": "是", "false": "否"}
    return {**field.choices, **field.groups}


def _reviewers(engine: Figures, measure: Measure, query: Query) -> tuple[Line, ...]:
    if not isinstance(measure, Flowing):
        return ()
    rows = engine.breakdown(query, "reviewer")
    named = tree.named([row.key for row in rows if isinstance(row.key, int)], query.until)
    return tuple(
        Line(named[row.key].name if isinstance(row.key, int) else "（尚未审核）", "", row.figure)
        for row in sorted(rows, key=lambda row: -row.figure.records)[:REVIEWERS]
    )


def _record(item: Contribution, named: dict[int, Node], scheme: Scheme, measure: Measure) -> RecordLine:
    node = named.get(item.organisation)
    return RecordLine(
        record=item.record,
        link=reverse("record", args=[item.record]) if item.record is not None else "",
        organisation=node.name if node else "",
        day=item.day,
        state=_state_title(scheme, measure, item.state),
        level=item.level,
        value=item.value,
    )


def _state_title(scheme: Scheme, measure: Measure, state: str) -> str:
    kind = getattr(measure, "kind", "")
    states = scheme.kinds[kind].flow.states if kind else {}
    return states[state].title if state in states else state


def _number(request: HttpRequest, key: str) -> int | None:
    text = request.GET.get(key, "")
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Http404(f"“{text}”不是顺序号")
    return int(text)
