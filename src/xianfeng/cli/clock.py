"""`xianfeng clock`: when this machine's clock was ahead and is right now."""

from __future__ import annotations

import typer

from xianfeng.cli.acting import operator
from xianfeng.cli.spoken import tell
from xianfeng.sentences import say

clock = typer.Typer(no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(clock, name="clock")


@clock.callback()
def _clock() -> None:
    """时钟：本机时间曾经快了，校准以后接着办。"""


@clock.command()
def accept() -> None:
    """本机时间已经校准，从现在起接着到期办理；记入办理记录。"""
    from django.utils import timezone

    from xianfeng.duties import ahead

    now = timezone.now()
    ahead.accept(now=now, by=operator())
    tell(say("以现在的时间 {now:%Y-%m-%d %H:%M} 为准。", now=timezone.localtime(now)))
