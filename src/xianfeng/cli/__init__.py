"""The command line: `xianfeng <noun> <verb>`. Each noun is a module here; this one only gathers them."""

from __future__ import annotations

import os
import sys

import typer

from xianfeng.problems import Problem

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="先锋 Xianfeng")


def _gather() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xianfeng.config.settings")
    django.setup()
    from xianfeng.cli import acceptance, bulletin, demo, figures, ledger, log, registry, scheme, vault

    for module in (scheme, registry, ledger, log, vault, figures, bulletin, acceptance, demo):
        module.register(app)


def main() -> None:
    _gather()
    from django.db import OperationalError

    try:
        app()
    except Problem as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
    except (OperationalError, OSError) as error:
        hint = "检查磁盘空间、文件权限和数据库；写到一半的都已退回，可以重来。"
        print(Problem("system.storage", f"读写失败：{error}", hint=hint), file=sys.stderr)
        sys.exit(1)
