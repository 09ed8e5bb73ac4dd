"""`xianfeng opendata`: the files that anybody may download, made of the last seal."""

from __future__ import annotations

from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(metavar="活动", help="活动的名称；不写就是全部活动。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    opendata = typer.Typer(no_args_is_help=True, help="开放数据：公开的统计指标，按组织、按月份")
    opendata.command("make")(make)
    app.add_typer(opendata, name="opendata")


def make(name: Name = "") -> None:
    """按最近一次封存生成开放数据；已经有的不再算。xianfeng seal 之后自动运行。"""
    from xianfeng.ledger import versions
    from xianfeng.opendata import package

    for each in [name] if name else versions.names():
        made = package.make(each)
        size = sum(resource["bytes"] for resource in made.descriptor["resources"])
        typer.echo(f"{each}：截至第 {made.as_of} 条办理记录，{len(made.files)} 个文件，{size} 字节：{made.folder}")
