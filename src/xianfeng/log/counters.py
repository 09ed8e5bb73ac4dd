"""Numbers without gaps, in the order of commits.

A counter is one row. Taking numbers updates it inside the caller's transaction, so whoever comes second waits until the
first has committed or rolled back: nobody ever sees number 8 before number 7, and a rollback leaves no hole. A database
sequence promises neither.
"""

from __future__ import annotations

from django.db import connection, transaction

ENTRIES = "entries"

# An upsert serves both databases and the first use of a counter; both return the row as it now stands.
_TAKE = (
    "INSERT INTO log_head (name, value) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET value = log_head.value + excluded.value RETURNING value"
)
_NOTE = "INSERT INTO log_head (name, value) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


def take(name: str, count: int) -> range:
    """The next `count` numbers of a counter, held until the transaction ends.

    Take numbers of other counters before the first `append`: everybody then waits in the same order.
    """
    require_transaction()
    if count < 0:
        raise ValueError("numbers are not given back")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, count])
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def note(name: str, value: int) -> None:
    """What is no counter but goes with one: as it stands from this transaction on."""
    require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [name, value])


def reached(name: str) -> int:
    """The last number taken that this connection can see; 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM log_head WHERE name = %s", [name])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are taken inside the transaction that uses them")
