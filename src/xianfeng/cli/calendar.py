"""`xianfeng calendar`: the nation's announcements come in, a year is shown, days are set."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli import acting
from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.sentences import say, together

if TYPE_CHECKING:
    from xianfeng.calendars.days import Quiet, WorkingCalendar

_calendar = typer.Typer(no_args_is_help=True, help="工作日历：放假、调休上班、上下班时间、静默期。")
_KINDS = {"放假": "holiday", "上班": "makeup", "工作日": "work", "休息": "rest", "恢复": ""}
_TITLES = {
    "holiday": say("放假"),
    "makeup": say("调休上班"),
    "work": say("工作日"),
    "rest": say("休息"),
}

Years = Annotated[list[int] | None, typer.Argument(metavar="年份…", help="不写：放假安排已公布的各年和下一年。")]
At = Annotated[str, typer.Option("--at", metavar="代码", help="哪个地方的日历；不写是全国。")]


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    app.add_typer(_calendar, name="calendar")


@_calendar.command("fill")
def fill(years: Years = None) -> None:
    """把国务院公布的放假安排填入全国日历；还没有公布的年份只有法定节假日，标为暂定。"""
    from xianfeng.calendars import actions, national

    wanted = years or range(national.FIRST, national.LAST + 2)
    filled = actions.fill(wanted, day=_today(), by=acting.operator())
    years_ = together(map(str, filled), by="、")
    tell(say("填入 {n} 年：{years}。", n=len(filled), years=years_) if filled else say("都已经填过，没有变化。"))
    unsure = [year for year in filled if not national.year_of(year).announced]
    if unsure:
        years_ = together(map(str, unsure), by="、")
        tell(say("其中 {years} 年放假安排还没有公布，是暂定的；公布后再填一次。", years=years_))


@_calendar.command("show")
def show(
    year: Annotated[int, typer.Argument(metavar="年份")],
    at: At = "",
) -> None:
    """一年里与平常不同的日子、上下班时间和静默期。"""
    from xianfeng.calendars import store

    calendar = store.calendar(_organisation(at) or None)
    if calendar.provisional(year):
        tell(say("{year}年放假安排还没有公布，以下是暂定的。", year=year))
    for line in _lines(year, calendar):
        tell(line)


@_calendar.command("set")
def set_(
    since: Annotated[str, typer.Argument(metavar="日期", help="例如 2026-10-01。")],
    kind: Annotated[str, typer.Argument(metavar="类别", help="放假、上班、工作日、休息，或恢复（按上级日历）。")],
    title: Annotated[str, typer.Argument(metavar="名称", help="什么假，例如 国庆节。")] = "",
    *,
    until: Annotated[str, typer.Option("--until", metavar="日期", help="到哪一天，含当天；不写只改一天。")] = "",
    source: Annotated[str, typer.Option("--source", metavar="依据", help="文号或通知。")] = "",
    at: At = "",
) -> None:
    """改一天或连续几天；已经给出的期限不变。"""
    from xianfeng.calendars import actions
    from xianfeng.calendars.days import DayKind

    if kind not in _KINDS:
        hint = say("可用：{known}。", known="、".join(_KINDS))
        raise Problem("calendars.kind", say("没有“{kind}”这一类。", kind=kind), hint=hint)
    number = actions.set_days(
        organisation=_organisation(at),
        since=_day(since),
        until=_day(until or since),
        kind=DayKind(_KINDS[kind]) if _KINDS[kind] else None,
        title=title,
        source=source,
        day=_today(),
        by=acting.operator(),
    )
    tell(say("已改，第{number}条。", number=number))


def _lines(year: int, calendar: WorkingCalendar) -> list[str]:
    days = [dt.date.fromordinal(n) for n in range(dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal())]
    told = [(day, calendar.day(day)) for day in days]
    unusual = [
        together(filter(None, (str(day), _TITLES[said.kind], said.title)), by=" ")
        for day, said in told
        if said.title or day in calendar.special
    ]
    seasons = together(
        say("{month}月{day}日起 {hours}", month=one.since[0], day=one.since[1], hours=one.hours)
        for one in calendar.seasons
    )
    return [
        *unusual,
        say("上下班时间：{seasons}", seasons=seasons),
        *(_quiet(one) for one in calendar.quiet if one.since.year <= year <= one.until.year),
        say("工作日 {n} 天", n=sum(calendar.works(day) for day in days)),
    ]


def _quiet(one: Quiet) -> str:
    told = say("静默期：{since} 至 {until} {title}", since=one.since, until=one.until, title=one.title)
    return say("{told}，期限顺延", told=told) if one.pauses else told


def _organisation(code: str) -> int:
    from xianfeng.calendars.jurisdiction import NATION
    from xianfeng.registry import tree

    if not code:
        return NATION
    found = tree.by_any_code(code)
    if found is None:
        raise Problem("registry.unknown", say("没有代码为 {code} 的组织。", code=code), hint="核对代码。")
    return found.id


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Problem("calendars.day", say("“{text}”不是日期。", text=text), hint="写成 2026-10-01。") from None


def _today() -> dt.date:
    from django.utils import timezone

    return timezone.localdate()
