"""Inspections by lot: who can be drawn, how many of which sort, who goes there, by what the lot is decided.

Like all nodes frozen and whole; whom the conditions mean on a day, and the draw itself, are the room's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.obliging import ORGANISATIONS, Span

INSPECTOR = "inspector"  # the house's role of those who inspect
SIGNALS = "signals"  # in a stratum's condition: how many signals of make-believe stand open at the unit

Line = Literal["own", "above", "below"]
LINES: tuple[Line, ...] = ("own", "above", "below")


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many of a stratum are drawn: so many, or a share of all that can be drawn, rounded up."""

    number: int
    percent: bool = False

    def of(self, found: int) -> int:
        return -(-found * self.number // 100) if self.percent else self.number

    def __str__(self) -> str:
        return f"{self.number}%" if self.percent else str(self.number)


@dataclass(frozen=True, kw_only=True)
class Stratum:
    name: str
    title: str
    size: Size
    where: Expression | None = None  # None: whoever is in no stratum before it


@dataclass(frozen=True, kw_only=True)
class Inspectors:
    """`of`: the role whose holders are drawn. `conflicts`: where, seen from an appointment, its holder must not go."""

    of: str = INSPECTOR
    each: int = 2
    conflicts: tuple[Line, ...] = LINES


@dataclass(frozen=True, kw_only=True)
class Inspection:
    name: str
    title: str
    kind: str  # of the records of its visits
    strata: Mapping[str, Stratum]
    of: str = ORGANISATIONS  # or a kind: then records are drawn, and whoever filed or received them is asked
    where: Expression | None = None
    by: str = ""  # the measure that conditions of strata call `value`
    recently: Span | None = None  # whoever was visited so lately is left out
    inspectors: Inspectors = Inspectors()
    draw: Literal["commit", "witnessed"] = "commit"
    approval: str = ""  # the field of a visit's record that bears the plan's 批准文号
    recorded_as: tuple[str, str] | None = None  # a choice field of it and what it says of a unit that was drawn
    local: str = ""

    @property
    def draws_records(self) -> bool:
        return self.of != ORGANISATIONS
