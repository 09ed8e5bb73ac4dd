"""A question answered at every place and for every time at once, so that any organisation's figure, for any period, is
known thereafter.

Pages ask the same measures of one organisation after another and of one month after another. What a database is asked
once is where and when each thing counts; which of it lies in a subtree, an interval of places, and in a period is
arithmetic on columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from xianfeng.figures.cells import At
from xianfeng.figures.ranges import Numbers, Ranges

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 1_000_000  # rows: of more the database is asked for each place and period
FOR_GOOD = 2**31 - 1  # as the day until which something counts
_EXACT = 2**62  # sums beyond could leave 64 bits
_FIRST = (dt.date.min.year - 1970) * 12  # month, counted from 1970
_EPOCH = dt.date(1970, 1, 1).toordinal()
Sums = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Spread:
    """Rows by place, ascending, each with the days on which it counts: from `begins` until `gone`.

    `items`: of each the first of the sums is how many different ones there are (None: it is added up).
    """

    places: Numbers
    begins: Numbers
    gone: Numbers
    parts: Numbers  # by their place in `named`
    named: Sequence[Any]
    items: Numbers | None
    sums: Sequence[Numbers]

    @staticmethod
    def of(table: pa.Table, *, most: int | None = MOST) -> Spread | None:
        """`table`: place, begins, gone (days since 1970), part, item, and what is to be added up. None: it has more
        rows (`most` None: however many), or larger numbers, than are kept."""
        places, begins, gone, parts, items, *sums = table.columns
        if (most is not None and table.num_rows > most) or sums[0].null_count or _size(sums[0]) >= _EXACT:
            return None
        order = np.argsort(places.to_numpy(), kind="stable")
        coded = parts.combine_chunks().dictionary_encode(null_encoding="encode")
        return Spread(
            places=places.to_numpy()[order],
            begins=begins.to_numpy()[order],
            gone=gone.to_numpy()[order],
            parts=coded.indices.to_numpy()[order].astype(np.int64),
            named=coded.dictionary.to_pylist(),
            items=None if items.null_count else _codes(items)[order],
            sums=[column.to_numpy()[order] for column in sums],
        )

    def __len__(self) -> int:
        return len(self.places)

    def within(self, ranges: Ranges, since: dt.date, until: dt.date, *, by_month: bool = False) -> dict[At, Sums]:
        """By row and part, where there is something: of what began in the period and counts on its last day;
        `by_month`, the first days of the months in which it began are the parts."""
        rows, keys = self.chosen(ranges, since, until)
        months = self.begins[rows].astype("datetime64[D]").astype("datetime64[M]")
        parts = months.astype(np.int64) - _FIRST if by_month else self.parts[rows]
        wide = int(parts.max(initial=0)) + 1
        groups, member = np.unique(keys * wide + parts, return_inverse=True)
        sums = [_added(column[rows], member, len(groups)) for column in self.sums]
        if self.items is not None:
            pairs = np.unique(member * (int(self.items.max(initial=0)) + 1) + self.items[rows], return_index=True)[1]
            sums[0] = np.bincount(member[pairs], minlength=len(groups))
        told = [_month(part) if by_month else self.named[part] for part in (groups % wide).tolist()]
        at = [(ranges.named[key], part) for key, part in zip((groups // wide).tolist(), told, strict=True)]
        return dict(zip(at, zip(*(column.tolist() for column in sums), strict=True), strict=True))

    def chosen(self, ranges: Ranges, since: dt.date, until: dt.date) -> tuple[Numbers, Numbers]:
        """The rows that count, and of each the row it counts in."""
        first, end = np.searchsorted(self.places, ranges.reach)
        near = slice(first, end)
        keys, begins, day = ranges.holding(self.places[near]), self.begins[near], number_of(until)
        chosen = (keys >= 0) & (begins >= number_of(since)) & (begins <= day) & (self.gone[near] > day)
        found = np.flatnonzero(chosen)
        return found + first, keys[found]


def _month(number: int) -> dt.date:
    return dt.date(number // 12 + 1, number % 12 + 1, 1)


def number_of(day: dt.date) -> int:
    """Of a day, counted from 1970."""
    return day.toordinal() - _EPOCH


def _size(column: pa.ChunkedArray) -> float:
    return float(np.abs(column.to_numpy().astype(np.float64)).sum())


def _codes(column: pa.ChunkedArray) -> Numbers:
    codes: Numbers = column.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes


def _added(column: Numbers, member: Numbers, groups: int) -> Numbers:
    sums = np.zeros(groups, np.int64)
    np.add.at(sums, member, column)
    return sums
