"""Values made points, a column at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from xianfeng.figures.debts import Marks
from xianfeng.figures.each import Column
from xianfeng.figures.ranges import Numbers
from xianfeng.measured import answered, scaled
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.grading import POINT_PLACES, Indicator
from xianfeng.scheme.measuring import VALUE, VALUE_PLACES


def hundredths(points: Any) -> int:
    """Points as they are kept: whole hundredths."""
    return int(points.scaleb(POINT_PLACES).to_integral_value())


@dataclass(frozen=True, eq=False)
class Points:
    """In hundredths, and where they are known."""

    points: Numbers
    known: Marks


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
    found = answered(asked, pa.table({VALUE: pa.array(values, mask=~known)}))
    return Points(_rounded(found["points"], scale).clip(0, full), found["known"].astype(np.bool_) & known)


def _rounded(points: Numbers, scale: int) -> Numbers:
    """Not below nought, of so many decimal places, in hundredths."""
    if scale <= POINT_PLACES:
        kept: Numbers = points.astype(np.int64) * 10 ** (POINT_PLACES - scale)
        return kept
    power = 10 ** (scale - POINT_PLACES)
    rounded: Numbers = (points.astype(np.int64) + power // 2) // power
    return rounded
