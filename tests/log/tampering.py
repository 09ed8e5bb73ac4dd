"""An attacker who owns the database: the triggers are off, and any column can be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from xianfeng.log.leaf import leaf_of
from xianfeng.log.models import Entry
from xianfeng.log.rows import Hashed, hashed


@contextmanager
def unguarded() -> Iterator[None]:
    """On PostgreSQL as a superuser with triggers off; on SQLite by dropping them, as only the file's owner can."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, create in triggers:
            cursor.execute(create)


def run(statement: str, *values: Any) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def recompute_leaf(seq: int) -> bytes:
    """Write beside an entry the hash that its changed content has."""
    found = next(entry for entry in hashed(connection, after=seq - 1) if isinstance(entry, Hashed))
    leaf = leaf_of(found.entry)
    with unguarded():
        Entry.objects.filter(seq=seq).update(leaf=leaf)
    return leaf
