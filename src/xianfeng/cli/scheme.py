"""`xianfeng scheme`: check, explain, weigh, compare and start schemes. Everything here reads files only."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from xianfeng.scheme.faults import Fault, Faults
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme

scheme = typer.Typer(no_args_is_help=True, help="活动方案：检查、说明、负担、比较、新建。")


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


PathTo = Annotated[Path, typer.Argument(help="活动文件夹，或其中的 scheme.yaml")]
In = Annotated[Language, typer.Option("--lang", help="提示语言")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(scheme, name="scheme")


@scheme.command()
def check(path: PathTo, lang: In = Language.ZH) -> None:
    """逐条列出方案里的错误；没有错误时给出校验码。"""
    loaded = _loaded(path, lang)
    typer.echo(f"{loaded.title}：没有错误。版本 {loaded.hash[:12]}")


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
    typer.echo(f"共 {len(faults)} 处错误。" if lang is Language.ZH else f"{len(faults)} faults.", err=True)


def told(fault: Fault, lang: Language) -> str:
    advice = fault.advice(lang.value)
    first = f"{fault.file}:{fault.line}:{fault.column}: {fault.text(lang.value)} [{fault.code}]"
    return f"{first}\n    {advice}" if advice else first
