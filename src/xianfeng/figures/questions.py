"""A measure's questions as SQL: compiled by Ibis once for each scheme version, measure and axis, then only asked.

Ibis takes some 30 ms for a text and DuckDB 2 ms to answer it, so a text is compiled when it is first asked for, and
shared by the measures that ask the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import ibis
from ibis.expr import types as ir

from xianfeng.figures import owed
from xianfeng.figures.contributions import Builder, Relations
from xianfeng.figures.interface import Axis, Register, Source
from xianfeng.scheme.nodes import Evidenced, Flowing, Latest, Scheme, Sum
from xianfeng.scheme.owing import owing

ibis.options.sql.fuse_selects = False  # DuckDB fuses them itself, and faster
_TOTALS = """
SELECT key, part, sum(value), count(record), count(*) FILTER (level = 1), count(*) FILTER (level = 2),
    count(*) FILTER (level = 3)
FROM ({rows}) GROUP BY key, part
"""
_TRACE = """
SELECT record, organisation, place, dated, state, level, value, coalesce(record, organisation) AS number
FROM ({rows}) WHERE number > $after AND ($among IS NULL OR list_contains($among::BIGINT[], number))
ORDER BY number, place LIMIT $most
"""
_OWED = "SELECT key, 0 AS part, count(*), count(*) FILTER (missing) FROM ({owing}) GROUP BY key"
_MISSING = """
SELECT organisation FROM ({owing}) WHERE missing AND organisation > $after ORDER BY organisation LIMIT $most
"""


@dataclass(frozen=True, kw_only=True)
class Questions:
    """SQL over `kinds` (registers) and the registry's tables; '' where a measure has no such question.

    `totals` and `whole` (what a coverage is a share of): key, part and `cells.Totals`. `owed`: key, part 0 and
    `cells.Owed`. `trace`: a page of contributions; `members`: the same of the whole. `missing`: a page of
    organisations.
    """

    kinds: tuple[Register, ...]
    totals: str
    trace: str
    whole: str
    members: str
    owed: str
    missing: str


@dataclass(frozen=True)
class _Text:
    sql: str
    kinds: tuple[Register, ...]


_NOTHING = _Text("", ())


class Compiler:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._made: dict[tuple[str, str, Axis | None, str], Questions] = {}
        self._texts: dict[tuple[object, ...], _Text] = {}
        self._making = Lock()  # Ibis is not made for two threads at a time

    def of(self, scheme: Scheme, measure: str, axis: Axis | None = None, field: str = "") -> Questions:
        """What is asked of a measure not made of others. Children need no text of their own: only places differ."""
        axis = None if axis == "children" else axis
        asked = (scheme.hash, measure, axis, field)
        if asked not in self._made:
            with self._making:
                self._made[asked] = self._make(scheme, measure, axis, field)
        return self._made[asked]

    def _make(self, scheme: Scheme, measure: str, axis: Axis | None, field: str) -> Questions:
        node = scheme.measures[measure]
        builder = Builder(scheme, self._source.registers([scheme.name]))
        relations: Relations = builder.relations(node, axis, field)
        rows = _sql(relations.rows)
        whole = _sql(relations.whole) if relations.whole is not None else ""
        debt = self._owing(scheme, node) if isinstance(node, Evidenced) and axis is None else _NOTHING
        return Questions(
            kinds=tuple(dict.fromkeys((*builder.used, *debt.kinds))),
            totals=_TOTALS.format(rows=rows),
            trace=_TRACE.format(rows=rows),
            whole=_TOTALS.format(rows=whole) if whole else "",
            members=_TRACE.format(rows=whole) if whole else "",
            owed=_OWED.format(owing=debt.sql) if debt.sql else "",
            missing=_MISSING.format(owing=debt.sql) if debt.sql else "",
        )

    def _owing(self, scheme: Scheme, measure: Evidenced) -> _Text:
        rules = owing(scheme, measure)
        if not rules:
            return _NOTHING
        key = (scheme.hash, tuple(rule.name for rule in rules), *_reported_by(measure))
        if key not in self._texts:
            builder = Builder(scheme, self._source.registers([scheme.name]))
            relation = owed.owing(rules, builder.reported(measure, rules))
            self._texts[key] = _Text(_sql(relation), builder.used)
        return self._texts[key]


def _reported_by(measure: Evidenced) -> tuple[object, ...]:
    """What decides which records count as reports of it, besides its obligations."""
    if not isinstance(measure, Flowing):
        return ()
    return measure.by, measure.counts, measure.field if isinstance(measure, Sum | Latest) else ""


def _sql(relation: ir.Table) -> str:
    return str(ibis.to_sql(relation, dialect="duckdb", pretty=False))
