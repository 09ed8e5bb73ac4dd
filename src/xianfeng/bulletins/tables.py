"""Tables and charts: a breakdown with every cell a figure of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import get_args

from xianfeng.bulletins.asking import measure_named, source_of
from xianfeng.bulletins.citing import Book, Edition, measured
from xianfeng.bulletins.normalise import normalise
from xianfeng.figures.interface import Axis, Query, Row
from xianfeng.papers.document import FigureRun, Inline, Runs, Slice, Source, Table, Text
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Flowing, Measure
from xianfeng.scheme.titles import NOTHING, RANKS, month, part
from xianfeng.sentences import say

_HEADS: Mapping[Axis, str] = {
    "children": "组织",
    "category": "类别",
    "month": "月份",
    "level": "审核情况",
    "reviewer": "审核组织",
}
_LEVELS = {str(rank): title for rank, title in RANKS.items()}
_NOBODY = "未注明"  # no organisation: reviewed by none, or by one whose name is not known
_BAR = 20  # characters of the longest bar

Key = int | str | dt.date | None


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """What a table asks: `asked` but for its measure, cut along an axis."""

    edition: Edition
    book: Book
    asked: Query
    axis: Axis
    field: str


def axis_named(by: str) -> Axis:
    for axis in get_args(Axis):
        if axis == by:
            return axis  # type: ignore[no-any-return]
    raise Problem(
        "bulletin.unknown_axis", say("不能按“{by}”分列。", by=by), hint=say("可用：{heads}。", heads="、".join(_HEADS))
    )


def table(breakdown: Breakdown, names: Sequence[str]) -> Table:
    """A row for each key, a column for each measure."""
    if not names:
        raise Problem("bulletin.bad_call", "table(...) 要有统计指标。", hint="table('posted', by='children')")
    measures = [measure_named(breakdown.edition, name) for name in names]
    columns = [_column(breakdown, measure) for measure in measures]
    keys = list(dict.fromkeys(key for cells in columns for key in cells))
    labels = _labels(breakdown, measures[0], keys)
    head: tuple[Runs, ...] = (
        (Text(_HEADS[breakdown.axis]),),
        *((_head(breakdown, measure),) for measure in measures),
    )
    return Table((head, *(_row(key, labels[key], columns) for key in keys)))


def chart(breakdown: Breakdown, name: str) -> Table:
    """The table of one measure with a bar beside each value."""
    head, *rows = table(breakdown, [name]).rows
    values = [_magnitude(breakdown.book, row[1]) for row in rows]
    most = max([*values, Decimal(0)]) or Decimal(1)
    bars = [Text("█" * int(value * _BAR / most)) for value in values]
    return Table(((*head, (Text("图示"),)), *((*row, (bar,)) for row, bar in zip(rows, bars, strict=True))))


def _column(breakdown: Breakdown, measure: Measure) -> dict[Key, FigureRun]:
    query = replace(breakdown.asked, measure=measure.name)
    rows = breakdown.edition.engine.breakdown(query, breakdown.axis, field=breakdown.field)
    breakdown.edition.names.learn([row.key for row in rows if isinstance(row.key, int)], query.until)
    cells: dict[Key, FigureRun] = {}
    for row in rows:
        source = _cell(breakdown, measure, query, row)
        cells[row.key] = FigureRun(source.text, breakdown.book.cite(source))
    return cells


def _cell(breakdown: Breakdown, measure: Measure, query: Query, row: Row) -> Source:
    """A child's cell is the child's own figure; any other row is a slice of the whole query."""
    if breakdown.axis == "children" and isinstance(row.key, int) and row.key != query.organisation:
        source = source_of(breakdown.edition, replace(query, organisation=row.key))
    else:
        key = None if row.key is None else str(row.key)
        part = Slice(axis=breakdown.axis, field=breakdown.field, key=key)
        source = replace(source_of(breakdown.edition, query), row=part)
    return measured(row.figure, measure, measure.show, source=source)


def _head(breakdown: Breakdown, measure: Measure) -> FigureRun:
    """A measure's title may carry numerals of its own (50人以上企业), so it is cited like any other value."""
    text = normalise(measure.title + (f"（{measure.unit}）" if measure.unit else ""))
    source = Source(call="rule", name=f"measures.{measure.name}.title", text=text, value=measure.title)
    return FigureRun(text, breakdown.book.cite(source))


def _row(key: Key, label: str, columns: list[dict[Key, FigureRun]]) -> tuple[Runs, ...]:
    """The label belongs to the figures beside it: it names what they were asked of."""
    first = next(cells[key] for cells in columns if key in cells)
    absent: Inline = Text("—")
    return ((FigureRun(label, first.figure),), *((cells.get(key, absent),) for cells in columns))


def _labels(breakdown: Breakdown, measure: Measure, keys: list[Key]) -> dict[Key, str]:
    if breakdown.axis in ("children", "reviewer"):
        names, day = breakdown.edition.names, breakdown.asked.until
        return {key: (names.name(key, day) if isinstance(key, int) else "") or _NOBODY for key in keys}
    if breakdown.axis == "month":
        return {key: month(key) if isinstance(key, dt.date) else NOTHING for key in keys}
    if breakdown.axis == "level":
        return {key: _LEVELS.get(str(key), NOTHING) for key in keys}
    kinds = breakdown.edition.scheme.kinds
    declared = kinds[measure.kind].fields.get(breakdown.field) if isinstance(measure, Flowing) else None
    return {key: part(key, declared) for key in keys}


def _magnitude(book: Book, cell: Runs) -> Decimal:
    run = cell[0]
    value = book.sources[run.figure].value if isinstance(run, FigureRun) else ""
    return max(Decimal(value or 0), Decimal(0))
