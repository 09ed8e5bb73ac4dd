"""`xianfeng signals`: look through what was filed for what was copied or made up."""

from __future__ import annotations

from typing import Annotated

import typer
from django.utils import timezone

from xianfeng.cli.spoken import tell
from xianfeng.sentences import say


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    signals = typer.Typer(no_args_is_help=True, help="失真提示：像是抄来的、编出来的")
    signals.command("find")(find)
    signals.command("list")(list_)
    app.add_typer(signals, name="signals")


def find() -> None:
    """查一遍填报的内容：雷同的文字，重复的文件，对不上的数，扎堆的整数，全是满意；已经改正的不再提示。"""
    from xianfeng.signals import finding

    tell(say("现有 {n} 条提示。", n=finding.find(day=timezone.localdate())))


def list_(campaign: Annotated[str, typer.Argument(metavar="活动", help="活动代号。")]) -> None:
    """活动办公室可以看的提示：填报组织说明以后，或者说明的期限过了以后。"""
    from xianfeng.ledger import versions
    from xianfeng.signals import answering

    scheme = versions.current(campaign)
    found = list(answering.told([scheme.name], timezone.localdate()))
    for words, explained in zip(answering.sentences(found), answering.explanations(found), strict=True):
        tell(words)
        if explained:
            tell(say("　　填报组织说明：{words}", words=explained))
