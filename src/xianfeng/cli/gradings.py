"""`xianfeng gradings`: propose, and try another rule before it is adopted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

_SHOWN = 50
Name = Annotated[str, typer.Argument(metavar="定级", help="方案里 gradings 下的名称。")]
Day = Annotated[
    dt.datetime | None,
    typer.Option("--day", formats=["%Y-%m-%d"], metavar="日期", help="哪一期：含这一天的。默认今天。"),
]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    gradings = typer.Typer(no_args_is_help=True, help="分类定级：提出建议，试算")
    gradings.command("propose")(propose)
    gradings.command("whatif")(whatif)
    app.add_typer(gradings, name="gradings")


def propose(
    scheme: Annotated[str, typer.Argument(metavar="活动", help="活动代号。")], grading: Name, day: Day = None
) -> None:
    """按现在的数给这一期的每个组织提出等级建议；等级由人确定。"""
    from xianfeng.gradings import actions
    from xianfeng.ledger import powers, versions

    by = powers.office(versions.current(scheme))
    made = actions.propose(by=by, scheme=scheme, grading=grading, day=_day(day))
    tell(
        say(
            "第 {number} 号定级建议：{lines} 个组织，{since} 至 {until}。",
            number=made.id,
            lines=made.lines,
            since=made.since,
            until=made.until,
        )
    )


def whatif(
    path: Annotated[Path, typer.Argument(metavar="方案", help="改好、还没有载入的活动方案。", exists=True)],
    grading: Name,
    day: Day = None,
) -> None:
    """试算：改了的方案与现行方案相比，多少组织的建议等级会变，是哪些。什么都不写。"""
    from xianfeng.gradings import whatif as trying
    from xianfeng.registry import tree

    scheme = load(path)
    if not isinstance(scheme, Scheme):
        raise Problem(
            "gradings.faulty_scheme", str(scheme), hint=say("先改正：xianfeng scheme check {path}", path=path)
        )
    found = trying.ruled(scheme, grading, day=_day(day))
    titles = _titles(scheme, scheme.gradings[grading])
    tell(say("共 {n} 个组织，{changed} 个的建议等级会变。", n=len(found.before), changed=len(found.which)))
    for (before, after), n in sorted(found.moves.items()):
        tell(say("{before} → {after}：{n} 个", before=titles[before], after=titles[after], n=n))
    shown = found.which[:_SHOWN]
    named = tree.named([organisation for organisation, _, _ in shown], _day(day))
    for organisation, before, after in shown:
        tell(
            say("{name}：{before} → {after}", name=named[organisation].name, before=titles[before], after=titles[after])
        )


def _titles(scheme: Scheme, rule: Grading) -> dict[str, str]:
    kind = scheme.kinds[rule.kind]
    choices = kind.fields[kind.decided.grade].choices if kind.decided else {}
    return {**choices, "": say("没有建议")}


def _day(day: dt.datetime | None) -> dt.date:
    return day.date() if day else timezone.localdate()
