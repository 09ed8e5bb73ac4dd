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
from xianfeng.scheme.expressions import Expression, bounds
from xianfeng.scheme.grading import POINT_PLACES, Indicator
from xianfeng.scheme.measuring import VALUE, VALUE_PLACES


def hundredths(points: Any) -> int:
    """Points as they are kept: whole hundredths."""
    return int(points.scaleb(POINT_PLACES).to_integral_value())


@dataclass(frozen=True, eq=False)
class Points:
    """In hundredths, and where they are known. `most`: what they may come to, where a value may be more than is known;
    everywhere else the same as `points`."""

    points: Numbers
    known: Marks
    most: Numbers


def points(indicator: Indicator, column: Column) -> Points:
    """Of each organisation; never fewer than none, nor more than the full mark."""
    full = hundredths(indicator.full)
    if indicator.points is not None:
        found = _by_formula(indicator.points, column, full)
    else:
        found = _by_bands(indicator, column, full)
    if indicator.unknown is None:
        return found
    least, most = (np.where(found.known, each, hundredths(indicator.unknown)) for each in (found.points, found.most))
    return Points(least, np.ones(len(column), np.bool_), most)


def _by_bands(indicator: Indicator, column: Column, full: int) -> Points:
    """Of a value that may be more: what this band and those above it give."""
    begins = np.array([int(band.at_least.scaleb(VALUE_PLACES)) for band in indicator.bands], np.int64)
    given = np.array([0, *(hundredths(band.points) for band in indicator.bands)], np.int64).clip(0, full)
    at = np.searchsorted(begins, scaled(column), side="right")
    least, most = (extreme.accumulate(given[::-1])[::-1] for extreme in (np.minimum, np.maximum))
    return Points(
        np.where(column.is_floor, least[at], given[at]), column.known, np.where(column.is_floor, most[at], given[at])
    )


def _by_formula(formula: Expression, column: Column, full: int) -> Points:
    """Half a hundredth counts as one."""
    import ibis
    import pyarrow as pa

    from xianfeng.scheme.expressions import columns as formulas

    table = ibis.table({VALUE: "int64"}, name="sheet")
    asked: Any = formulas.column(formula, table, today=dt.date.max)
    scale = formula.type.scale
    above = full * 10**scale // 10**POINT_PLACES + 1
    kept = ibis.least(ibis.greatest(asked, 0), above).cast("int64")
    held = pa.table({VALUE: pa.array(scaled(column), mask=~column.known)})
    found = answered(table.select(points=kept, known=asked.notnull()), held)
    least, known = found["points"].astype(np.int64), found["known"].astype(np.bool_) & column.known
    most = least.copy()
    for row in np.flatnonzero(column.is_floor).tolist():
        ends = bounds.between(formula, {VALUE: column.at(row)}, at_least=[VALUE], today=dt.date.max)
        known[row] = ends is not None
        least[row], most[row] = (int(min(max(each, 0), above)) for each in ends or (0, 0))
    return Points(_rounded(least, scale).clip(0, full), known, _rounded(most, scale).clip(0, full))


def _rounded(points: Numbers, scale: int) -> Numbers:
    """Not below nought, of so many decimal places, in hundredths."""
    if scale <= POINT_PLACES:
        kept: Numbers = points.astype(np.int64) * 10 ** (POINT_PLACES - scale)
        return kept
    power = 10 ** (scale - POINT_PLACES)
    rounded: Numbers = (points.astype(np.int64) + power // 2) // power
    return rounded
