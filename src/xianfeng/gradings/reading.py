"""Whom a rule means on a day, and what its measures come to at each, as of one entry: of gradings and commendations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from xianfeng.figures.interface import Figures, Query
from xianfeng.figures.ranges import Numbers
from xianfeng.gradings.sheet import Sheet
from xianfeng.population import Population
from xianfeng.problems import Problem
from xianfeng.registry import snapshots
from xianfeng.remembered import Remembered
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme

if TYPE_CHECKING:
    import pyarrow as pa

_described: Remembered[pa.Table] = Remembered(16)


def sheet(
    scheme: Scheme, grading: Grading, *, root: int, since: dt.date, until: dt.date, as_of: int, engine: Figures
) -> Sheet:
    """`root`: the campaign's organisation. Whoever stands under it on the last day is graded."""
    table = described(root, until, grading.where, as_of=as_of)
    if not len(table):
        raise Problem("gradings.nobody", "这一天没有符合条件的组织", hint="核对日期，或活动方案里定级的 where。")
    asked = [
        Query(scheme=scheme.hash, measure=name, organisation=root, since=since, until=until, as_of=as_of)
        for name in grading.measures
    ]
    found, population = read(table, asked, engine=engine), Population(as_of)
    levels = {quota.within for quota in grading.quotas.values() if quota.within}
    organisations = found.organisations
    within = {level: above(population.within(root, until, level), organisations) for level in levels}
    return replace(found, within=within)


def described(root: int, until: dt.date, where: Expression | None, *, as_of: int) -> pa.Table:
    """Those at or below a root whom a condition means on a day, as they are called."""
    whom = (snapshots.edition(as_of), root, until, where and where.text)
    return _described.of(whom, lambda: Population(as_of).described(root, until, where))


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


def above(found: Mapping[int, int], organisations: Numbers) -> Numbers:
    """The one above each, 0 where there is none."""
    return np.array([found.get(each, 0) for each in organisations.tolist()], np.int64)
