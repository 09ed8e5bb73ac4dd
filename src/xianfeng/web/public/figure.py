"""A figure opened: its definition, who reported and who reviewed, what is missing, and the records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xianfeng import figures
from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import addresses, numbers
from xianfeng.figures.interface import Contribution, Figure, Figures, Query, Trace
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.definition import Definition, define
from xianfeng.scheme.measuring import Growth, Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.usage import kinds_of
from xianfeng.sentences import translated
from xianfeng.web import access, cells, drawings, scope
from xianfeng.web.cells import Cell
from xianfeng.web.charts import Chart
from xianfeng.web.figure import evidence, sheets
from xianfeng.web.figure.beside import Beside, beside
from xianfeng.web.figure.breakdowns import breakdowns, reviewers
from xianfeng.web.figure.lines import in_full, in_table, said, target_at, target_text
from xianfeng.web.frame import (
    asked,
    day_or_404,
    last_day,
    measure_or_404,
    number_or_404,
    organisation_or_404,
    scheme_or_404,
)
from xianfeng.web.parts import Pages
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer, wanted
from xianfeng.web.templatetags.xianfeng import exact

RECORDS = 50
IN_A_FILE = 20_000
MISSING = 60
BARS = 40  # more than these are no picture any more


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
    beside: tuple[Beside, ...]  # without which it is not shown
    today: str  # what it is now, when a closed figure was opened and has changed since
    other_tree: str
    definition: Definition
    tables: tuple[Table, ...]
    bars: Chart | None
    months: Chart | None
    reviewers: Table
    missing: Table  # the first of them
    evidence: bool  # whether what it rests on may be told: its parts, its records, who has not reported
    dashboard: str  # the same place and time at a glance
    levels: SafeString  # the bar of review levels
    opens: bool  # whether the records may be read
    records: Table
    pages: Pages


@access.reading
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
        page = _page(scheme, found, organisation, query, seen, part=_part(request), whole=wanted(request) == "missing")
    except Problem as problem:
        raise Http404(problem.message) from problem
    return answer(request, *page.tables, page.reviewers, page.missing, page.records) or render(
        request, "public/figure.html", {"page": page}
    )


def _part(request: HttpRequest) -> tuple[int | None, int]:
    """Which of the records: after which, and how many. A file holds them all, as far as one can be read."""
    return (None, IN_A_FILE) if wanted(request) == "records" else (number_or_404(request, "after"), RECORDS)


def _page(
    scheme: Scheme,
    measure: Measure,
    organisation: Node,
    query: Query,
    seen: Scope,
    *,
    part: tuple[int | None, int],
    whole: bool,
) -> FigurePage:
    """`part`: which of the records; `whole`: all that have not reported, not only the first."""
    engine = figures.engine().moment()
    told = evidence.told(scheme, measure, seen, organisation.id)
    found = evidence.figure(engine.figure(query), scheme, measure, seen)
    after, limit = part
    opens = told and all(seen.kind(scheme, kind, organisation.id) for kind in kinds_of(scheme, measure))
    trace = engine.trace(query, after=after, limit=limit) if opens else Trace(records=(), next=None)
    names = found.missing and seen.within(organisation.id)
    missing = engine.missing(query, limit=IN_A_FILE if whole else MISSING) if names else ()
    named = tree.named({*missing, *(item.organisation for item in trace.records)}, query.until)
    parts = breakdowns(engine, scheme, measure, query, seen)
    here = partial(addresses.figure, scheme, query, organisation.code)
    sources = f"{here()}#definition"
    return FigurePage(
        scheme=scheme,
        measure=measure,
        organisation=organisation,
        path=tree.path(organisation.id, query.until),
        query=query,
        figure=found,
        text=_text(found, measure),
        exact=_exact(found, measure),
        fraction=_fraction(found, measure),
        target=target_text(measure, target_at(scheme, measure, organisation.code)),
        beside=beside(engine, scheme, query, seen, organisation.code),
        today=_today(engine, measure, query, found),
        other_tree=here(tree="now" if query.tree == "then" else "then"),
        definition=define(scheme, measure.name).translated,
        tables=tuple(sheets.part(f"part-{at}", one, measure, sources) for at, one in enumerate(parts, start=1)),
        bars=next((sheets.bars(one, measure) for one in parts if one.of_children and 1 < len(one.rows) <= BARS), None),
        months=next((sheets.months(one, measure) for one in parts if one.by_month and len(one.rows) > 1), None),
        reviewers=sheets.reviewers(reviewers(engine, measure, query) if told else ()),
        missing=sheets.lacking([named[id_] for id_ in missing], found.missing or 0, sources),
        evidence=told,
        dashboard=_dashboard(scheme, organisation, query) if seen.reader.can(Ability.READ) else "",
        levels=drawings.levels(found.filed, found.reviewed, found.submitted),
        opens=opens,
        records=sheets.records(_records(trace.records, named, seen), measure.unit, sources),
        pages=Pages(
            next=f"{here(after=trace.next)}#records" if trace.next is not None else "",
            first=f"{here()}#records" if after is not None else "",
        ),
    )


def _dashboard(scheme: Scheme, organisation: Node, query: Query) -> str:
    asked = {"at": organisation.code, "since": query.since, "until": query.until, "measure": query.measure}
    if query.tree == "now":
        asked["tree"] = query.tree
    given = {key: str(value) for key, value in asked.items() if value}
    return f"{reverse('dashboard', args=[scheme.name])}?{urlencode(given)}#below"


def _text(answer: Figure, measure: Measure) -> str:
    return translated(numbers.told(answer, measure.show)) if answer.value is not None else ""


def _exact(answer: Figure, measure: Measure) -> str:
    """Every digit, where the office prints fewer or others."""
    exactly = in_full(answer, measure) or in_table(answer, measure)
    return "" if exactly.replace(",", "") == _text(answer, measure) else exactly


def _fraction(answer: Figure, measure: Measure) -> str:
    """What a share is a share of, and a growth came from; nothing where this reader may not see the parts."""
    if answer.numerator is None or answer.denominator is None:
        return ""
    upper, lower = (said(part, exact(part.value)) or gettext("未报") for part in (answer.numerator, answer.denominator))
    return f"({upper} − {lower}) / {lower}" if isinstance(measure, Growth) else f"{upper} / {lower}"


def _today(engine: Figures, measure: Measure, query: Query, answer: Figure) -> str:
    if query.as_of is None:
        return ""
    now = engine.figure(replace(query, as_of=None))
    same = (now.value, now.is_floor) == (answer.value, answer.is_floor)
    return "" if same else _text(now, measure) or gettext("未报")


def _records(found: Sequence[Contribution], named: dict[int, Node], seen: Scope) -> tuple[tuple[Cell, ...], ...]:
    """Those that may be read, with the campaign each was filed in, whose words its state has: one register may be
    shared by several.

    What is no record is what happened to an organisation, and that is public.
    """
    records = Record.objects.filter(id__in=[item.record for item in found if item.record])
    closed = set(records.values_list("id", flat=True)) if not seen.every_record else set()
    rows = seen.records(records).values_list("id", "scheme_id", "kind")
    homes = {id_: (versions.scheme(hash_), kind) for id_, hash_, kind in rows}
    return tuple(
        _record(item, named.get(item.organisation), homes.get(item.record or 0))
        for item in found
        if item.record not in closed or item.record in homes
    )


def _record(item: Contribution, node: Node | None, home: tuple[Scheme, str] | None) -> tuple[Cell, ...]:
    scheme, kind = home or (None, "")
    return (
        cells.text(item.record or "", link=reverse("record", args=[item.record]) if item.record is not None else ""),
        cells.text(node.name if node else ""),
        cells.text(scheme.title if scheme else ""),
        cells.day(item.day),
        cells.text(state_title(scheme.kinds[kind], item.state) if scheme else item.state),
        sheets.level(item.level),
        cells.number(item.value),
    )
