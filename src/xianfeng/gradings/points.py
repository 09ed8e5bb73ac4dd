"""Values made points, and conditions asked, a column at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from xianfeng.figures.debts import Marks
from xianfeng.figures.each import Column
from xianfeng.figures.ranges import Numbers
from xianfeng.gradings.sheet import Sheet
from xianfeng.problems import Problem
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.grading import POINT_PLACES, Bar, Indicator
from xianfeng.scheme.measuring import VALUE, VALUE_PLACES

if TYPE_CHECKING:
    import pyarrow as pa

_LARGEST = 2**62


def hundredths(points: Any) -> int:
    """Points as they are kept: whole hundredths."""
    return int(points.scaleb(POINT_PLACES).to_integral_value())


@dataclass(frozen=True, eq=False)
class Points:
    """In hundredths, and where they are known."""

    points: Numbers
    known: Marks


def scaled(column: Column) -> Numbers:
    """Values with as many decimal places as formulas know."""
    power = 10 ** (VALUE_PLACES - (column.places or 0))
    largest = max((abs(int(each)) for each in (column.values.min(initial=0), column.values.max(initial=0))), default=0)
    if largest * power >= _LARGEST:
        raise Problem("gradings.too_large", "有的指标的数太大，算不了得分", hint="换一个指标，或改用比例。")
    values: Numbers = column.values.astype(np.int64) * power
    return values


def points(indicator: Indicator, column: Column) -> Points:
    """Of each organisation; never fewer than none, nor more than the full mark."""
    values, full = scaled(column), hundredths(indicator.full)
    if indicator.points is not None:
        found = _by_formula(indicator.points, values, column.known, full)
    else:
        found = Points(_by_bands(indicator, values).clip(0, full), column.known)
    if indicator.unknown is None:
        return found
    return Points(np.where(found.known, found.points, hundredths(indicator.unknown)), np.ones(len(column), np.bool_))


def _by_bands(indicator: Indicator, values: Numbers) -> Numbers:
    begins = np.array([int(band.at_least.scaleb(VALUE_PLACES)) for band in indicator.bands], np.int64)
    given = np.array([0, *(hundredths(band.points) for band in indicator.bands)], np.int64)
    return given[np.searchsorted(begins, values, side="right")]


def _by_formula(formula: Expression, values: Numbers, known: Marks, full: int) -> Points:
    """Half a hundredth counts as one."""
    import ibis
    import pyarrow as pa

    from xianfeng.scheme.expressions import columns as formulas

    table = ibis.table({VALUE: "int64"}, name="sheet")
    column: Any = formulas.column(formula, table, today=dt.date.max)
    scale = formula.type.scale
    most = full * 10**scale // 10**POINT_PLACES + 1
    kept = ibis.least(ibis.greatest(column, 0), most).cast("int64")
    asked = table.select(points=kept, known=column.notnull())
    found = _answered(asked, pa.table({VALUE: pa.array(values, mask=~known)}))
    return Points(_rounded(found["points"], scale).clip(0, full), found["known"].astype(np.bool_) & known)


def _rounded(points: Numbers, scale: int) -> Numbers:
    """Not below nought, of so many decimal places, in hundredths."""
    if scale <= POINT_PLACES:
        kept: Numbers = points.astype(np.int64) * 10 ** (POINT_PLACES - scale)
        return kept
    power = 10 ** (scale - POINT_PLACES)
    rounded: Numbers = (points.astype(np.int64) + power // 2) // power
    return rounded


def barred(bar: Bar, sheet: Sheet) -> Marks:
    return holding(bar.when, bar.measures, sheet, today=dt.date.max)


def holding(when: Expression, measures: Collection[str], sheet: Sheet, *, today: dt.date) -> Marks:
    """Whoever satisfies a condition over measures; what is not known satisfies no comparison."""
    import ibis
    import pyarrow as pa

    from xianfeng.scheme.expressions import columns as formulas

    held = {name: pa.array(scaled(sheet.values[name]), mask=~sheet.values[name].known) for name in measures}
    held |= {name: sheet.called[name] for name in when.names - set(measures)}
    if not held:
        return np.full(len(sheet), when.value({}, today=today) is True)
    kept = pa.table(held)
    table: Any = ibis.table(ibis.Schema.from_pyarrow(kept.schema), name="sheet")
    found = _answered(table.select(holds=formulas.column(when, table, today=today)), kept)
    marks: Marks = found["holds"].astype(np.bool_)
    return marks


def _answered(asked: Any, held: pa.Table) -> dict[str, Any]:
    """Rows stay in order: DuckDB keeps that of what it scans."""
    import duckdb
    import ibis

    from xianfeng.scheme.expressions import columns as formulas

    with duckdb.connect() as connection:
        formulas.prepare(connection)
        connection.register("sheet", held)
        found: dict[str, Any] = connection.execute(ibis.to_sql(asked, dialect="duckdb")).fetchnumpy()
    return {name: np.ma.getdata(column) for name, column in found.items()}
