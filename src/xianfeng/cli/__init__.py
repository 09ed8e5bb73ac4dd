"""The command line: `xianfeng <noun> <verb>`. Each noun is a module here; this one only gathers them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from xianfeng.cli import here, sealing, spoken
from xianfeng.problems import Problem
from xianfeng.sentences import say

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="先锋 Xianfeng",
    result_callback=sealing.seal_when_due,
)


def _gather() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xianfeng.config.settings")
    django.setup()
    spoken.choose()
    from xianfeng.cli import (
        acceptance,
        account,
        ballots,
        bulletin,
        calendar,
        clock,
        demo,
        duties,
        evaluations,
        figures,
        gradings,
        inspections,
        ledger,
        log,
        opendata,
        registry,
        scheme,
        search,
        signals,
        vault,
        worker,
    )

    for module in (
        scheme,
        registry,
        ledger,
        log,
        vault,
        figures,
        bulletin,
        opendata,
        search,
        ballots,
        evaluations,
        gradings,
        inspections,
        signals,
        acceptance,
        account,
        calendar,
        duties,
        demo,
        worker,
        clock,
    ):
        module.register(app)


def main() -> None:
    ran(app, ready=_gather)


def ran(app: typer.Typer, *, ready: Callable[[], None]) -> None:
    """A command line, once what it stands on is ready; what goes wrong for a person is told in words."""
    from django.db import DatabaseError

    from xianfeng.config.environment import SettingError

    try:
        ready()
        spoken.in_own_language(typer.main.get_command(app))()
    except Problem as problem:
        _fail(problem)
    except SettingError as error:
        _fail(error)
    except (DatabaseError, OSError) as error:
        told = _in_words(error)
        if told is None:
            raise
        _fail(told)


def _fail(told: Exception) -> None:
    print(told, file=sys.stderr)
    sys.exit(1)


def _in_words(error: Exception) -> Problem | None:
    """What the office's computer is at fault for; None when it is the program that is."""
    from django.db import OperationalError

    if _lacks_a_table(error):
        hint = say(
            "看演示：{command} demo；正式使用先建库：{migrate}；"
            "已经建过的，检查 XIANFENG_DATA 和 DATABASE_URL 是否指向别处。",
            command=here.command(),
            migrate=here.migrate(),
        )
        message = say("数据库还没有建好：{error}", error=str(error).splitlines()[0])
        return Problem("system.not_migrated", message, hint=hint)
    if isinstance(error, (OperationalError, OSError)):
        hint = say("检查磁盘空间、文件权限和数据库；写到一半的都已退回，可以重来。")
        return Problem("system.storage", say("读写失败：{error}", error=error), hint=hint)
    return None


def _lacks_a_table(error: Exception) -> bool:
    """A database that is new, or older than the program: SQLite and PostgreSQL each say so in their own way."""
    undefined_table, undefined_column = "42P01", "42703"
    told = getattr(error.__cause__, "sqlstate", None)
    return told in (undefined_table, undefined_column) or str(error).startswith(("no such table", "no such column"))
