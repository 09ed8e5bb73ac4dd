"""In which stratum a unit is, and how many of each are drawn: arithmetic, which the reference shows by example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from xianfeng.inspections.frame import Stratum, Unit
from xianfeng.scheme.inspecting import Inspection


def stratum_of(rule: Inspection, row: Mapping[str, object], *, today: dt.date) -> str:
    """The first whose condition the unit satisfies, by its title; '' for none: then it is not drawn."""
    for stratum in rule.strata.values():
        if stratum.where is None or stratum.where.value(row, today=today) is True:
            return stratum.title
    return ""


def sizes(rule: Inspection, units: Sequence[Unit], *, since: dt.date) -> tuple[Stratum, ...]:
    """How many are drawn of each: a share is one of those who can be drawn, not of those visited lately."""
    return tuple(
        Stratum(
            name=one.title,
            size=one.size.of(
                sum(unit.stratum == one.title and (unit.visited is None or unit.visited < since) for unit in units)
            ),
        )
        for one in rule.strata.values()
    )
