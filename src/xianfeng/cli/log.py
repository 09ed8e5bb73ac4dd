"""`xianfeng verify`, `xianfeng seal`, `xianfeng log …`: the log seen from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say, together, translated

if TYPE_CHECKING:
    from xianfeng.log.findings import Report

_SHOWN = 50
_NOT_CHECKED = say(
    "没有核对由办理记录得出的数据：台账（xianfeng ledger check）、组织库（xianfeng registry check）、"
    "数据湖（xianfeng figures check）、检索索引（xianfeng search check）、"
    "开放数据（xianfeng opendata check）。一并核对用 xianfeng verify --all。"
)

log = typer.Typer(no_args_is_help=True, help="办理记录：查看条目、开具回执、重装触发器。")


def register(app: typer.Typer) -> None:
    app.add_typer(log, name="log")
    app.command("verify")(verify)
    app.command("seal")(seal)


def verify(
    database: Annotated[Path | None, typer.Option(help="要核对的数据库文件的副本；不写则核对当前数据库。")] = None,
    key: Annotated[Path | None, typer.Option(help="公钥文件；不写则用数据目录中的公钥。")] = None,
    size: Annotated[int | None, typer.Option(help="与印出的校验码对照：它覆盖的条数。")] = None,
    root: Annotated[str, typer.Option(help="与印出的校验码对照：简报末尾印的校验码。")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="连同台账、组织库、数据湖、检索索引、评论和开放数据一并核对。")
    ] = False,
) -> None:
    """重新计算全部办理记录：逐条核对内容、流水、封存与签名，以及方案、简报、个人信息是否与登记时一致。有不符时退出码为1。"""
    from xianfeng.log import printed
    from xianfeng.log.copies import open_copy
    from xianfeng.log.verify import verify as check

    if database and everything:
        raise Problem("log.copy_all", "副本只能核对办理记录。", hint="去掉 --all；台账等在恢复成当前数据库之后核对。")
    paper = printed.parse(size, root) if size is not None or root else None
    report = check(open_copy(database) if database else "default", public_key=key, paper=paper)
    _tell(report)
    holds = report.holds
    if everything:
        for further in _further():
            holds = _passes(further) and holds
    else:
        tell(_NOT_CHECKED if database is None else say("副本中的台账、组织库没有核对。"))
    raise typer.Exit(0 if holds else 1)


def seal(
    new_key: Annotated[bool, typer.Option("--new-key", help="从此改用新的签名钥：原来的丢失或可能泄露时。")] = False,
) -> None:
    """封存到目前为止的全部办理记录，显示校验码；再生成各活动的开放数据。"""
    from xianfeng.cli import opendata
    from xianfeng.log.actors import CLOCK
    from xianfeng.log.seals import seal as make

    made = make(by=CLOCK, new_key=new_key)
    root = bytes(made.root).hex()
    tell(say("已封存第1至{size}条\n校验码 {root}\n签名钥 {key}", size=made.size, root=root, key=made.key))
    opendata.make()


@log.command("show")
def show(seq: Annotated[int, typer.Argument(help="序号")]) -> None:
    """显示一条办理记录。"""
    from xianfeng.log.leaf import text_of
    from xianfeng.log.receipts import read

    found = read(seq)
    typer.echo(json.dumps(json.loads(text_of(found.entry)), ensure_ascii=False, indent=2))
    tell(say("哈希值 {leaf}", leaf=found.stored_leaf.hex()))


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
    tell(say("已重新安装：{triggers}", triggers=together(absent, by="、")) if absent else say("触发器齐全。"))


def _tell(report: Report) -> None:
    for finding in report.faults[:_SHOWN]:
        told = together((finding.message, f"[{finding.code}]"), by=" ")
        if finding.seq is not None:
            told = say("第{seq}条　{told}", seq=finding.seq, told=told)
        tell(f"✗ {translated(told)}", err=True)
        if finding.hint:
            tell(f"  {translated(finding.hint)}", err=True)
    if len(report.faults) > _SHOWN:
        tell(say("……另有{n}处。", n=len(report.faults) - _SHOWN), err=True)
    for finding in report.findings:
        if finding.weight == "note":
            tell(together(("· ", finding.message, finding.hint), by=""))
    told = say(
        "核对办理记录{entries}条，其中已封存{sealed}条：{outcome}",
        entries=report.entries,
        sealed=report.sealed,
        outcome=say("有{n}处不符。", n=len(report.faults)) if report.faults else say("全部相符。"),
    )
    tell(told)


def _further() -> tuple[Callable[[], None], ...]:
    """The rooms' own checks: what is kept for pages and figures, rebuilt from the entries and compared."""
    from xianfeng.cli import figures, ledger, opendata, registry, search

    return ledger.check, registry.check, lambda: figures.check(repair=False), search.check, opendata.check, _said


def _said() -> None:
    """Comments and complaints against what was done with them."""
    from xianfeng.voice import check

    differences = list(check.check())
    for one in differences[:_SHOWN]:
        tell(one.told, err=True)
    tell(say("评论和减负意见：{n} 处不符", n=len(differences)))
    raise typer.Exit(1 if differences else 0)


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except typer.Exit as ended:
        return not ended.exit_code
    return True
