"""Append-only tables: the database itself refuses to change or remove a row.

Installed after every migration, because a migration that rebuilds a table (SQLite's way to alter a column) drops its
triggers without a word; a system check compares what stands in the database with what is written here. They stop
mistakes, and everybody short of the database's owner; what the owner does is found by `verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from xianfeng.sentences import say

_protected: dict[type[models.Model], bool] = {}


def protect(model: type[models.Model], *, sealed: bool = False) -> None:
    """Make a model's table append-only, told once in its room's `AppConfig.ready`.

    `sealed`: it has a column `seq`, and nothing may be added at or below the last seal either.
    """
    _protected[model] = sealed


@dataclass(frozen=True)
class Trigger:
    name: str
    table: str
    create: str  # as SQLite keeps it, and as PostgreSQL is told
    function: str = ""  # PostgreSQL: the body of the function of the same name


def expected(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Every trigger that must stand in a database, for the tables that it has."""
    present = set(connection.introspection.table_names())
    make = _for_postgresql if connection.vendor == "postgresql" else _for_sqlite
    return [
        trigger
        for model, sealed in _protected.items()
        if model._meta.db_table in present
        for trigger in make(model._meta.db_table, sealed)
    ]


def install(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Put every trigger in place, whatever stands there under its name."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for trigger in expected(connection):
            if trigger.function:
                cursor.execute(_function(trigger))
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
            cursor.execute(trigger.create)


def missing(alias: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The triggers that are absent, switched off or not as written here."""
    connection = connections[alias]
    read = _read_postgresql if connection.vendor == "postgresql" else _read_sqlite
    found = read(connection)
    return [
        trigger.name
        for trigger in expected(connection)
        if found.get(trigger.name) != (trigger.table, trigger.function or trigger.create)
    ]


@checks.register(checks.Tags.database)
def check(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    return [message for alias in databases or () for message in _check(alias)]


def _check(alias: str) -> list[checks.CheckMessage]:
    messages: list[checks.CheckMessage] = []
    if names := missing(alias):
        told = f"只增不改的表缺少触发器：{'、'.join(names)}。"
        hint = say("运行 xianfeng log protect 重新安装，再运行 xianfeng verify 查看是否有条目被改动。")
        messages.append(checks.Error(told, hint=hint, id="log.E001"))
    connection = connections[alias]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers")
            if cursor.fetchone() != (1,):
                told = say("SQLite 连接没有打开 recursive_triggers，INSERT OR REPLACE 会绕过触发器。")
                hint = say("在数据库设置的 init_command 中加上 PRAGMA recursive_triggers=ON。")
                messages.append(checks.Error(told, hint=hint, id="log.E002"))
    return messages


def _for_sqlite(table: str, sealed: bool) -> list[Trigger]:
    found = []
    for verb in ("update", "delete"):
        name = f"{table}_no_{verb}"
        refusal = f"SELECT RAISE(ABORT, '{table} is append-only');"
        create = f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} BEGIN {refusal} END"
        found.append(Trigger(name, table, create))
    if sealed:
        name = f"{table}_not_below_seal"
        below = "WHEN NEW.seq <= (SELECT MAX(size) FROM log_seal)"
        refusal = f"SELECT RAISE(FAIL, '{table} is sealed up to here');"  # FAIL: see `bulk.insert`
        create = f"CREATE TRIGGER {name} BEFORE INSERT ON {table} {below} BEGIN {refusal} END"
        found.append(Trigger(name, table, create))
    return found


def _for_postgresql(table: str, sealed: bool) -> list[Trigger]:
    name = f"{table}_append_only"
    create = (
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
    found = [Trigger(name, table, create, f"BEGIN {_raise(f'{table} is append-only')} END")]
    if sealed:
        name = f"{table}_not_below_seal"
        create = f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        condition = "NEW.seq <= (SELECT MAX(size) FROM log_seal)"
        refusal = _raise(f"{table} is sealed up to here")
        found.append(Trigger(name, table, create, f"BEGIN IF {condition} THEN {refusal} END IF; RETURN NEW; END"))
    return found


def _raise(message: str) -> str:
    return f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"


def _function(trigger: Trigger) -> str:
    return f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $${trigger.function}$$"


def _read_sqlite(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: (table, create) for name, table, create in cursor.fetchall()}


def _read_postgresql(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
            "AND pg_table_is_visible(c.oid)"
        )
        return {name: (table, function) for name, table, function in cursor.fetchall()}
