"""Whole columns out of the database, without an object for every cell.

The database joins each column into one text, which is taken apart in bulk: about three times as fast as fetching rows.
The aggregates of one statement see the rows in one order, whichever that is; the table is put into the order of ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    import pyarrow as pa

_NONE = -1
_JOIN = {"sqlite": "group_concat({}, char(10))", "postgresql": "string_agg(CAST({} AS text), chr(10))"}
_NOTHING: Mapping[str, str] = MappingProxyType({})


def read(
    table: str,
    *,
    where: str,
    whole: Mapping[str, str],
    text: Mapping[str, str] = _NOTHING,
    days: Mapping[str, str] = _NOTHING,
) -> pa.Table:
    """A table's rows by column name -> SQL expression of our own.

    `whole` numbers, among them `id`; `text` of one line, never null; `days`.
    """
    import pyarrow as pa

    join = _JOIN[connection.vendor]
    expressions = [f"COALESCE({expression}, {_NONE})" for expression in whole.values()]
    expressions += [*text.values(), *(f"COALESCE(CAST({expression} AS text), '')" for expression in days.values())]
    joined = ", ".join(join.format(expression) for expression in expressions)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {joined} FROM {table} WHERE {where}")  # noqa: S608
        texts = iter(cursor.fetchone())
    columns: dict[str, pa.Array] = {name: _whole(next(texts)) for name in whole}
    columns |= {name: pa.array(_lines(next(texts)), pa.string()) for name in text}
    columns |= {name: _days(next(texts)) for name in days}
    found = pa.table(columns)
    return found.sort_by("id").combine_chunks()


def _lines(joined: str | None) -> list[str]:
    return [] if joined is None else joined.split("\n")


def _whole(joined: str | None) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    numbers = np.empty(0, np.int64) if joined is None else np.fromstring(joined, np.int64, sep="\n")
    return pa.array(numbers, mask=numbers == _NONE)


def _days(joined: str | None) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if joined is not None and not joined.strip("\n"):
        return pa.nulls(joined.count("\n") + 1, pa.date32())
    days = pa.array(_lines(joined), pa.string())
    return pc.if_else(pc.equal(days, ""), None, days).cast(pa.date32())
