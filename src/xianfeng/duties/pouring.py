"""New duties flow from DuckDB into the table in whole batches: nothing is made in Python of a row.

PostgreSQL takes what DuckDB has joined to the text of a COPY; SQLite takes the rows as DuckDB hands them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from xianfeng.duties.models import Duty, State
from xianfeng.log import bulk, counters

if TYPE_CHECKING:
    import duckdb

COUNTER = "duties"
_SOME = 20_000  # rows a transaction: as long as others who write may have to wait
_ADDED = """
CREATE OR REPLACE TEMP TABLE added AS
SELECT row_number() OVER (ORDER BY organisation, appointment, about) AS n, * {added}
"""


@dataclass(frozen=True)
class Shared:
    """What all new duties of a round have in common; moments as the database holds them."""

    round: int
    term: int
    due: object
    most: int | None
    next_at: object | None  # the ladder's first step


def pour(added: str, source: duckdb.DuckDBPyConnection, shared: Shared) -> None:
    """`added`: the part of a statement from FROM on whose rows have the columns of `wanted.Row`."""
    source.execute(_ADDED.format(added=added))
    ((many,),) = source.execute("SELECT count(*) FROM added").fetchall()
    for done in range(0, many, _SOME):
        with transaction.atomic():
            numbers = counters.take(COUNTER, min(_SOME, many - done))
            columns = _columns(shared, numbers.start - done - 1)
            _insert(columns, source, f"FROM added WHERE n > {done:d} AND n <= {done + len(numbers):d}")


def _insert(columns: Mapping[str, str], source: duckdb.DuckDBPyConnection, rows: str) -> None:
    if connection.vendor == "postgresql":
        line = ", ".join(f"coalesce(CAST({value} AS VARCHAR), '{bulk.NULL}')" for value in columns.values())
        ((text,),) = source.execute(f"SELECT string_agg(concat_ws(chr(9), {line}), chr(10)) {rows}").fetchall()
        bulk.insert_text(Duty, tuple(columns), text)
    else:
        found = source.execute(f"SELECT {', '.join(columns.values())} {rows}")
        bulk.insert(Duty, tuple(columns), found.fetchall())


def _columns(shared: Shared, before: int) -> Mapping[str, str]:
    """By column of the table, what DuckDB makes of a row; `before`: what is added to its place to give its number."""
    void = "voided <> ''"
    return {
        "id": f"n + {before:d}",
        "round": f"{shared.round:d}",
        "organisation": "organisation",
        "appointment": "appointment",
        "about": "about",
        "place": "place",
        "least": "least",
        "voided": "voided",
        "answers": "answers",
        "holder": "holder",
        "started": "0",
        "term": f"{shared.term:d}",
        "due": f"'{shared.due}'",
        "most": "NULL" if shared.most is None else f"{shared.most:d}",
        "met": "0",
        "state": f"CASE WHEN {void} THEN {State.VOID:d} ELSE {State.OPEN:d} END",
        "step": "0",
        "next_at": "NULL" if shared.next_at is None else f"CASE WHEN NOT {void} THEN '{shared.next_at}' END",
    }
