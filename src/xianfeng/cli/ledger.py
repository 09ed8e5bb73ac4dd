"""`xianfeng ledger`: file and correct records, look at one, and check that everything stored is what entries say."""

from __future__ import annotations

import typer

from xianfeng.cli import handling
from xianfeng.cli.handling import Number
from xianfeng.cli.spoken import tell
from xianfeng.cli.telling import Teller
from xianfeng.sentences import say

MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    ledger = typer.Typer(no_args_is_help=True, help="台账：登记、更正、查看记录，核对办理记录")
    ledger.command("check")(check)
    ledger.command("show")(show)
    ledger.command("file")(handling.file)
    ledger.command("amend")(handling.amend)
    ledger.command("withdraw")(handling.withdraw)
    app.add_typer(ledger, name="ledger")


def check() -> None:
    """按办理记录重算全部记录和统计明细，与存储的逐项核对。"""
    from xianfeng.ledger import rebuild

    found = 0
    for difference in rebuild.check():
        found += 1
        if found <= MOST_SHOWN:
            tell(difference.told)
    if found:
        tell(say("共 {n} 处不符。存储的数据被改动过：请从备份恢复，或按办理记录重建。", n=found), err=True)
        raise typer.Exit(1)
    tell(say("全部记录和统计明细与办理记录一致。"))


def show(record: Number) -> None:
    """一条记录：现在的内容和全部经过。"""
    from xianfeng.ledger import versions
    from xianfeng.ledger.history import history

    row = handling.found(record)
    for line in Teller(row, versions.scheme(row.scheme_id), history(record)).lines():
        tell(line)
