"""What a scheme says of time: spans, windows, obligations and the ladders by which they are followed up.

Like all nodes frozen and whole; when exactly something is due is computed with a calendar, elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from xianfeng.scheme.expressions import Expression


@dataclass(frozen=True, kw_only=True)
class Span:
    """'5 workdays', '15 work minutes': an amount of one unit.

    Minutes and hours run around the clock, days and months by the calendar; work minutes, work hours and workdays only
    while offices are open. When that is says the jurisdiction's calendar, never the scheme.
    """

    amount: int
    unit: Literal["minutes", "hours", "days", "workdays", "months", "work_minutes", "work_hours"]

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"{self.amount} {self.unit} is no span of time")


@dataclass(frozen=True, kw_only=True)
class Window:
    """A stretch of the year, by month and day: in which something is due (10月底或11月初), or nothing is (防汛)."""

    title: str
    since: tuple[int, int]
    until: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Obligation:
    name: str
    title: str
    kind: str
    of: str  # 'organisations' or a role
    where: Expression | None = None  # over an organisation
    matching: Expression | None = None  # over a record: only those that satisfy it meet the obligation
    at_least: int | None = None
    at_most: int | None = None
    exactly: int | None = None
    every: Literal["once", "week", "month", "quarter", "half_year", "year", "phase", "event"] = "once"
    windows: tuple[Window, ...] = ()
    after: tuple[str, str] | None = None  # of an event: (kind, state), whenever a record enters it
    due: Span | None = None  # after the period's end, or the event; None: with the end of the period
    about: Literal["", "each_subordinate"] = ""
    joining: Literal["next", "at_once", "pro_rata"] = "next"  # who comes within a period owes from when, and how much
    leaving: Literal["", "void", "superior"] = ""  # '': an organisation's duty falls away, an appointment's goes up
    ladder: str = ""  # what is done about what is not there; '' for the usual one
    local: str = ""


Step = Literal["remind", "urge", "superior", "circular"]


@dataclass(frozen=True, kw_only=True)
class Rung:
    """When a step of a ladder is due: so long before or after the deadline."""

    span: Span
    after: bool


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """What is done about what is not there, step by step: a reminder, an urging, word to the superior, and the draft
    of a circular, of which a person decides."""

    name: str
    title: str
    rungs: Mapping[Step, Rung]
    local: str = ""


ORGANISATIONS = "organisations"  # who owes, or is drawn, where no role does
USUAL_LADDER = "usual"  # the ladder of whatever names none, where a scheme or its library has one
