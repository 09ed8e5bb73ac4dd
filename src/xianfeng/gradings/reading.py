"""Whom a grading means on a day, and what its measures come to at each, as of one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from xianfeng import measured, population
from xianfeng.figures.interface import Figures, Query
from xianfeng.figures.ranges import Numbers
from xianfeng.measured import Sheet
from xianfeng.population import Population
from xianfeng.problems import Problem
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme


def sheet(
    scheme: Scheme, grading: Grading, *, root: int, since: dt.date, until: dt.date, as_of: int, engine: Figures
) -> Sheet:
    """`root`: the campaign's organisation. Whoever stands under it on the last day is graded."""
    table = population.described(root, until, grading.where, as_of=as_of)
    if not len(table):
        raise Problem("gradings.nobody", "这一天没有符合条件的组织", hint="核对日期，或活动方案里定级的 where。")
    asked = [
        Query(scheme=scheme.hash, measure=name, organisation=root, since=since, until=until, as_of=as_of)
        for name in grading.measures
    ]
    found, there = measured.read(table, asked, engine=engine), Population(as_of)
    levels = {quota.within for quota in grading.quotas.values() if quota.within}
    organisations = found.organisations
    within = {level: above(there.within(root, until, level), organisations) for level in levels}
    return replace(found, within=within)


def above(found: Mapping[int, int], organisations: Numbers) -> Numbers:
    """The one above each, 0 where there is none."""
    return np.array([found.get(each, 0) for each in organisations.tolist()], np.int64)
