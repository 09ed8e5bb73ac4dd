"""New duties flow from DuckDB into the table in whole batches: nothing is made in Python of a row.

PostgreSQL takes what DuckDB has joined to the text of a COPY; SQLite takes the rows as DuckDB hands them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True)
class _Batch:
    """Rows as the database takes them, and how many of them there are by moment and place, up to the root."""

    rows: Sequence[tuple[Any, ...]]
    counts: Mapping[str, Mapping[int, int]]


def pour(added: str, source: duckdb.DuckDBPyConnection, shared: Shared) -> None:
    """`added`: the part of a statement on `source` from FROM on, whose rows have the columns of `wanted.Row`."""
    source.execute(_ABOVE)
    source.execute(_ADDED.format(added=added))
    ((many,),) = source.execute("SELECT count(*) FROM added").fetchall()
    with transaction.atomic():  # all of them first: batches are made ahead. Cut short, some numbers are no duty's
        numbers = counters.take(COUNTER, many)
    columns = _columns(shared, numbers.start - 1)
    make = _lines if connection.vendor == "postgresql" else _rows
    batches = (_batch(source, make(columns), done) for done in range(0, many, _SOME))
    for batch in _ahead(batches):
        with transaction.atomic():
            progress.hold()
            _insert(tuple(columns), batch.rows)
            for due, counts in batch.counts.items():
                tally.add_summed(tally.Sort(shared.round, State.OPEN, due), counts)


def _ahead(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """While the database takes one, DuckDB makes the next."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(next, batches, None)
        while batch := coming.result():
            coming = worker.submit(next, batches, None)
            yield batch


def _batch(source: duckdb.DuckDBPyConnection, made: str, done: int) -> _Batch:
    rows = f"FROM added WHERE n > {done:d} AND n <= {done + _SOME:d}"
    found = source.execute(f"SELECT {made} {rows}").fetchall()
    counted = source.execute(_COUNTED.format(rows=rows)).fetchall()
    return _Batch(found, {due: dict(zip(places, counts, strict=True)) for due, places, counts in counted})


def _rows(columns: Mapping[str, str]) -> str:
    return ", ".join(columns.values())


def _lines(columns: Mapping[str, str]) -> str:
    """All of a batch as the one text of a COPY."""
    line = ", ".join(f"coalesce(CAST({value} AS VARCHAR), '{bulk.NULL}')" for value in columns.values())
    return f"string_agg(concat_ws(chr(9), {line}), chr(10))"


def _insert(columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    if connection.vendor == "postgresql":
        ((text,),) = rows
        bulk.insert_text(Duty, columns, text)
    else:
        bulk.insert(Duty, columns, rows)


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
