"""`xianfeng ledger`: look at a record, and check that everything stored is what its entries say."""

from __future__ import annotations

import typer

from xianfeng.problems import Problem

MOST_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    ledger = typer.Typer(no_args_is_help=True, help="台账：查看记录，核对办理记录")
    ledger.command("check")(check)
    ledger.command("show")(show)
    app.add_typer(ledger, name="ledger")


def check() -> None:
    """按办理记录重算全部记录和统计明细，与存储的逐项核对。"""
    from xianfeng.ledger import rebuild

    found = 0
    for difference in rebuild.check():
        found += 1
        if found <= MOST_SHOWN:
            typer.echo(str(difference))
    if found:
        typer.echo(f"共 {found} 处不符。存储的数据被改动过：请从备份恢复，或按办理记录重建。", err=True)
        raise typer.Exit(1)
    typer.echo("全部记录和统计明细与办理记录一致。")


def show(record: int) -> None:
    """一条记录：现在的内容和全部经过。"""
    from xianfeng.ledger import forms
    from xianfeng.ledger.history import history
    from xianfeng.ledger.models import Record

    found = Record.objects.filter(id=record).first()
    if found is None:
        raise Problem("ledger.unknown_record", f"没有第 {record} 号记录。", hint="请核对记录编号。")
    form = forms.form(found.scheme_id, found.kind)
    state = form.flow.states.get(found.state)
    typer.echo(f"{form.scheme.title} · {form.kind.title} 第 {record} 号 · {state.title if state else '已撤销'}")
    typer.echo(f"组织 {found.organisation}，负责组织 {found.holder}，日期 {found.day}")
    for event in history(record):
        behalf = f"，代 {event.on_behalf} 填" if event.on_behalf else ""
        reason = f"：{event.reason}" if event.reason else ""
        typer.echo(f"{event.seq}  {event.day}  {event.title}（{event.actor}{behalf}）{reason}")
        for change in event.changes:
            told = (
                "（个人信息，已加密保存）" if change.personal else f"{_plain(change.before)} → {_plain(change.after)}"
            )
            typer.echo(f"    {change.title}：{told}")


def _plain(value: object) -> str:
    return "（空）" if value is None else str(value)
