"""`xianfeng search`: the index of the site's search, extended, made again, checked, asked."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from xianfeng.problems import Problem

MOST_SHOWN = 50
Words = Annotated[str, typer.Argument(metavar="词", help="名称、代码、拼音首字母，或文字里的词；几个词用空格隔开。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    search = typer.Typer(no_args_is_help=True, help="检索：索引的续写、重建和核对")
    search.command("extend")(extend)
    search.command("rebuild")(rebuild)
    search.command("check")(check)
    search.command("find")(find)
    app.add_typer(search, name="search")


def extend() -> None:
    """把还没有进索引的办理记录写进索引；中断后再运行，从中断处继续。"""
    from xianfeng.search import index

    if not index.is_of_this_spelling():
        typer.echo("索引用的是另一版折叠规则，全部重建。", err=True)
        rebuild()
        return
    typer.echo(f"写入 {_extended()} 条办理记录，索引到第 {index.reached()} 条。")


def rebuild() -> None:
    """清空索引，从第一条办理记录起重新写。"""
    from xianfeng.search import index

    index.clear()
    typer.echo(f"已重建，写入 {_extended()} 条办理记录。")


def check() -> None:
    """由组织、记录、简报和活动重新得出索引，与现在的逐项核对。"""
    from xianfeng.search import check as checking

    found = 0
    for difference in checking.check():
        found += 1
        if found <= MOST_SHOWN:
            typer.echo(str(difference), err=True)
    if found:
        typer.echo(f"共 {found} 处不符。重建：xianfeng search rebuild", err=True)
        raise typer.Exit(1)
    typer.echo("索引与现在的内容一致。")


def find(words: Words) -> None:
    """找组织、记录、简报和活动；这里看得到全部内容。"""
    from xianfeng.search import index, query
    from xianfeng.search.sight import Sight
    from xianfeng.search.terms import Kind

    index.catch_up()
    rows = [row for kind in Kind for row in query.find(words, sight=Sight(everything=True), kind=kind, limit=10).rows]
    if not rows:
        raise Problem("search.nothing", f"没有找到“{words}”。", hint="少写几个字，或换一个词、代码、拼音首字母。")
    for row in rows:
        typer.echo(f"{_KINDS[row.kind]}　{row.about}　{row.title}{'（已撤销）' if row.closed else ''}")


def _extended() -> int:
    from xianfeng.log.append import head
    from xianfeng.search import index

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("索引", total=head(), completed=index.reached())
        return index.extend(progress=lambda reached: progress.update(task, completed=reached))


_KINDS = ("组织", "记录", "简报", "活动")
