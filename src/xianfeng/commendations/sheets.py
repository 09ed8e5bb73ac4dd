"""Who satisfies the conditions of a commendation, of all whom it means at once, as columns and as of one entry.

One organisation that is being nominated is asked in `eligibility`; here stand those who were not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from xianfeng import figures
from xianfeng.figures.debts import Marks
from xianfeng.figures.interface import Query
from xianfeng.gradings.points import holding
from xianfeng.gradings.sheet import Sheet
from xianfeng.log.append import head
from xianfeng.population import Population
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch


@dataclass(frozen=True, eq=False, kw_only=True)
class Eligible:
    """`holds`: by condition, who satisfies it."""

    sheet: Sheet
    until: dt.date
    as_of: int
    holds: Mapping[str, Marks]

    @property
    def whole(self) -> Marks:
        """Who satisfies them all."""
        marks: Marks = np.logical_and.reduce([np.ones(len(self.sheet), np.bool_), *self.holds.values()])
        return marks


def eligible(scheme: Scheme, rule: Commendation, *, root: int, stretch: Stretch, day: dt.date) -> Eligible:
    """`root`: the organisation below which they stand, on the day."""
    as_of, until, engine = head(), min(day, stretch.until), figures.engine()
    table = Population(as_of).described(root, until, rule.where)
    organisations = table["organisation"].to_numpy()
    asked = (
        Query(scheme=scheme.hash, measure=name, organisation=root, since=stretch.since, until=until, as_of=as_of)
        for name in rule.measures
    )
    sheet = Sheet(
        organisations=organisations,
        places=table["place"].to_numpy(),
        values={query.measure: engine.each(query, organisations) for query in asked},
        called=table.drop_columns(["organisation", "place"]),
        within={},
    )
    holds = {one.name: holding(one.when, one.measures, sheet, today=until) for one in rule.eligible.values()}
    return Eligible(sheet=sheet, until=until, as_of=as_of, holds=holds)
