"""Whether a figure may be more than it says, for what it counts is known only as 'at least so many'."""

from __future__ import annotations

from dataclasses import replace

from xianfeng.figures.interface import Figures, Query
from xianfeng.scheme import floors
from xianfeng.scheme.floors import NEARLY_ALL
from xianfeng.scheme.nodes import Scheme


def is_floor(engine: Figures, scheme: Scheme, query: Query) -> bool:
    """Asks nothing of measures that are no such."""
    return any(
        row.key is True and row.figure.records > 0
        for name in floors.bounded(scheme, scheme.measures[query.measure])
        for row in engine.breakdown(replace(query, measure=name), "category", field=NEARLY_ALL)
    )
