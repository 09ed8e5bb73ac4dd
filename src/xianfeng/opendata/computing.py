"""The rows of a package, asked of the same engine as every page: public measures by organisation and by month.

They reach one step below the campaign's root and no further. Every public figure can be opened on its page, small ones
too, so blanking those under five here would protect nobody; what keeps a number from pointing at a person is that a
scheme makes public only counts, that people are counted and never named, and that files for bulk use stop where the
numbers still are of a county or a town (docs/adr/0016).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xianfeng.bulletins import addresses
from xianfeng.figures import periods
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.opendata.sheets import Value
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.definition import define
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme

Rows = list[tuple[Value, ...]]


@dataclass(frozen=True)
class Asked:
    """What a package is of: everything is read as of one sealed entry."""

    engine: Figures
    scheme: Scheme
    root: int
    until: dt.date
    as_of: int

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.scheme.measures.values() if measure.public)

    def query(self, measure: Measure, until: dt.date | None = None, since: dt.date | None = None) -> Query:
        return Query(
            scheme=self.scheme.hash,
            measure=measure.name,
            organisation=self.root,
            until=until or self.until,
            since=since,
            as_of=self.as_of,
        )

    def nodes(self) -> dict[int, Node]:
        """The root first, then those below, as they were called on the last day."""
        below = tree.children(self.root, self.until)
        return {**tree.named([self.root], self.until), **{node.id: node for node in below}}


def organisations(nodes: Mapping[int, Node], root: int) -> Rows:
    above = nodes[root].code
    return [
        (node.code, node.name, titles.ORGANISATION_LEVELS.get(node.level, ""), None if node.id == root else above)
        for node in nodes.values()
    ]


def measures(asked: Asked, code: str) -> Rows:
    return [
        (
            measure.name,
            measure.title,
            measure.unit,
            measure.section,
            str(define(asked.scheme, measure.name)),
            "发生数" if periods.flows(asked.scheme, measure) else "月末数",
            measure.target.value if measure.target else None,
            measure.target.due.isoformat() if measure.target and measure.target.due else None,
            addresses.figure(asked.scheme, asked.query(measure), code),
        )
        for measure in asked.measures
    ]


def totals(asked: Asked, nodes: Mapping[int, Node]) -> Rows:
    whole = asked.engine.figures([asked.query(measure) for measure in asked.measures])
    found: Rows = []
    for measure, figure in zip(asked.measures, whole, strict=True):
        told = _told(asked.scheme, measure)
        found.append((measure.name, nodes[asked.root].code, *_total(figure, told=told)))
        for organisation, part in _below(asked, asked.query(measure), nodes):
            found.append((measure.name, nodes[organisation].code, *_total(part, told=told)))
    return found


def months(asked: Asked, nodes: Mapping[int, Node]) -> Rows:
    found: Rows = []
    for month in _busy(asked):
        last = min(periods.last_day(month), asked.until)
        queries = [
            asked.query(measure, last, month if periods.flows(asked.scheme, measure) else None)
            for measure in asked.measures
        ]
        for measure, query, whole in zip(asked.measures, queries, asked.engine.figures(queries), strict=True):
            told = _told(asked.scheme, measure)
            for organisation, figure in [(asked.root, whole), *_below(asked, query, nodes)]:
                if figure.value is not None:
                    records = figure.records if told else None
                    found.append((measure.name, nodes[organisation].code, f"{month:%Y-%m}", *_value(figure), records))
    return sorted(found, key=_place(asked, nodes))


def _place(asked: Asked, nodes: Mapping[int, Node]) -> Callable[[tuple[Value, ...]], tuple[int, int, str]]:
    """In the order of the other sheets."""
    by_measure = {measure.name: at for at, measure in enumerate(asked.measures)}
    by_code = {node.code: at for at, node in enumerate(nodes.values())}
    return lambda row: (by_measure[str(row[0])], by_code[str(row[1])], str(row[2]))


def _busy(asked: Asked) -> Sequence[dt.date]:
    """From the first month in which anything was done to the last."""
    flows = [measure for measure in asked.measures if periods.flows(asked.scheme, measure)]
    rows = [row for measure in flows for row in asked.engine.breakdown(asked.query(measure), "month")]
    busy = [row.key for row in rows if isinstance(row.key, dt.date) and row.figure.records]
    run = periods.months(asked.scheme, None, asked.until)
    return [month for month in run if min(busy) <= month <= max(busy)] if busy else ([] if flows else run)


def _below(asked: Asked, query: Query, nodes: Mapping[int, Node]) -> Iterator[tuple[int, Figure]]:
    """The parts of those that stand below; what was done at the root itself is in the whole alone."""
    for row in asked.engine.breakdown(query, "children"):
        if isinstance(row.key, int) and row.key in nodes and row.key != asked.root:
            yield row.key, row.figure


def _total(figure: Figure, *, told: bool) -> tuple[Value, ...]:
    if not told:
        return (*_value(figure), None, None, None)
    return (*_value(figure), figure.records, figure.expected, figure.missing)


def _value(figure: Figure) -> tuple[Value, Value]:
    """It, and whether it may be more."""
    return (None, None) if figure.value is None else (figure.value, figure.is_floor)


def _told(scheme: Scheme, measure: Measure) -> bool:
    """Whether what it rests on may be told: with a rate, its records could give away a part that is not public."""
    parts = [scheme.measures[part] for part in measure.parts]
    return all(part.public and _told(scheme, part) for part in parts)
