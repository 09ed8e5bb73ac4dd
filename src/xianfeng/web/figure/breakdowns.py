"""The parts of a figure in tables: by children, category, month and reviewer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext

from xianfeng.bulletins import addresses
from xianfeng.figures.interface import Axis, Figure, Figures, Query, Row
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import results
from xianfeng.scheme.measuring import Flowing, Measure, Sum
from xianfeng.scheme.nodes import Field, Scheme
from xianfeng.scheme.titles import NOTHING, part
from xianfeng.scheme.types import FieldType
from xianfeng.web.figure import beside, evidence
from xianfeng.web.figure.beside import Parts
from xianfeng.web.figure.lines import in_column, in_full
from xianfeng.web.scope import Scope

REVIEWERS = 8


@dataclass(frozen=True)
class Line:
    """A row of a breakdown; `link` opens that part."""

    label: str
    text: str
    figure: Figure
    link: str = ""
    exact: str = ""  # every digit, where the text has fewer
    key: object = None  # of the part
    free: bool = False  # it has none and owes none, where others do


@dataclass(frozen=True)
class Breakdown:
    title: str
    head: str
    rows: tuple[Line, ...]
    by_month: bool = False
    of_children: bool = False
    missing: bool = False  # whether somebody owes it, so that a column tells who has not reported
    beside: tuple[Parts, ...] = ()  # the measures without which this one is not shown


def breakdowns(engine: Figures, scheme: Scheme, measure: Measure, query: Query, seen: Scope) -> tuple[Breakdown, ...]:
    tables = [_children(engine, scheme, measure, query, seen), *parts(engine, scheme, measure, query, seen)]
    return tuple(table for table in tables if table.rows)


def divisions(scheme: Scheme, measure: Measure) -> Iterator[tuple[Axis, str]]:
    """By what a measure's page divides it, besides its children and months."""
    if isinstance(measure, Flowing):
        for _, field in _categories(scheme, measure, scheme.kinds[measure.kind].fields):
            yield "category", field
        yield "reviewer", ""


def parts(engine: Figures, scheme: Scheme, measure: Measure, query: Query, seen: Scope) -> tuple[Breakdown, ...]:
    """By category and month; what may not be read of the records divides no figure."""
    tables: list[Breakdown] = []
    if isinstance(measure, Flowing):
        readable = seen.fields(scheme, scheme.kinds[measure.kind], query.organisation)
        let_in = results.let_in(scheme, measure)
        for title, field in _categories(scheme, measure, readable):
            those = let_in.get(field)
            found = engine.breakdown(query, "category", field=field)
            rows = [row for row in found if those is None or row.key in those or row.figure.records]
            declared = scheme.kinds[measure.kind].fields[field]
            lines = tuple(_line(part(row.key, declared), row, measure) for row in rows)
            tables.append(Breakdown(gettext("按%(title)s") % {"title": title}, title, lines))
    months = _busy(engine.breakdown(query, "month"))
    tables.append(
        Breakdown(
            gettext("按月份"),
            gettext("月份"),
            tuple(_month(row, measure) for row in months),
            by_month=True,
            beside=beside.parts(engine, scheme, query, "month", seen),
        )
    )
    return tuple(table for table in tables if table.rows)


def reviewers(engine: Figures, measure: Measure, query: Query) -> tuple[Line, ...]:
    """Who reviewed most of it, and how much nobody has."""
    if not isinstance(measure, Flowing):
        return ()
    rows = sorted(engine.breakdown(query, "reviewer"), key=lambda row: -row.figure.records)[:REVIEWERS]
    named = tree.named([row.key for row in rows if isinstance(row.key, int)], query.until)
    return tuple(
        Line(named[row.key].name if isinstance(row.key, int) else gettext("（尚未审核）"), "", row.figure)
        for row in rows
    )


def _children(engine: Figures, scheme: Scheme, measure: Measure, query: Query, seen: Scope) -> Breakdown:
    rows = evidence.rows(engine.breakdown(query, "children"), scheme, measure, seen, query.organisation)
    named = tree.named([row.key for row in rows if isinstance(row.key, int)], query.until)
    free = evidence.free(rows)
    found = (replace(_child(scheme, measure, query, row, named), free=row.key in free) for row in rows)
    lines = tuple(sorted(found, key=lambda line: line.free))  # of whom nothing is asked: below the others
    owed = any(row.figure.missing is not None for row in rows)
    near = beside.parts(engine, scheme, query, "children", seen)
    return Breakdown(gettext("按下级组织"), gettext("组织"), lines, of_children=True, missing=owed, beside=near)


def _child(scheme: Scheme, measure: Measure, query: Query, row: Row, named: dict[int, Node]) -> Line:
    if not isinstance(row.key, int):
        return _line(gettext("（已撤销或迁出的组织）"), row, measure)
    node = named[row.key]
    if row.key == query.organisation:
        return _line(gettext("%(name)s本级") % {"name": node.name}, row, measure)
    return _line(node.name, row, measure, addresses.figure(scheme, query, node.code))


def _month(row: Row, measure: Measure) -> Line:
    return _line(date_format(row.key, "YEAR_MONTH_FORMAT") if isinstance(row.key, dt.date) else NOTHING, row, measure)


def _line(label: str, row: Row, measure: Measure, link: str = "") -> Line:
    shown, full = in_column(row.figure, measure), in_full(row.figure, measure)
    return Line(label, shown, row.figure, link, "" if full == shown else full, row.key)


def _busy(months: Sequence[Row]) -> Sequence[Row]:
    """From the first month in which there was something to the last."""
    busy = [number for number, row in enumerate(months) if row.figure.records]
    return months[busy[0] : busy[-1] + 1] if busy else ()


def _categories(scheme: Scheme, measure: Flowing, readable: Mapping[str, Field]) -> list[tuple[str, str]]:
    """The fields by which a measure's records fall into parts: title and name."""
    kind = scheme.kinds[measure.kind]
    fields = {name: field for name, field in kind.figure_fields.items() if name in readable}
    return [
        (field.title, name)
        for name, field in fields.items()
        if field.type.is_category
        and not field.retired
        and results.divides(scheme, measure, name)
        and (field.type is not FieldType.TALLY or (isinstance(measure, Sum) and measure.field == name))
    ]
