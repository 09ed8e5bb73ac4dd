"""`xianfeng opendata`: the files that anybody may download, made of the last seal."""

from __future__ import annotations

from typing import Annotated

import typer

from xianfeng.cli.spoken import tell
from xianfeng.sentences import say

Name = Annotated[str, typer.Argument(metavar="活动", help="活动的名称；不写就是全部活动。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    opendata = typer.Typer(no_args_is_help=True, help="开放数据：公开的统计指标，按组织、按月份")
    opendata.command("make")(make)
    opendata.command("check")(check)
    app.add_typer(opendata, name="opendata")


def make(name: Name = "") -> None:
    """按最近一次封存生成开放数据；已经有的重算一遍，不符的换掉。xianfeng seal 之后自动运行。"""
    from xianfeng.ledger import versions
    from xianfeng.opendata import package

    for each in [name] if name else versions.names():
        made = package.make(each)
        told = say(
            "{name}：截至第 {as_of} 条办理记录，{files} 个文件，{size} 字节：{folder}",
            name=each,
            as_of=made.as_of,
            files=len(made.files),
            size=sum(resource["bytes"] for resource in made.descriptor["resources"]),
            folder=made.folder,
        )
        tell(told)


def check(name: Name = "") -> None:
    """按办理记录重算现在可以下载的开放数据，与保存的文件逐个核对。"""
    from xianfeng.ledger import versions
    from xianfeng.opendata import package

    wrong = [path for each in ([name] if name else versions.names()) for path in package.differing(each)]
    for path in wrong:
        tell(say("与重算的不同：{path}", path=path), err=True)
    if wrong:
        told = say(
            "开放数据有 {n} 个文件不符：文件被改动过，或者组织名称、隶属在封存之后作了追溯更正。"
            "重新生成：xianfeng opendata make",
            n=len(wrong),
        )
        tell(told, err=True)
        raise typer.Exit(1)
    tell(say("开放数据与办理记录一致。"))
