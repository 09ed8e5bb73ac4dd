"""`xianfeng duties`: what is owed, by whom, and what the clock does about it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say, together

Code = Annotated[str, typer.Argument(metavar="组织代码")]
Campaign = Annotated[str, typer.Argument(metavar="活动代号")]
At = Annotated[
    dt.datetime | None, typer.Option("--at", metavar="时刻", help="按哪一刻计（默认现在），如 2012-03-05T10:00。")
]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    duties = typer.Typer(no_args_is_help=True, help="待办：工作要求分解到各组织，谁没有报，催办到哪一步")
    for command in (tick, expand, preview, owed, arrears, check):
        duties.command(command.__name__)(command)
    app.add_typer(duties, name="duties")


def tick(at: At = None) -> None:
    """读入新的办理记录，分解到期的工作要求，催办；和后台工作定时做的一样。"""
    from xianfeng.duties import tick as ticking

    tell(ticking.tick(now=_moment(at)).told)


def expand(scheme: Campaign, at: At = None) -> None:
    """把一个活动的工作要求分解到各组织，到下一期为止；再运行一次不会重复。"""
    from xianfeng.duties import expanding, matching
    from xianfeng.ledger import versions

    now = _moment(at)
    matching.catch_up(now=now)
    _tell(expanding.expand(versions.current(scheme), now=now), say("没有变化。"))


def preview(folder: Annotated[Path, typer.Argument(metavar="方案文件夹", exists=True)], at: At = None) -> None:
    """一个方案的新版本启用以后，待办会有哪些变化；只看，不写。"""
    from xianfeng.duties import expanding
    from xianfeng.scheme.loader import load
    from xianfeng.scheme.nodes import Scheme

    loaded = load(folder)
    if not isinstance(loaded, Scheme):
        raise Problem(
            "duties.faulty_scheme", str(loaded), hint=say("先改正：xianfeng scheme check {folder}", folder=folder)
        )
    _tell(expanding.preview(loaded, now=_moment(at)), say("待办没有变化。"))


def owed(code: Code, at: At = None) -> None:
    """一个组织现在应办没有办的，先到期的在前。"""
    from xianfeng.calendars import wording
    from xianfeng.duties import owed as owing
    from xianfeng.duties.status import TITLES

    now = _moment(at)
    page = owing.owed(_organisation(code), now=now, limit=1_000)
    for row in page.rows:
        lacks = say("还差 {n}", n=row.missing)
        tell(together((wording.moment(row.due), TITLES[row.status], row.title, row.stretch, lacks), by="  "))
    tell(say("共 {n} 项。", n=len(page.rows)) if page.rows else say("没有应办未办的。"))


def arrears(scheme: Campaign, code: Code, at: At = None) -> None:
    """一个组织的下级，各有多少没有报，可以直接转发。"""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from xianfeng.duties import naming, text
    from xianfeng.duties import owed as owing
    from xianfeng.registry import desks

    now, desk = _moment(at), desks.at(_organisation(code))
    found = owing.arrears(scheme, desk.place, now=now) if desk else ()
    for row in {one.round.id: one.round for one in found if one.overdue or one.over}.values():
        lacking = owing.lacking(row.id, desk.place, now=now) if desk else ()
        exceeding = owing.exceeding(row.id, desk.place) if desk else ()
        over = naming.scheme_of(row).until < timezone.localdate(now)
        link = "" if over else f"{settings.SITE}{reverse('duties')}?scheme={scheme}"
        tell(text.missing(row, lacking, exceeding, now=now, link=link))
    if not any(one.overdue or one.over for one in found):
        tell(text.NOBODY)


def check() -> None:
    """由工作要求、组织和记录重新得出待办，与现在的逐项核对。"""
    from xianfeng.duties import check as checking

    found = 0
    for difference in checking.check():
        found += 1
        tell(difference.told, err=True)
    if found:
        raise typer.Exit(1)
    tell(say("待办与工作要求、组织和记录一致。"))


def _moment(at: dt.datetime | None) -> dt.datetime:
    from django.utils import timezone

    return timezone.make_aware(at) if at else timezone.now()


def _organisation(code: str) -> int:
    from xianfeng.registry import tree

    found = tree.by_any_code(code)
    if found is None:
        raise Problem(
            "duties.no_organisation",
            say("没有代码为 {code} 的组织。", code=code),
            hint="核对代码：xianfeng search find 名称",
        )
    return found.id


def _tell(found: object, nothing: str) -> None:
    from xianfeng.duties.expanding import Expanded

    rows = [one for one in found if isinstance(one, Expanded)] if isinstance(found, tuple) else []
    for one in rows:
        told = say(
            "{title}  {since} 至 {until}  新增 {added}，变动 {changed}，不再要求 {voided}，应办 {standing}",
            title=one.title,
            since=one.since,
            until=one.until,
            added=one.added,
            changed=one.changed,
            voided=one.voided,
            standing=one.standing,
        )
        tell(told)
    if not rows:
        tell(nothing)
