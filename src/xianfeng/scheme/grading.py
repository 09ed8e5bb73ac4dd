"""Gradings (分类定级): which organisations, by which figures, into which classes; a person decides of each.

Only organisations are graded: a scheme cannot say points of people. Like all nodes frozen and whole; computing and
deciding are the room's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.inspecting import Size
from xianfeng.scheme.types import FieldType

POINT_PLACES = 2  # of points, everywhere: what is printed adds up


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The fields of a kind in which the class of its subject is decided; '' for what it does not keep."""

    grade: str
    proposed: str = ""  # the class that figures had proposed
    because: str = ""  # why the decision departs from it
    proposal: str = ""  # the proposal's number

    @property
    def roles(self) -> Mapping[str, str]:
        """Each field that has a role, by the role."""
        return {role.name: name for role in fields(self) if (name := getattr(self, role.name))}


DECIDED_TYPES: Mapping[str, FieldType] = MappingProxyType(
    {
        "grade": FieldType.CHOICE,
        "proposed": FieldType.CHOICE,
        "because": FieldType.LONG_TEXT,
        "proposal": FieldType.INTEGER,
    }
)


@dataclass(frozen=True, kw_only=True)
class Band:
    """So many points from a value on, up to where the next band begins."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One measure made points, by a formula over its value or by bands; never fewer than none nor more than `full`.

    Where the measure has no value (nobody reported, or there is nothing to compare), it is not counted as nought:
    the points are `unknown`, or, with None, no class is proposed.
    """

    name: str
    measure: str
    full: Decimal
    points: Expression | None = None
    bands: tuple[Band, ...] = ()  # rising
    unknown: Decimal | None = None
    title: str = ""  # '' is the measure's
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Its indicators' points, as a share of all they could be, count for so much of the whole."""

    name: str
    title: str
    weight: int
    indicators: Mapping[str, Indicator]

    @property
    def full(self) -> Decimal:
        return sum((each.full for each in self.indicators.values()), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Whoever satisfies `when` is proposed for no better class than this."""

    name: str
    title: str
    when: Expression  # over the scheme's measures by their names, and what the organisation is
    at_most: str
    measures: tuple[str, ...]  # that its condition looks at


@dataclass(frozen=True, kw_only=True)
class Quota:
    """At most so many in a class, of all that are graded together; `within` a level, below each one organisation."""

    grade: str
    at_most: Size
    within: str = ""
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Grading:
    name: str
    title: str
    kind: str  # in whose records it is decided
    classes: Mapping[str, Decimal]  # the best first, each with the points out of a hundred from which on it is proposed
    parts: Mapping[str, Part]
    bars: Mapping[str, Bar]
    quotas: Mapping[str, Quota]
    where: Expression | None = None  # which organisations; None: all of the campaign
    every: Literal["once", "month", "quarter", "half_year", "year"] = "year"
    published: str = ""  # the state of a decision in which everybody may read it; '': never
    local: str = ""

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(each for part in self.parts.values() for each in part.indicators.values())

    @property
    def measures(self) -> tuple[str, ...]:
        """Everything it looks at, each once."""
        barring = (name for bar in self.bars.values() for name in bar.measures)
        return tuple(dict.fromkeys([*(each.measure for each in self.indicators), *barring]))
