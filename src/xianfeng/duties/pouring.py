"""New duties flow from DuckDB into the table in whole batches: nothing is made in Python of a row.

PostgreSQL takes what DuckDB has joined to the text of a COPY; SQLite takes the rows as DuckDB hands them out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from xianfeng.duties import progress, tally
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
_ABOVE = """
CREATE TEMP TABLE IF NOT EXISTS above AS
WITH RECURSIVE up(place, above) AS (
    SELECT id, id FROM places
    UNION ALL
    SELECT up.place, p.parent FROM up JOIN places AS p ON p.id = up.above WHERE p.parent IS NOT NULL
)
SELECT place, above FROM up
"""
_COUNTED = """
WITH standing AS (
    SELECT due, place, count(*) AS many {rows} AND voided = '' GROUP BY due, place
), counted AS (
    SELECT due, above, sum(many)::BIGINT AS many FROM standing JOIN above USING (place) GROUP BY due, above
)
SELECT due, list(above ORDER BY above), list(many ORDER BY above) FROM counted GROUP BY due ORDER BY due
"""


@dataclass(frozen=True)
class Shared:
    """What all new duties of a round have in common."""

    round: int
    most: int | None


def pour(added: str, source: duckdb.DuckDBPyConnection, shared: Shared) -> None:
    """`added`: the part of a statement on `source` from FROM on, whose rows have the columns of `wanted.Row`."""
    source.execute(_ABOVE)
    source.execute(_ADDED.format(added=added))
    ((many,),) = source.execute("SELECT count(*) FROM added").fetchall()
    for done in range(0, many, _SOME):
        with transaction.atomic():
            progress.hold()
            numbers = counters.take(COUNTER, min(_SOME, many - done))
            rows = f"FROM added WHERE n > {done:d} AND n <= {done + len(numbers):d}"
            _insert(_columns(shared, numbers.start - done - 1), source, rows)
            for due, places, counts in source.execute(_COUNTED.format(rows=rows)).fetchall():
                tally.add_summed(tally.Sort(shared.round, State.OPEN, due), dict(zip(places, counts, strict=True)))


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
        "begun_by": "0",
        "started": "0",
        "term": "term",
        "due": "due",
        "most": "NULL" if shared.most is None else f"{shared.most:d}",
        "met": "0",
        "state": f"CASE WHEN {void} THEN {State.VOID:d} ELSE {State.OPEN:d} END",
        "step": "0",
        "next_at": f"CASE WHEN NOT {void} THEN next_at END",
    }
