"""`xianfeng vault …`: what an office does with personal values from the command line."""

from __future__ import annotations

import typer

from xianfeng.cli.spoken import tell
from xianfeng.sentences import say

vault = typer.Typer(no_args_is_help=True, help="个人信息：恢复备份之后重新执行删除。")


def register(app: typer.Typer) -> None:
    app.add_typer(vault, name="vault")


@vault.command("replay")
def replay() -> None:
    """恢复备份之后运行：把记录在案的删除重新执行一遍。"""
    from xianfeng.vault.erasure import replay_erasures

    returned = replay_erasures()
    tell(say("重新删除了{n}项个人信息。", n=returned) if returned else say("没有需要重新删除的个人信息。"))


@vault.callback()
def _group() -> None:
    """Keeps `replay` a command of its own although it is the only one."""
