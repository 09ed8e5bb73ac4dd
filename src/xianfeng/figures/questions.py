"""A measure's questions as SQL: compiled by Ibis once for each scheme version, measure and axis, then only asked.

Ibis takes some 30 ms for a text and DuckDB 2 ms to answer it, so a text is compiled when it is first asked for, and
shared by the measures that ask the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import ibis
from ibis.expr import types as ir

from xianfeng.figures import owed
from xianfeng.figures.contributions import Builder, Relations
from xianfeng.figures.interface import Axis, Register, Source
from xianfeng.figures.spread import FOR_GOOD, MOST
from xianfeng.scheme.measuring import Evidenced, Flowing, Latest, Sum
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.owing import owing

ibis.options.sql.fuse_selects = False  # DuckDB fuses them itself, and faster
_EVERYWHERE = """
SELECT p.lo, (r.begins - DATE '1970-01-01')::INTEGER AS begins,
    coalesce((r.gone - DATE '1970-01-01')::INTEGER, {for_good}) AS gone,
    part, item, TRY_CAST(sum(value) AS BIGINT) AS value, count(record) AS records,
    count(*) FILTER (level = 1) AS filed, count(*) FILTER (level = 2) AS reviewed,
    count(*) FILTER (level = 3) AS submitted
FROM ({rows}) AS r JOIN places AS p ON p.id = r."at" GROUP BY ALL
"""
_UP_TO = "{rows} LIMIT {most} + 1"
_INSIDE = """
SELECT i.key, r.* FROM ({rows}) AS r JOIN inside AS i ON i.place = r."at"
WHERE r.begins <= getvariable('until') AND (r.gone IS NULL OR r.gone > getvariable('until'))
"""
_IN_THE_PERIOD = "SELECT * FROM ({rows}) WHERE begins >= getvariable('since')"
_BY_MONTH = "SELECT * REPLACE (date_trunc('month', begins)::DATE AS part) FROM ({rows})"
_ONCE = """
SELECT * REPLACE ((row_number() OVER (PARTITION BY key, part, item ORDER BY record) = 1)::BIGINT AS value) FROM ({rows})
"""
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
_BOUND = """
SELECT p.lo, r.* EXCLUDE ("at") REPLACE (
    (r.begins - DATE '1970-01-01')::INTEGER AS begins,
    coalesce((r.gone - DATE '1970-01-01')::INTEGER, {for_good}) AS gone
)
FROM ({rows}) AS r JOIN places AS p ON p.id = r."at"
"""
_REPORTED = "SELECT * REPLACE ((dated - DATE '1970-01-01')::INTEGER AS dated) FROM ({rows})"
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """SQL over registers and the registry's tables, and what else changes its answer: variables, whether it reads what
    organisations were on a day, and the places asked for. Where a text only seems to, an answer is known for less."""

    sql: str
    kinds: tuple[Register, ...] = ()

    @cached_property
    def variables(self) -> tuple[str, ...]:
        return tuple(sorted({name.lower() for name in _VARIABLE.findall(self.sql)}))

    @cached_property
    def of_a_day(self) -> bool:
        return "organisations" in self.sql

    @cached_property
    def of_places(self) -> bool:
        return "inside" in self.sql


@dataclass(frozen=True, kw_only=True)
class Sums:
    """One question asked at every place and for every time (`spread.Spread`), and the same of the places and the period
    that are asked for: key, part and the sums. `kept`: the first, cut off where it is more than is kept."""

    everywhere: Text
    kept: Text
    inside: Text
    by_month: Text


@dataclass(frozen=True, kw_only=True)
class Owing:
    """Who is bound (`debts.Bound`), and who reported when (`debts.Debts`)."""

    bound: Text
    reported: Text


@dataclass(frozen=True, kw_only=True)
class Questions:
    """None where a measure has no such question.

    `totals` and `whole` (what a coverage is a share of): `cells.Totals`. `owing`: who owes it. `trace`: a page of
    contributions; `members`: the same of the whole. `untold`: where there is what may belong to it, and was not told.
    """

    totals: Sums
    untold: Sums | None
    trace: Text
    whole: Sums | None
    members: Text | None
    owing: Owing | None


class Compiler:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._made: dict[tuple[str, str, Axis | None, str], Questions] = {}
        self._owings: dict[tuple[object, ...], Owing] = {}
        self._making = Lock()  # Ibis is not made for two threads at a time

    def of(self, scheme: Scheme, measure: str, axis: Axis | None = None, field: str = "") -> Questions:
        """What is asked of a measure not made of others. Children and months need no text of their own."""
        axis = None if axis in ("children", "month") else axis
        asked = (scheme.hash, measure, axis, field)
        if asked not in self._made:
            with self._making:
                self._made[asked] = self._make(scheme, measure, axis, field)
        return self._made[asked]

    def _make(self, scheme: Scheme, measure: str, axis: Axis | None, field: str) -> Questions:
        node = scheme.measures[measure]
        builder = Builder(scheme, self._source.registers([scheme.name]))
        relations: Relations = builder.relations(node, axis, field)
        rows = Text(_sql(relations.rows), builder.used)
        whole = Text(_sql(relations.whole), builder.used) if relations.whole is not None else None
        untold = builder.untold(node, axis, field) if isinstance(node, Flowing) else None
        debt = self._owing(scheme, node) if isinstance(node, Evidenced) and axis is None else None
        return Questions(
            totals=_totals(rows, items=relations.items),
            untold=None if untold is None else _totals(Text(_sql(untold), builder.used)),
            trace=_text(_TRACE, _inside(rows, items=relations.items)),
            whole=_totals(whole) if whole else None,
            members=_text(_TRACE, _inside(whole)) if whole else None,
            owing=debt,
        )

    def _owing(self, scheme: Scheme, measure: Evidenced) -> Owing | None:
        rules = owing(scheme, measure)
        if not rules:
            return None
        key = (scheme.hash, tuple(rule.name for rule in rules), *_reported_by(measure))
        if key not in self._owings:
            builder = Builder(scheme, self._source.registers([scheme.name]))
            reported = Text(_sql(builder.reported(measure, rules)), builder.used)
            bound = Text(_sql(owed.bound(rules)))
            self._owings[key] = Owing(
                bound=_text(_BOUND, bound, for_good=FOR_GOOD), reported=_text(_REPORTED, reported)
            )
        return self._owings[key]


def _reported_by(measure: Evidenced) -> tuple[object, ...]:
    """What decides which records count as reports of it, besides its obligations."""
    if not isinstance(measure, Flowing):
        return ()
    return measure.by, measure.counts, measure.field if isinstance(measure, Sum | Latest) else ""


def _totals(rows: Text, *, items: bool = False) -> Sums:
    everywhere = _text(_EVERYWHERE, rows, for_good=FOR_GOOD)
    return Sums(
        everywhere=everywhere,
        kept=_text(_UP_TO, everywhere, most=MOST),
        inside=_text(_TOTALS, _inside(rows, items=items)),
        by_month=_text(_TOTALS, _inside(rows, items=items, by_month=True)),
    )


def _inside(rows: Text, *, items: bool = False, by_month: bool = False) -> Text:
    """The rows that count in the places and the period asked for."""
    found = _text(_IN_THE_PERIOD, _text(_INSIDE, rows))
    found = _text(_BY_MONTH, found) if by_month else found
    return _text(_ONCE, found) if items else found


def _text(form: str, rows: Text, **more: object) -> Text:
    return Text(form.format(rows=rows.sql, **more), rows.kinds)


def _sql(relation: ir.Table) -> str:
    return str(ibis.to_sql(relation, dialect="duckdb", pretty=False))
