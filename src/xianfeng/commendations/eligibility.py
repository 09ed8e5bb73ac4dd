"""Whether somebody can be nominated: each condition with the figures it looked at. Yes or no, never points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from xianfeng import figures
from xianfeng.figures.interface import Figure, Query
from xianfeng.log.append import head
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.commending import Commendation, Condition
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch


@dataclass(frozen=True)
class Weighed:
    """`found`: the measures that the condition looks at, with what they come to."""

    condition: Condition
    holds: bool
    found: tuple[tuple[Measure, Figure], ...]


def weighed(
    scheme: Scheme, rule: Commendation, organisation: int, stretch: Stretch, day: dt.date
) -> tuple[Weighed, ...]:
    """Of an organisation, in a period up to a day. What is not known satisfies no condition."""
    if not rule.eligible:
        return ()
    as_of, until = head(), min(day, stretch.until)
    queries = [
        Query(
            scheme=scheme.hash, measure=name, organisation=organisation, since=stretch.since, until=until, as_of=as_of
        )
        for name in rule.measures
    ]
    asked = dict(zip(rule.measures, figures.engine().figures(queries), strict=True))
    called = _called(organisation, day)
    values = {**{name: figure.value for name, figure in asked.items()}, **called}
    return tuple(
        Weighed(
            one,
            one.when.value(values, today=day) is True,
            tuple((scheme.measures[name], asked[name]) for name in one.measures),
        )
        for one in rule.eligible.values()
    )


def lacking(found: Iterable[Weighed]) -> tuple[Weighed, ...]:
    return tuple(one for one in found if not one.holds)


def _called(organisation: int, day: dt.date) -> dict[str, object]:
    lineage = Lineage()
    node = lineage.node(organisation, day)
    if node is None:
        return {}
    named = {name: getattr(node, name) for name in ("level", "type", "category", "code", "name")}
    return {**named, "tier": lineage.tier(organisation, day)}
