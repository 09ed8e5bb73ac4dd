"""`xianfeng verify`, `xianfeng seal`, `xianfeng log …`: the log seen from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

_SHOWN = 50

log = typer.Typer(no_args_is_help=True, help="办理记录：查看条目、开具回执、重装触发器。")


def register(app: typer.Typer) -> None:
    app.add_typer(log, name="log")
    app.command("verify")(verify)
    app.command("seal")(seal)


def verify(
    database: Annotated[Path | None, typer.Option(help="要核对的数据库文件的副本；不写则核对当前数据库。")] = None,
    key: Annotated[Path | None, typer.Option(help="公钥文件；不写则用数据目录中的公钥。")] = None,
) -> None:
    """重新计算全部办理记录：逐条核对内容、流水、封存与签名。有不符时退出码为1。"""
    from xianfeng.log.copies import open_copy
    from xianfeng.log.verify import verify as check

    report = check(open_copy(database) if database else "default", public_key=key)
    for finding in report.faults[:_SHOWN]:
        where = f"第{finding.seq}条　" if finding.seq is not None else ""
        typer.echo(f"✗ {where}{finding.message} [{finding.code}]", err=True)
        if finding.hint:
            typer.echo(f"  {finding.hint}", err=True)
    if len(report.faults) > _SHOWN:
        typer.echo(f"……另有{len(report.faults) - _SHOWN}处。", err=True)
    for finding in report.findings:
        if finding.weight == "note":
            typer.echo(f"· {finding.message}{finding.hint}")
    typer.echo(f"核对{report.entries}条，其中已封存{report.sealed}条：{_outcome(len(report.faults))}")
    raise typer.Exit(0 if report.holds else 1)


def seal() -> None:
    """封存到目前为止的全部办理记录，显示校验码。"""
    from xianfeng.log.actors import CLOCK
    from xianfeng.log.seals import seal as make

    made = make(by=CLOCK)
    typer.echo(f"已封存第1至{made.size}条\n校验码 {bytes(made.root).hex()}\n签名钥 {made.key}")


@log.command("show")
def show(seq: Annotated[int, typer.Argument(help="序号")]) -> None:
    """显示一条办理记录。"""
    from xianfeng.log.leaf import text_of
    from xianfeng.log.receipts import read

    found = read(seq)
    typer.echo(json.dumps(json.loads(text_of(found.entry)), ensure_ascii=False, indent=2))
    typer.echo(f"哈希值 {found.stored_leaf.hex()}")


@log.command("receipt")
def receipt(seq: Annotated[int, typer.Argument(help="序号")]) -> None:
    """开具一条办理记录的回执：原文、序号，以及它在签名封存之内的证明。"""
    from xianfeng.log.receipts import receipt as make

    typer.echo(make(seq).text())


@log.command("protect")
def protect() -> None:
    """重新安装只增不改的触发器。"""
    from xianfeng.log import triggers

    absent = triggers.missing()
    triggers.install()
    typer.echo(f"已重新安装：{'、'.join(absent)}" if absent else "触发器齐全。")


def _outcome(faults: int) -> str:
    return f"有{faults}处不符。" if faults else "全部相符。"
