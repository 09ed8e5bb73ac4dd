"""The lines of a proposal as they are kept and hashed: what each organisation's class was computed from.

Texts are put together by the hundred thousand in DuckDB; an object for each would take longer than the arithmetic.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from xianfeng import canonical
from xianfeng.figures.debts import Marks
from xianfeng.gradings.proposing import NONE, Proposed
from xianfeng.measured import Sheet
from xianfeng.scheme.grading import POINT_PLACES, Grading

if TYPE_CHECKING:
    import pyarrow as pa

Line = tuple[int, int, str, int, str]  # organisation, place, class, total, facts
_AT_ONCE = 20_000


@dataclass(frozen=True)
class Facts:
    """In the order of the grading's own parts, indicators and bars; None: not known. Where a value may be more than is
    known, `points`, `shares` and the line's total are what is known at least; `most` and `reach` what points and total
    may come to. They are empty and None where everything is known exactly."""

    values: tuple[Decimal | None, ...]
    points: tuple[Decimal | None, ...]
    shares: tuple[Decimal, ...]
    bars: tuple[str, ...]
    unsure: tuple[str, ...] = ()  # the bars of which it is not known whether they hold
    most: tuple[Decimal | None, ...] = ()
    reach: Decimal | None = None

    @staticmethod
    def read(text: str) -> Facts:
        said = json.loads(text)
        return Facts(
            values=tuple(None if each is None else Decimal(each).scaleb(-places) for each, places in said["values"]),
            points=tuple(None if each is None else in_points(each) for each in said["points"]),
            shares=tuple(map(in_points, said["shares"])),
            bars=tuple(said["bars"]),
            unsure=tuple(said.get("unsure", ())),  # lines of before any was told have none
            most=tuple(None if each is None else in_points(each) for each in said.get("most", ())),
            reach=None if said.get("reach") is None else in_points(said["reach"]),
        )


def in_points(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-POINT_PLACES)


def lines(grading: Grading, sheet: Sheet, proposed: Proposed) -> Iterator[Line]:
    """By organisation, as they go into the table."""
    import duckdb
    import pyarrow as pa

    classes = np.array([*grading.classes, ""])
    table = pa.table(
        {
            "organisation": sheet.organisations,
            "place": sheet.places,
            "grade": classes[proposed.grade],
            "total": np.where(proposed.known, proposed.total, NONE),
            "facts": _facts(grading, sheet, proposed),
        }
    )
    with duckdb.connect() as connection:
        connection.register("kept", table)
        rows = connection.execute("SELECT * FROM kept")
        while some := rows.fetchmany(_AT_ONCE):
            yield from some


def _facts(grading: Grading, sheet: Sheet, proposed: Proposed) -> pa.ChunkedArray:
    """Canonical JSON: no spaces, keys in order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def number(values: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
        text = pa.array(values, mask=None if known is None else ~known).cast(pa.string())
        return pc.fill_null(text, "null")

    def listed(items: list[pa.Array]) -> pa.Array:
        return pc.binary_join_element_wise("[", pc.binary_join_element_wise(*items, ","), "]", "")

    values = []
    for each in grading.indicators:
        column = sheet.values[each.measure]
        values.append(listed([number(column.values, column.known), pa.array([str(column.places or 0)] * len(sheet))]))
    points = [number(each.points, each.known) for each in proposed.points.values()]
    shares = [number(proposed.shares[name]) for name in grading.parts]
    open_ = np.logical_or.reduce([each.known & (each.points != each.most) for each in proposed.points.values()])
    most = pc.if_else(
        pa.array(open_), listed([number(each.most, each.known) for each in proposed.points.values()]), "[]"
    )
    reach = number(proposed.most, proposed.known & (proposed.total != proposed.most))
    return pc.binary_join_element_wise(
        '{"bars":', _named(proposed.barred, len(sheet)), ',"most":', most, ',"points":', listed(points),
        ',"reach":', reach, ',"shares":', listed(shares), ',"unsure":', _named(proposed.unsure, len(sheet)),
        ',"values":', listed(values), "}", "",
    )  # fmt: skip


def _named(bars: Mapping[str, Marks], count: int) -> pa.Array:
    """Few different sets of bars hold anywhere: each is written once."""
    import pyarrow as pa

    sets = np.zeros(count, np.int64)
    for at, held in enumerate(bars.values()):
        sets |= held.astype(np.int64) << at
    named, which = np.unique(sets, return_inverse=True)
    said = [[name for at, name in enumerate(bars) if one >> at & 1] for one in named.tolist()]
    texts = pa.array([canonical.dumps(names) for names in said])
    return texts.take(pa.array(which))


def digest(rows: Iterable[Line]) -> str:
    """SHA-256 of the lines by organisation, one a line of text, tabs between what stands in it."""
    found = hashlib.sha256()
    for organisation, place, grade, total, facts in rows:
        found.update(f"{organisation}\t{place}\t{grade}\t{total}\t{facts}\n".encode())
    return found.hexdigest()
