"""What always stands beside a measure, on its page, in lists of measures and in tables of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xianfeng.bulletins import addresses
from xianfeng.figures.interface import Axis, Figures, Query, Row
from xianfeng.scheme.besides import besides
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.figure import evidence
from xianfeng.web.figure.lines import MeasureLine, in_column, in_table
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column


@dataclass(frozen=True)
class Beside:
    """`text` '': nothing was reported."""

    title: str
    text: str
    unit: str
    link: str


def beside(engine: Figures, scheme: Scheme, query: Query, seen: Scope, code: str) -> tuple[Beside, ...]:
    """Of the same place and time, as far as this reader may see them."""
    shown = _seen(scheme, query, seen)
    asked = [replace(query, measure=one.name) for one in shown]
    found = engine.figures(asked) if asked else ()
    return tuple(
        Beside(
            one.title,
            in_table(evidence.figure(figure, scheme, one, seen), one),
            one.unit,
            addresses.figure(scheme, each, code),
        )
        for one, each, figure in zip(shown, asked, found, strict=True)
    )


def told(lines: Sequence[MeasureLine], scheme: Scheme) -> tuple[MeasureLine, ...]:
    """Lines of all measures that a reader sees, each with what stands beside it in words."""
    by_name = {line.measure.name: line for line in lines}

    def words(line: MeasureLine) -> str:
        near = (by_name[one.name] for one in besides(line.measure, scheme) if one.name in by_name)
        return "；".join(f"{one.measure.title} {one.text or '—'}{one.measure.unit if one.text else ''}" for one in near)

    return tuple(replace(line, beside=words(line)) if line.measure.beside else line for line in lines)


@dataclass(frozen=True)
class Parts:
    """A measure beside another one in a table of parts: its column, and its cell in each row."""

    column: Column
    cells: Mapping[object, Cell]

    def cell(self, key: object) -> Cell:
        return self.cells.get(key, cells.nothing())


def parts(engine: Figures, scheme: Scheme, query: Query, axis: Axis, seen: Scope) -> tuple[Parts, ...]:
    """What stands beside a measure, divided as it is itself."""
    return tuple(
        _parts(engine.breakdown(replace(query, measure=one.name), axis), scheme, one, query, seen)
        for one in _seen(scheme, query, seen)
    )


def _parts(rows: Sequence[Row], scheme: Scheme, one: Measure, query: Query, seen: Scope) -> Parts:
    shown = evidence.rows(rows, scheme, one, seen, query.organisation)
    found: dict[object, Cell] = {row.key: cells.figure(row.figure, in_column(row.figure, one)) for row in shown}
    return Parts(Column(one.title, one.unit, align="right"), found)


def _seen(scheme: Scheme, query: Query, seen: Scope) -> list[Measure]:
    return [one for one in besides(scheme.measures[query.measure], scheme) if seen.measure(one, query.organisation)]
