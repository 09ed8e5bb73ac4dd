"""What measures come to at each organisation that a rule means, as columns, and who satisfies a condition over them.

Whoever grades, commends or draws by figures asks here of all organisations at once; one that stands alone is asked of
the figures' engine itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xianfeng.figures.debts import Marks
from xianfeng.figures.each import Column
from xianfeng.figures.interface import Figures, Query
from xianfeng.figures.ranges import Numbers
from xianfeng.problems import Problem
from xianfeng.scheme.expressions import Expression, bounds
from xianfeng.scheme.measuring import VALUE_PLACES

if TYPE_CHECKING:
    import pyarrow as pa

_LARGEST = 2**62


@dataclass(frozen=True, eq=False, kw_only=True)
class Sheet:
    """One row an organisation. `values`: by measure. `called`: code, name, type, level, tier, category of each.
    `within`: by level, the organisation of that level under which each stands; 0 where it stands under none."""

    organisations: Numbers
    places: Numbers
    values: Mapping[str, Column]
    called: pa.Table
    within: Mapping[str, Numbers]

    def __len__(self) -> int:
        return len(self.organisations)


def read(table: pa.Table, asked: Iterable[Query], *, engine: Figures) -> Sheet:
    """What each of them comes to, by measure."""
    organisations = table["organisation"].to_numpy()
    return Sheet(
        organisations=organisations,
        places=table["place"].to_numpy(),
        values={query.measure: engine.each(query, organisations) for query in asked},
        called=table.drop_columns(["organisation", "place"]),
        within={},
    )


def scaled(column: Column) -> Numbers:
    """Values with as many decimal places as formulas know."""
    power = 10 ** (VALUE_PLACES - (column.places or 0))
    largest = max((abs(int(each)) for each in (column.values.min(initial=0), column.values.max(initial=0))), default=0)
    if largest * power >= _LARGEST:
        raise Problem("measured.too_large", "有的指标的数太大，不能计算", hint="换一个指标，或改用比例。")
    values: Numbers = column.values.astype(np.int64) * power
    return values


class Held(NamedTuple):
    """Of each organisation, whether it satisfies a condition, and whether that cannot be told."""

    holds: Marks
    unsure: Marks


def holding(when: Expression, measures: Collection[str], sheet: Sheet, *, today: dt.date) -> Held:
    """Whoever satisfies a condition over measures; what is not known satisfies no comparison. Where a value may be
    more than is known, and the condition turns on how much more, it cannot be told."""
    holds, unsure = _holding(when, measures, sheet, today), np.zeros(len(sheet), np.bool_)
    more = [sheet.values[name].is_floor for name in measures]
    rows = np.flatnonzero(np.logical_or.reduce(more)) if more else np.zeros(0, np.int64)
    called = {name: sheet.called[name] for name in when.names - set(measures)}
    for row in rows.tolist():
        said = {name: column[row].as_py() for name, column in called.items()}
        known = said | {name: sheet.values[name].at(row) for name in measures}
        floors = {name for name in measures if sheet.values[name].is_floor[row]}
        found = bounds.holds(when, known, at_least=floors, today=today)
        holds[row], unsure[row] = found is True, found is None
    return Held(holds, unsure)


def _holding(when: Expression, measures: Collection[str], sheet: Sheet, today: dt.date) -> Marks:
    import ibis
    import pyarrow as pa

    from xianfeng.scheme.expressions import columns as formulas

    held = {name: pa.array(scaled(sheet.values[name]), mask=~sheet.values[name].known) for name in measures}
    held |= {name: sheet.called[name] for name in when.names - set(measures)}
    if not held:
        return np.full(len(sheet), when.value({}, today=today) is True)
    kept = pa.table(held)
    table: Any = ibis.table(ibis.Schema.from_pyarrow(kept.schema), name="sheet")
    found = answered(table.select(holds=formulas.column(when, table, today=today)), kept)
    marks: Marks = found["holds"].astype(np.bool_, copy=True)
    return marks


def answered(asked: Any, held: pa.Table) -> dict[str, Any]:
    """What a question over one table, `sheet`, finds. Rows stay in order: DuckDB keeps that of what it scans."""
    import duckdb
    import ibis

    from xianfeng.scheme.expressions import columns as formulas

    with duckdb.connect() as connection:
        formulas.prepare(connection)
        connection.register("sheet", held)
        found: dict[str, Any] = connection.execute(ibis.to_sql(asked, dialect="duckdb")).fetchnumpy()
    return {name: np.ma.getdata(column) for name, column in found.items()}
