"""What every figures engine answers, and in which words.

One interface; the reference engine (DuckDB over the lake and the tail) implements it, the fast index will, and the two
must agree. Nothing here knows Django.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

Tree = Literal["then", "now"]
Axis = Literal["children", "category", "month", "level", "reviewer"]


@dataclass(frozen=True, kw_only=True)
class Query:
    """One figure: a measure of a scheme version at an organisation's subtree, for a period, as of an entry.

    `since` None: from the beginning. `until`: the last day that counts. `as_of` None: everything committed when asked.
    """

    scheme: str  # hash of the scheme version
    measure: str
    organisation: int
    until: dt.date
    since: dt.date | None = None
    as_of: int | None = None
    tree: Tree = "then"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value and what it rests on.

    `value` is None when nothing was reported (never zero for that) or a ratio's denominator is 0. Counts and distincts
    are ints; sums, stocks, ratios and growths Decimals (money in yuan; ratios as fractions of 1, at scale 6, half-up).
    `missing` of `expected` organisations owe this and have reported nothing; both None when nobody owes it.
    """

    query: Query
    value: int | Decimal | None
    records: int  # how many records it rests on
    filed: int  # of these, by review level
    reviewed: int
    submitted: int
    expected: int | None = None
    missing: int | None = None
    numerator: Figure | None = None  # for ratio, coverage and growth
    denominator: Figure | None = None
    as_of: int = 0  # the sequence number it was computed at


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a breakdown. `key`: organisation id, category value, first of the month, level or reviewer id."""

    key: int | str | dt.date | None
    figure: Figure


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """A record behind a figure, with what it adds."""

    record: int
    organisation: int
    place: int
    day: dt.date
    state: str
    level: int
    value: int | Decimal


@dataclass(frozen=True, kw_only=True)
class Trace:
    records: tuple[Contribution, ...]
    next: int | None  # pass as `after` for the next page


class Figures(Protocol):
    def figure(self, query: Query) -> Figure: ...

    def breakdown(self, query: Query, axis: Axis, *, field: str = "") -> tuple[Row, ...]:
        """Rows by `axis`; `field` names the category. Children come in registry order, every child present."""
        ...

    def trace(self, query: Query, *, after: int | None = None, limit: int = 50) -> Trace:
        """The records behind a figure, by record number; a ratio's are those of its numerator."""
        ...

    def missing(self, query: Query, *, after: int | None = None, limit: int = 50) -> tuple[int, ...]:
        """Organisations that owe this figure and have reported nothing, by id."""
        ...
