"""`xianfeng scheme`: check, explain, weigh, compare and start schemes. All of it but adopting reads files only."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from xianfeng.cli import spoken
from xianfeng.cli.adopting import adopt
from xianfeng.cli.spoken import tell
from xianfeng.paths import write_atomically
from xianfeng.problems import Problem
from xianfeng.scheme.burden import burdens
from xianfeng.scheme.diff import changes
from xianfeng.scheme.explain import pages
from xianfeng.scheme.faults import Fault, Faults
from xianfeng.scheme.loader import load, load_package, with_libraries
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.start import Heading, Task, Tasks, leads, skeleton, span, tasks_in, text_of
from xianfeng.scheme.stats import stats as counted
from xianfeng.scheme.surface.files import MAIN
from xianfeng.scheme.surface.grammar import SCHEME_NAME
from xianfeng.scheme.surface.schema import json_schema
from xianfeng.scheme.whom import Whom
from xianfeng.sentences import say, translated

scheme = typer.Typer(no_args_is_help=True, help="活动方案：新建、检查、载入、说明、负担、比较。")
scheme.command("adopt")(adopt)


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


PathTo = Annotated[Path, typer.Argument(help="活动文件夹，或其中的 scheme.yaml")]
In = Annotated[Language, typer.Option("--lang", help="提示语言", callback=spoken.switch)]

SPOKEN = Language.EN if spoken.language() == "en" else Language.ZH

_BREAKS = say("！")
_HEADINGS: dict[str, dict[Language, tuple[str, ...]]] = {
    "burden": {
        Language.ZH: ("谁", "要求", "哪些", "怎样才算", "年至少", "年至多", "每条填", "必填", "预填", "年填字段"),
        Language.EN: (
            "who",
            "obligation",
            "which",
            "met by",
            "least",
            "most",
            "fields",
            "required",
            "prefilled",
            "fields a year",
        ),
    },
    "stats": {Language.ZH: ("部分", "数量"), Language.EN: ("part", "count")},
}
_PARTS = {
    "phases": "阶段",
    "standards": "标准",
    "roles": "角色",
    "constants": "常数",
    "kinds": "台账（用到的）",
    "kinds.shared": "  其中通用台账",
    "fields": "字段",
    "fields.required": "  必填",
    "fields.prefilled": "  预填",
    "fields.personal": "  个人信息",
    "fields.retired": "  停用",
    "states": "状态",
    "moves": "办理步骤",
    "obligations": "工作要求",
    "measures": "统计指标",
    "measures.count": "  计数",
    "measures.sum": "  求和",
    "measures.latest": "  时点数",
    "measures.distinct": "  去重计数",
    "measures.coverage": "  覆盖面",
    "measures.ratio": "  比率",
    "measures.growth": "  增长率",
    "measures.with_target": "  有目标的",
    "bulletins": "简报",
    "local": "本单位自定之处",
}
_WHO: dict[Language, dict[str, str]] = {
    Language.ZH: {
        "organisations": "各组织",
        "superior_head": "上级负责人",
        "office": "活动办公室",
        "each_subordinate": "（每个下级）",
    },
    Language.EN: {"organisations": "each organisation", "each_subordinate": " (per subordinate)"},
}


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(scheme, name="scheme")


@scheme.command()
def check(path: PathTo, lang: In = SPOKEN) -> None:
    """逐条列出方案里的错误；没有错误时给出校验码。"""
    loaded = _loaded(path, lang)
    tell(say("{title}：没有错误。版本 {version}", title=loaded.title, version=loaded.hash[:12]))
    tell(say("载入后生效：xianfeng scheme adopt {path}", path=path))


@scheme.command()
def explain(path: PathTo, lang: In = SPOKEN) -> None:
    """用文字说明方案：要求、日程、台账和流程、统计口径。"""
    typer.echo(pages.explain(_loaded(path, lang), lang.value), nl=False)


@scheme.command()
def burden(path: PathTo, lang: In = SPOKEN) -> None:
    """方案一年要每个角色填多少：由要求和字段算出。"""
    loaded = _loaded(path, lang)
    columns = _HEADINGS["burden"][lang]
    table = Table(*columns)
    for each in burdens(loaded):
        who = loaded.roles[each.of].title if each.of in loaded.roles else _WHO[lang].get(each.of, each.of)
        about = _WHO[lang]["each_subordinate"] if each.each_subordinate else ""
        most = "–" if each.most is None else str(each.most)
        numbers = (each.least, most, each.typed, each.required, each.prefilled, each.fields)
        table.add_row(who + about, each.title, each.where, each.matching, *map(str, numbers))
    _show(table)


@scheme.command()
def diff(old: PathTo, new: PathTo, lang: In = SPOKEN) -> None:
    """两个版本在含义上的差别；会使旧记录读法改变的，标 ！ 并以状态 1 退出。"""
    found = changes(_loaded(old, lang), _loaded(new, lang))
    for change in found:
        sign = {"added": "+", "removed": "-", "changed": "~"}[change.what]
        told = f"{change.before} → {change.after}" if change.what == "changed" else change.before or change.after
        typer.echo(f"{translated(_BREAKS) if change.breaks else ''}{sign} {change.path}: {told}")
    if not found:
        tell(say("含义相同。"))
    if any(change.breaks for change in found):
        raise typer.Exit(1)


@scheme.command()
def stats(path: PathTo, lang: In = SPOKEN) -> None:
    """方案的规模：各部分各有多少。"""
    table = Table(*_HEADINGS["stats"][lang])
    for name, count in counted(_loaded(path, lang)).items():
        table.add_row(_PARTS.get(name, name) if lang is Language.ZH else name, str(count))
    _show(table)


@scheme.command()
def schema() -> None:
    """打印 JSON Schema，供编辑器补全和检查 scheme.yaml。"""
    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@scheme.command()
def new(
    folder: Annotated[Path, typer.Argument(help="新活动的文件夹，最后一段是活动代号")],
    from_table: Annotated[Path | None, typer.Option(help="任务分解表（.xlsx）")] = None,
    title: Annotated[str, typer.Option(help="活动名称")] = "",
    at: Annotated[str, typer.Option(help="所属组织的代码")] = "000000",
) -> None:
    """新建活动方案；可以从任务分解表开始。写出的方案没有错误，可接着修改。"""
    path = folder / MAIN
    if path.exists():
        raise Problem("scheme.exists", say("{path} 已经存在。", path=path), hint="换一个文件夹，或先移走它。")
    name = folder.resolve().name
    if not re.fullmatch(SCHEME_NAME.form, name):
        hint = say("活动代号用小写字母、数字和连字符，如 schemes/minhou-2026；中文名称写在 --title 里。")
        raise Problem("scheme.name", say("文件夹名“{name}”不能作活动代号。", name=name), hint=hint, place=str(folder))
    read = tasks_in(from_table) if from_table else Tasks()
    bound = _bound(at, read.tasks)
    text = started(name, title, at, read.tasks, bound)
    faults = load_package(with_libraries({MAIN: text}))
    if isinstance(faults, Faults):
        _print(faults, SPOKEN)
        raise typer.Exit(1)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode())
    for line in (*_understood(read), *_told(bound)):
        tell(line)
    tell(say("已写出 {path}（{n} 项任务）。接着修改它，检查，再载入：", path=path, n=len(read.tasks)))
    typer.echo(f"  xianfeng scheme check {folder}\n  xianfeng scheme adopt {folder}")


def _understood(read: Tasks) -> Iterator[str]:
    """What was made of each row, for the office to compare with its table."""
    for task in read.tasks:
        yield say("第 {row} 行 {title}：{read}", row=task.row, title=task.title, read=task.read or say("只有文字"))
        yield from (say("    请核对：{doubt}", doubt=doubt) for doubt in task.doubts)
    yield from read.left


def _bound(at: str, tasks: Sequence[Task]) -> dict[str, Whom]:
    """Which organisations the units in charge are, as the page of a new campaign supposes it."""
    from xianfeng.ledger.binding import supposed

    return {lead: supposed(lead, at) for lead in leads(tasks)}


def _told(bound: Mapping[str, Whom]) -> Iterator[str]:
    if bound:
        yield say("责任单位对应到这些组织（of 和 where），请核对：")
    yield from (say("  {lead}：{whom}", lead=lead, whom=whom.where or whom.of) for lead, whom in bound.items())


def started(name: str, title: str, at: str, tasks: Sequence[Task], bound: Mapping[str, Whom]) -> str:
    """The new scheme's text; it runs through the years that the tasks' deadlines name, or through this one."""
    since, until = span(tasks, dt.datetime.now(tz=dt.UTC).year)
    heading = Heading(name=name, title=title or name, at=at, since=since, until=until)
    return text_of(heading, tasks, bound) if tasks else skeleton(heading)


def _loaded(path: Path, lang: Language) -> Scheme:
    """The scheme, or its faults printed and exit status 1."""
    loaded = load(path)
    if isinstance(loaded, Scheme):
        return loaded
    _print(loaded, lang)
    raise typer.Exit(1)


def _print(faults: Faults, lang: Language) -> None:
    for fault in faults:
        typer.echo(told(fault, lang))
    tell(say("共 {n} 处错误。", n=len(faults)), err=True)


def told(fault: Fault, lang: Language) -> str:
    advice = fault.advice(lang.value)
    first = f"{fault.file}:{fault.line}:{fault.column}: {fault.text(lang.value)} [{fault.code}]"
    return f"{first}\n    {advice}" if advice else first


def _show(table: Table) -> None:
    """As wide as the terminal; into a file, as wide as it needs."""
    console = Console()
    console.print(table) if console.is_terminal else Console(width=200).print(table)
