"""Whether somebody can be nominated: each condition with the figures it looked at. Yes or no, never points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xianfeng import figures
from xianfeng.figures.interface import Query
from xianfeng.log.append import head
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.commending import Commendation, Condition
from xianfeng.scheme.expressions import bounds
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch

Value = int | Decimal | None


@dataclass(frozen=True)
class Weighed:
    """`holds` None: it cannot be told, for a figure may be more than is known. `found`: the measures that the condition
    looks at, with what they come to and whether that is only the least."""

    condition: Condition
    holds: bool | None
    found: tuple[tuple[Measure, Value, bool], ...]


def weighed(
    scheme: Scheme, rule: Commendation, organisations: Sequence[int], stretch: Stretch, day: dt.date, *, among: Lineage
) -> dict[int, tuple[Weighed, ...]]:
    """Of each, in a period up to a day. What is not known satisfies no condition."""
    if not rule.eligible:
        return {}
    found = _figures(scheme, rule, organisations, Stretch(stretch.since, min(day, stretch.until)))
    among.learn(organisations)
    return {
        organisation: tuple(
            Weighed(
                one,
                bounds.holds(one.when, {**values, **_called(organisation, day, among)}, at_least=floors, today=day),
                tuple((scheme.measures[name], values[name], name in floors) for name in one.measures),
            )
            for one in rule.eligible.values()
        )
        for organisation, (values, floors) in zip(organisations, found, strict=True)
    }


def lacking(found: Iterable[Weighed]) -> tuple[Weighed, ...]:
    return tuple(one for one in found if one.holds is False)


def _figures(
    scheme: Scheme, rule: Commendation, organisations: Sequence[int], time: Stretch
) -> Iterable[tuple[Mapping[str, Value], frozenset[str]]]:
    """By measure, of each, and which of them are only the least: of one as its own page asks, of many as columns."""
    engine, as_of, (first, *others) = figures.engine(), head(), organisations
    queries = [
        Query(scheme=scheme.hash, measure=name, organisation=first, since=time.since, until=time.until, as_of=as_of)
        for name in rule.measures
    ]
    if not others:
        told = dict(zip(rule.measures, engine.figures(queries), strict=True))
        floors = frozenset(name for name, figure in told.items() if figure.is_floor)
        return [({name: figure.value for name, figure in told.items()}, floors)]
    columns = {query.measure: engine.each(query, organisations) for query in queries}
    return (
        (
            {name: column.at(row) for name, column in columns.items()},
            frozenset(name for name, column in columns.items() if column.is_floor[row]),
        )
        for row in range(len(organisations))
    )


def _called(organisation: int, day: dt.date, lineage: Lineage) -> dict[str, object]:
    node = lineage.node(organisation, day)
    if node is None:
        return {}
    named = {name: getattr(node, name) for name in ("level", "type", "category", "code", "name")}
    return {**named, "tier": lineage.tier(organisation, day)}
