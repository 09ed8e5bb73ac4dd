"""`xianfeng search`: the index of the site's search, extended, made again, checked, asked."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say, together, translated

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
        tell(say("索引用的是另一版折叠规则，全部重建。"), err=True)
        rebuild()
        return
    tell(say("写入 {n} 条办理记录，索引到第 {reached} 条。", n=_extended(), reached=index.reached()))


def rebuild() -> None:
    """清空索引，从第一条办理记录起重新写。"""
    from xianfeng.search import index

    index.clear()
    tell(say("已重建，写入 {n} 条办理记录。", n=_extended()))


def check() -> None:
    """由组织、记录、简报和活动重新得出索引，与现在的逐项核对。"""
    from xianfeng.search import check as checking

    found = 0
    for difference in checking.check():
        found += 1
        if found <= MOST_SHOWN:
            tell(difference.told, err=True)
    if found:
        tell(say("共 {n} 处不符。重建：xianfeng search rebuild", n=found), err=True)
        raise typer.Exit(1)
    tell(say("索引与现在的内容一致。"))


def find(words: Words) -> None:
    """找组织、记录、简报和活动；这里看得到全部内容。"""
    from xianfeng.search import index, query
    from xianfeng.search.sight import Sight
    from xianfeng.search.terms import Kind

    index.catch_up()
    rows = [row for kind in Kind for row in query.find(words, sight=Sight(everything=True), kind=kind, limit=10).rows]
    if not rows:
        hint = say("少写几个字，或换一个词、代码、拼音首字母。")
        raise Problem("search.nothing", say("没有找到“{words}”。", words=words), hint=hint)
    for row in rows:
        title = say("{title}（已撤销）", title=row.title) if row.closed else row.title
        tell(together((_KINDS[row.kind], str(row.about), title), by="　"))


def _extended() -> int:
    from xianfeng.log.append import head
    from xianfeng.search import index

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(translated(say("索引")), total=head(), completed=index.reached())
        return index.extend(progress=lambda reached: progress.update(task, completed=reached))


_KINDS = (say("组织"), say("记录"), say("简报"), say("活动"))
