"""A measure's questions as SQL: compiled by Ibis once for each scheme version, measure and axis, then only asked."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from xianfeng.figures import owed
from xianfeng.figures.contributions import Builder
from xianfeng.figures.interface import Axis, Source
from xianfeng.scheme.nodes import Coverage, Flowing, Scheme


@dataclass(frozen=True, kw_only=True)
class Plan:
    """SQL texts over `kinds` (registers) and the registry; '' where a measure has no such question.

    `cells`, `whole`: key, part, value, records, filed, reviewed, submitted. `trace`: the rows of contributions.
    `owed`: key, expected, missing. `missing`: organisation.
    """

    kinds: tuple[str, ...]
    cells: str
    trace: str
    whole: str = ""
    owed: str = ""
    missing: str = ""


class Plans:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._made: dict[tuple[str, str, Axis | None, str], Plan] = {}

    def of(self, scheme: Scheme, measure: str, axis: Axis | None = None, field: str = "") -> Plan:
        """The plan of a measure that is not made of others. `axis` 'children' has the figure's own plan: only the
        places differ."""
        axis = None if axis == "children" else axis
        asked = (scheme.hash, measure, axis, field)
        if asked not in self._made:
            self._made[asked] = self._make(scheme, measure, axis, field)
        return self._made[asked]

    def _make(self, scheme: Scheme, measure: str, axis: Axis | None, field: str) -> Plan:
        node = scheme.measures[measure]
        assert isinstance(node, Flowing | Coverage)
        builder = Builder(scheme, self._source.registers())
        relations = builder.relations(node, axis, field)
        rules = owed.obligations(scheme, node) if isinstance(node, Flowing) and axis is None else ()
        owing = owed.expected(rules) if rules else None
        silent = owed.missing(builder, rules, node) if rules and isinstance(node, Flowing) else None
        return Plan(
            cells=_sql(_totals(relations.rows)),
            trace=_sql(relations.rows),
            whole=_sql(_totals(relations.whole)) if relations.whole is not None else "",
            owed=_sql(_counted(owing, silent)) if owing is not None and silent is not None else "",
            missing=_sql(silent.select("organisation").distinct()) if silent is not None else "",
            kinds=builder.used,
        )


def _totals(rows: ir.Table) -> ir.Table:
    return rows.group_by("key", "part").agg(
        value=rows["value"].sum(),
        records=rows.record.count(),
        filed=(rows.level == 1).sum(),
        reviewed=(rows.level == 2).sum(),
        submitted=(rows.level == 3).sum(),
    )


def _counted(owing: ir.Table, silent: ir.Table) -> ir.Table:
    both = owing.mutate(silent=0).union(silent.mutate(silent=1))
    return both.group_by("key").agg(expected=(both.silent == 0).sum(), missing=(both.silent == 1).sum())


def _sql(relation: ir.Table) -> str:
    return str(ibis.to_sql(relation, dialect="duckdb"))
