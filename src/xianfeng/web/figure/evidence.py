"""Whether what a figure rests on may be told: a rate may be public though what it is made of is not.

How many records a rate rests on, who has not reported, its upper and lower part: with the rate itself any of these
gives the rest. So they are told together or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xianfeng.figures.interface import Figure, Row
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.scope import Scope


def told(scheme: Scheme, measure: Measure, seen: Scope, organisation: int) -> bool:
    """Whether every measure that this one is made of may be seen there."""
    made_of = (scheme.measures[part] for part in measure.parts)
    return all(seen.measure(part, organisation) and told(scheme, part, seen, organisation) for part in made_of)


def bare(figure: Figure) -> Figure:
    """The value alone."""
    return replace(
        figure,
        records=0,
        filed=0,
        reviewed=0,
        submitted=0,
        expected=None,
        missing=None,
        numerator=None,
        denominator=None,
    )


def figure(found: Figure, scheme: Scheme, measure: Measure, seen: Scope) -> Figure:
    """As this reader may see it."""
    return found if told(scheme, measure, seen, found.query.organisation) else bare(found)


def free(found: Sequence[Row]) -> frozenset[object]:
    """Of the parts of a figure that some of them owe, those that neither owe it nor have any: theirs is no 0."""
    if not any(row.figure.expected for row in found):
        return frozenset()
    return frozenset(row.key for row in found if not (row.figure.expected or row.figure.records or row.figure.value))


def rows(found: Sequence[Row], scheme: Scheme, measure: Measure, seen: Scope, organisation: int) -> tuple[Row, ...]:
    """A breakdown of an organisation's figure as this reader may see it."""
    if told(scheme, measure, seen, organisation):
        return tuple(found)
    return tuple(replace(row, figure=bare(row.figure)) for row in found)
