"""Many rows into a table without building model objects: COPY on PostgreSQL, executemany on SQLite.

Rows are streamed. On PostgreSQL the connection is busy while they flow, so whatever produces them must not query it.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

Row = Sequence[Any]
Item = TypeVar("Item")

LARGEST = 2**63 - 1  # the largest number a row can bear: both databases count in 64 bits
AT_ONCE = 5_000  # ids in one query: below the limit on parameters of both databases
NULL = r"\N"  # in the text of a COPY
_BATCH = 5_000  # Django's SQLite cursor keeps what it is handed until executemany ends


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert `rows`, each in the order of `columns` (column names, so `parent_id` for a foreign key `parent`).

    Values go to the database as they are: days as dates or their text, moments as `moment` gives them.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({names}) FROM STDIN", rows)
    else:
        places = ", ".join(["%s"] * len(columns))
        # FAIL: where a row or its trigger may ABORT, SQLite first copies each page that the row goes on, to restore it.
        # Each row is a statement, so there is nothing to restore; the rows before it are the transaction's to undo.
        _execute(f"INSERT OR FAIL INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608


def insert_text(model: type[models.Model], columns: Sequence[str], text: str) -> None:
    """Insert rows that are one text already: a line each, tabs between what stands in `columns`. PostgreSQL only.

    No text in a row has a tab, a backslash or an end of line in it.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    statement = f"COPY {table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        copy.write(text)


def moment(at: dt.datetime) -> dt.datetime | str:
    """A moment as it is inserted. SQLite holds text in UTC, always with microseconds: one moment, one text."""
    if connection.vendor == "postgresql":
        return at
    return at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def batched(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """So many at a time; by default, as many as one query may ask for."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


@contextmanager
def uncollected() -> Iterator[None]:
    """A batch makes objects by the hundred thousand and none in circles: the searches for such cost a tenth of its
    time. From batch to batch they are made up for."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def numbers(asked: Iterable[int]) -> Iterator[list[int]]:
    """Numbers to look up, each once, in order, so many at a time. One beyond 64 bits is no row's, and a database would
    refuse the question: it is left out, and so not found."""
    return batched(sorted(number for number in set(asked) if abs(number) <= LARGEST))


def _copy(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        write: Callable[[Row], None] = copy.write_row
        for row in rows:
            write(row)


def _execute(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        for batch in batched(rows, _BATCH):
            cursor.executemany(statement, batch)
