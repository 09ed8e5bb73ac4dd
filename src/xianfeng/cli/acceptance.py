"""`xianfeng acceptance`: what the source documents state against what the closed bulletins printed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from xianfeng import paths
from xianfeng.acceptance import books, compare, expected
from xianfeng.acceptance.compare import Outcome
from xianfeng.acceptance.expected import BASES, MARKS, System
from xianfeng.ledger.models import SchemeVersion
from xianfeng.problems import Problem
from xianfeng.sentences import Said, say, together, translated

SCHEMES = paths.PROJECT / "schemes"
_RECORDS = say("记录")
_COLUMNS = (
    say("行"), say("内容"), say("标记"), say("依据"), say("应有"), say("所印"), _RECORDS, say("进度"), say("一致"),
    say("原文"),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.command("acceptance")(acceptance)


def acceptance(
    system: Annotated[str, typer.Argument(help="只看一个系统，如 fuzhou-2010")] = "",
    today: Annotated[bool, typer.Option("--today", help="不看定稿，看今天重新成稿会印什么")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """逐项核对文件所述与简报所印：标记、依据、原文、应有、所印、背后的记录数、是否一致。全部一致时退出码为 0。"""
    from xianfeng.figures import engine

    figures = engine()
    results = [(one, compare.outcomes(one, books.of(one, figures, today=today))) for one in _systems(system)]
    if as_json:
        typer.echo(json.dumps([_data(one, outcomes) for one, outcomes in results], ensure_ascii=False, indent=2))
    else:
        for one, outcomes in results:
            _print(one, outcomes)
    if not all(outcome.equal for _, outcomes in results for outcome in outcomes):
        raise typer.Exit(1)


def _systems(name: str) -> list[System]:
    """The systems that a loaded scheme covers, or the one asked for."""
    known = {path.parent.name: path for path in sorted(SCHEMES.glob("*/figures.yaml"))}
    if name and name not in known:
        hint = say("已有：{known}。", known=together(known, by="、"))
        raise Problem("acceptance.unknown", say("没有系统“{name}”的验收数据。", name=name), hint=hint)
    loaded = set(SchemeVersion.objects.values_list("name", flat=True))
    chosen = [name] if name else [one for one in known if one in loaded]
    if not chosen:
        raise Problem("acceptance.nothing", "还没有载入活动。", hint="演示用 xianfeng demo prepare。")
    return [expected.read(Path(known[one])) for one in chosen]


def _print(system: System, outcomes: list[Outcome]) -> None:
    equal = sum(outcome.equal for outcome in outcomes)
    title = say(
        "{name}（{source}）：{equal}/{n} 一致", name=system.name, source=system.source, equal=equal, n=len(outcomes)
    )
    table = Table(title=translated(title))
    for column in _COLUMNS:
        table.add_column(translated(column), overflow="fold", justify="right" if column == _RECORDS else "left")
    for outcome in outcomes:
        row, found, made = outcome.row, outcome.found, outcome.progress
        table.add_row(
            row.row,
            _words(row.part),
            f"{row.mark} {translated(MARKS[row.mark])}",
            translated(BASES.get(found.basis, found.basis)) or "—",
            row.expected or "、".join(row.items) or _said(row.exact),
            found.printed or "、".join(found.items) or _said(found.exact),
            _said(made.records if made else found.records),
            translated(say("{text}（{title}）", text=made.text, title=made.title)) if made else "—",
            translated(say("是") if outcome.equal else say("[bold red]否：{wrong}[/]", wrong=outcome.wrong)),
            _words(row.text),
        )
    Console(width=None if Console().is_terminal else 220).print(table)


def _words(text: str) -> str:
    """What stands for a row of no document is our own; a document's words stay as they are."""
    return translated(text) if isinstance(text, Said) else text


def _said(value: object) -> str:
    return "—" if value is None else str(value)


def _data(system: System, outcomes: list[Outcome]) -> dict[str, Any]:
    return {
        "system": system.name,
        "source": system.source,
        "bulletin": system.bulletin,
        "equal": all(outcome.equal for outcome in outcomes),
        "rows": [
            {
                "row": outcome.row.row,
                "part": outcome.row.part,
                "mark": outcome.row.mark,
                "basis": outcome.row.basis or None,
                "reason": outcome.row.reason or None,
                "text": outcome.row.text,
                "expected": outcome.row.expected or None,
                "exact": _json(outcome.row.exact),
                "printed": outcome.found.printed or None,
                "value": _json(outcome.found.exact),
                "items": list(outcome.row.items) or None,
                "items_found": list(outcome.found.items) or None,
                "records": outcome.found.records,
                "observed_basis": outcome.found.basis or None,
                "progress": asdict(outcome.progress) if outcome.progress else None,
                "equal": outcome.equal,
                "wrong": translated(outcome.wrong) or None,
            }
            for outcome in outcomes
        ],
    }


def _json(value: object) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)
