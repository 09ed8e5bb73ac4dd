"""A copied database file, opened so that looking at it changes nothing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from django.db import DatabaseError, connections

from xianfeng.problems import Problem
from xianfeng.sentences import say

ALIAS = "copy"


def open_copy(path: Path) -> str:
    """Make a SQLite file known to Django, read-only; the alias to use it by."""
    if not path.is_file():
        raise Problem("log.no_file", "没有这个文件。", hint="请检查路径。", place=str(path))
    journal = path.with_name(f"{path.name}-wal")
    # Without a write-ahead log beside it the file is all there is, and no lock file need be made next to it.
    mode = "mode=ro" if journal.exists() and journal.stat().st_size else "immutable=1"
    connections.settings[ALIAS] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{quote(str(path.resolve()))}?{mode}",
        "OPTIONS": {},
    }
    if ALIAS in connections:
        connections[ALIAS].close()
        del connections[ALIAS]
    try:
        connections[ALIAS].introspection.table_names()
    except DatabaseError as fault:
        hint = say("请指定由先锋写成的 SQLite 数据库文件。")
        raise Problem(
            "log.no_database", say("这不是能读的数据库：{fault}。", fault=fault), hint=hint, place=str(path)
        ) from fault
    return ALIAS
