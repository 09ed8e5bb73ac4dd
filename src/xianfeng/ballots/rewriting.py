"""Writing a table anew in the order of its keys, so that no byte of its database tells the order of its making.

Pages, row numbers and the write-ahead log of SQLite keep the order of inserting until rows are rewritten and the file
is made anew; so do the transaction numbers and places of rows in PostgreSQL, whose log cannot be made anew: the box is
not kept there. A crash leaves the table as it was, or as it is to be.
"""

from __future__ import annotations

from django.db import connections, models, transaction

from xianfeng.problems import Problem


def rewrite(model: type[models.Model]) -> None:
    """Also when it was done before: what it leaves is the same. Whoever writes other polls' rows meanwhile waits."""
    alias = model._meta.app_label
    table, key = model._meta.db_table, model._meta.pk.column
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":  # SQLite's transactions wait for each other anyway
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {table}_sorted AS SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 -- names of our own
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(f"INSERT INTO {table} SELECT * FROM {table}_sorted ORDER BY {key}")  # noqa: S608
        cursor.execute(f"DROP TABLE {table}_sorted")
    _compact(model)


def _compact(model: type[models.Model]) -> None:
    """The file made anew, and nothing left in the log before it."""
    alias = model._meta.app_label
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute(f"VACUUM FULL {model._meta.db_table}")
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
        if busy:
            raise Problem("ballots.busy", "数据库正在被别的程序读取，没有整理完。", hint="停止服务后再执行一次。")
