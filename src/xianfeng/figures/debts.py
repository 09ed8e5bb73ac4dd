"""Who is bound to report and who did, on any day: who owes a figure, at any organisation's subtree, for any period."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from xianfeng.figures.cells import At, Owed
from xianfeng.figures.ranges import Numbers, Ranges
from xianfeng.figures.spread import number_of

if TYPE_CHECKING:
    import pyarrow as pa

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Bound:
    """Organisations by place, ascending, the days on which they stand there, and which of the rules bind them."""

    places: Numbers
    organisations: Numbers
    begins: Numbers
    gone: Numbers
    rules: Marks  # a column for each

    @staticmethod
    def of(table: pa.Table) -> Bound:
        """`table`: place, organisation, begins, gone (days since 1970) and whether each of the rules binds it."""
        order = np.argsort(table.column(0).to_numpy(), kind="stable")
        places, organisations, begins, gone, *rules = (each.to_numpy()[order] for each in table.columns)
        return Bound(places, organisations, begins, gone, np.column_stack(rules))

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def numbered(self) -> tuple[Numbers, Numbers]:
        """The organisations, ascending, and where each row's is among them."""
        known, at = np.unique(self.organisations, return_inverse=True)
        return known, at


@dataclass(frozen=True, eq=False)
class Debts:
    """Who is bound, and the reports of these: whose, on which day, and which of the rules each meets."""

    bound: Bound
    reporters: Numbers  # by their place among the organisations that are bound
    days: Numbers
    met: Marks

    @staticmethod
    def of(bound: Bound, reported: pa.Table) -> Debts:
        """`reported`: organisation, day since 1970, and whether it meets each of the rules."""
        organisations, days, *met = (each.to_numpy() for each in reported.columns)
        known = bound.numbered[0]
        held = np.flatnonzero(np.isin(organisations, known))
        reporters = np.searchsorted(known, organisations[held])
        return Debts(bound, reporters, days[held], np.column_stack(met)[held])

    def __len__(self) -> int:
        return len(self.days)

    def within(self, ranges: Ranges, since: dt.date, until: dt.date) -> dict[At, Owed]:
        """By row, where somebody is bound on the last day: those who are, and of these those who lack a report in the
        period."""
        rows, keys = self.standing(ranges, until)
        lacking = self.lacking(since, until)[rows]
        expected = np.bincount(keys, minlength=len(ranges.named)).tolist()
        missing = np.bincount(keys[lacking], minlength=len(ranges.named)).tolist()
        named = zip(ranges.named, expected, missing, strict=True)
        return {(key, 0): Owed(some, of_these) for key, some, of_these in named if some}

    def missing(self, ranges: Ranges, since: dt.date, until: dt.date) -> list[int]:
        """The organisations that lack one, ascending."""
        rows, _ = self.standing(ranges, until)
        found: list[int] = np.unique(self.bound.organisations[rows[self.lacking(since, until)[rows]]]).tolist()
        return found

    def standing(self, ranges: Ranges, until: dt.date) -> tuple[Numbers, Numbers]:
        """The rows that stand inside on a day, and of each the row it counts in."""
        first, end = np.searchsorted(self.bound.places, ranges.reach)
        near = slice(first, end)
        keys, day = ranges.holding(self.bound.places[near]), number_of(until)
        found = np.flatnonzero((keys >= 0) & (self.bound.begins[near] <= day) & (self.bound.gone[near] > day))
        return found + first, keys[found]

    def lacking(self, since: dt.date, until: dt.date) -> Marks:
        """Of the rows of `bound`, those that some rule binds which no report of the period meets."""
        during = (self.days >= number_of(since)) & (self.days <= number_of(until))
        known, at = self.bound.numbered
        met = np.zeros((len(known), self.met.shape[1]), np.bool_)
        for rule in range(self.met.shape[1]):
            met[self.reporters[during & self.met[:, rule]], rule] = True
        lacking: Marks = np.logical_or.reduce(self.bound.rules & ~met[at], axis=1)
        return lacking
