"""From the sums that a database gives to figures: what is 0 and what is not known, shares, growths.

A `Cells` answers for every row of a breakdown, also for those without any record; the figure itself is a breakdown with
one row. A row is (key, part): a child and a category, of which one varies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from xianfeng.figures.interface import Figure, Query
from xianfeng.figures.rounding import share

At = tuple[int, Any]
Asked = Callable[[At], Query]  # the query whose figure a row is


class Totals(NamedTuple):
    value: int
    records: int = 0
    filed: int = 0
    reviewed: int = 0
    submitted: int = 0


class Owed(NamedTuple):
    expected: int
    missing: int


class Cells(Protocol):
    def rows(self) -> frozenset[At]:
        """The rows in which there is something, or should be."""
        ...

    def at(self, row: At) -> Figure: ...


@dataclass(frozen=True, kw_only=True)
class Plain:
    """Sums of contributions. `places` None: whole numbers of things; else scaled numbers of so many decimal places.
    `untold`: the rows in which there may be more."""

    query: Asked
    as_of: int
    totals: Mapping[At, Totals]
    owed: Mapping[At, Owed] | None = None  # None: nobody owes it
    untold: frozenset[At] = frozenset()
    places: int | None = None
    stock: bool = False

    def rows(self) -> frozenset[At]:
        return frozenset(self.totals) | frozenset(self.owed or ()) | self.untold

    def at(self, row: At) -> Figure:
        totals = self.totals.get(row, Totals(0))
        owed = None if self.owed is None else self.owed.get(row, Owed(0, 0))
        unknown = row not in self.totals and (self.stock or (owed is not None and owed.missing > 0))
        return Figure(
            query=self.query(row),
            value=None if unknown else number(totals.value, self.places),
            records=totals.records,
            filed=totals.filed,
            reviewed=totals.reviewed,
            submitted=totals.submitted,
            expected=owed.expected if owed is not None else None,
            missing=owed.missing if owed is not None else None,
            is_floor=row in self.untold and not unknown,
            as_of=self.as_of,
        )


@dataclass(frozen=True, kw_only=True)
class Share:
    """numerator ÷ denominator; a growth's numerator is what came on top (`grown`)."""

    query: Asked
    numerator: Cells
    denominator: Cells
    grown: bool = False

    def rows(self) -> frozenset[At]:
        return self.numerator.rows() | self.denominator.rows()

    def at(self, row: At) -> Figure:
        part, whole = self.numerator.at(row), self.denominator.at(row)
        first, second = (part, whole) if self.grown else (whole, part)
        owing = first if first.expected is not None else second
        value = None if whole.is_floor else self._value(part.value, whole.value)
        return Figure(
            query=self.query(row),
            value=value,
            records=part.records,
            filed=part.filed,
            reviewed=part.reviewed,
            submitted=part.submitted,
            expected=owing.expected,
            missing=owing.missing,
            numerator=part,
            denominator=whole,
            is_floor=part.is_floor and value is not None,
            as_of=part.as_of,
        )

    def _value(self, part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
        if part is None or whole is None:
            return None
        return share(part - whole if self.grown else part, whole)


def number(value: int, places: int | None) -> int | Decimal:
    """A scaled sum as the figure's number."""
    return int(value) if places is None else Decimal(int(value)).scaleb(-places)
