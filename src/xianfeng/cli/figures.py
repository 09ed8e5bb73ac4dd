"""`xianfeng figures`: ask a figure, look at the lake and check it against the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.scheme.titles import NOTHING, RANKS
from xianfeng.sentences import say, together, translated

if TYPE_CHECKING:
    from xianfeng.figures.interface import Axis, Figure, Query, Row
    from xianfeng.figures.lake import Lake
    from xianfeng.scheme.measuring import Display
    from xianfeng.scheme.nodes import Scheme

AXES: tuple[Axis, ...] = ("children", "category", "month", "level", "reviewer")
_ORGANISATIONS = ("children", "reviewer")


def register(app: typer.Typer) -> None:
    """Add this noun's commands."""
    figures = typer.Typer(no_args_is_help=True, help="数据：查询、核对、数据湖")
    figures.command("show")(show)
    figures.command("check")(check)
    figures.command("lake")(lake)
    app.add_typer(figures, name="figures")


def show(
    scheme: Annotated[str, typer.Argument(help="活动，如 fuzhou-2010")],
    measure: Annotated[str, typer.Argument(help="统计指标的标题或名称，如 党员突击队")],
    *,
    at: Annotated[str, typer.Option(help="组织代码；不写则为活动所在组织")] = "",
    since: Annotated[str, typer.Option(help="起始日")] = "",
    until: Annotated[str, typer.Option(help="截止日；不写则为活动结束日或今天")] = "",
    by: Annotated[str, typer.Option(metavar="|".join(AXES), help="按什么细分")] = "",
    field: Annotated[str, typer.Option(help="按类别细分时的字段")] = "",
    as_of: Annotated[int | None, typer.Option(help="截至第几条办理记录")] = None,
    now: Annotated[bool, typer.Option("--now", help="按现在的组织隶属关系")] = False,
) -> None:
    """一个数据：数值、所依据的记录、未报的组织；可按下级组织、类别、月份等细分。"""
    from django.utils import timezone

    from xianfeng.figures import engine
    from xianfeng.figures.interface import Query
    from xianfeng.ledger import versions
    from xianfeng.scheme.definition import define

    found = versions.current(scheme)
    name = _measure(found, measure)
    query = Query(
        scheme=found.hash,
        measure=name,
        organisation=_organisation(at or found.at),
        since=_day(since, "--since") if since else None,
        until=_day(until, "--until") if until else min(found.until, timezone.localdate()),
        as_of=as_of,
        tree="now" if now else "then",
    )
    figure = engine().figure(query)
    _print(found, figure)
    tell(define(found, name).told)
    if by:
        _print_rows(query, found.measures[name].show, by, field)


def check(
    repair: Annotated[bool, typer.Option("--repair", help="有不符则按办理记录重建")] = False,
) -> None:
    """逐条核对数据湖与办理记录。"""
    from xianfeng.figures import check as checking
    from xianfeng.figures.source import DatabaseSource

    kept = _lake()
    source = DatabaseSource()
    differences = checking.check(kept, source)
    for difference in differences:
        tell(difference.told)
    if differences and not repair:
        told = say("共 {n} 处不符。用 xianfeng figures check --repair 按办理记录重建。", n=len(differences))
        tell(told, err=True)
        raise typer.Exit(1)
    if differences:
        manifest = kept.rebuild(source)
        files = len(manifest.segments)
        tell(say("已按办理记录重建：{files} 个文件，至第 {head} 条。", files=files, head=manifest.head))
        return
    tell(say("数据湖与办理记录一致（至第 {head} 条）。", head=kept.manifest().head))


def lake(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="全部重建")] = False,
) -> None:
    """把办理记录续写进数据湖，并列出其中的文件。"""
    from xianfeng.figures.source import DatabaseSource

    kept, source = _lake(), DatabaseSource()
    manifest = kept.rebuild(source) if rebuild else kept.extend(source, least=1)
    for segment in manifest.segments:
        tell(say("{path}  {rows} 行  {size} 字节", path=segment.path, rows=segment.rows, size=segment.size))
    told = say(
        "{files} 个文件，{rows} 行，{size} 字节，至第 {head} 条办理记录。",
        files=len(manifest.segments),
        rows=sum(segment.rows for segment in manifest.segments),
        size=sum(segment.size for segment in manifest.segments),
        head=manifest.head,
    )
    tell(told)


def _lake() -> Lake:
    from xianfeng import paths
    from xianfeng.figures.lake import Lake

    return Lake(paths.room("lake"))


def _measure(scheme: Scheme, given: str) -> str:
    """A measure's name, by its name or its title; a title that several bear is no answer."""
    if given in scheme.measures:
        return given
    titled = [measure for measure in scheme.measures.values() if measure.title == given]
    if len(titled) == 1:
        return titled[0].name
    offered = titled or scheme.measures.values()
    known = together((say("{title}（{name}）", title=each.title, name=each.name) for each in offered), by="、")
    if titled:
        message = say("活动方案有 {n} 个叫“{given}”的统计指标。", n=len(titled), given=given)
        raise Problem("figures.unknown_measure", message, hint=say("请写括号里的名称：{known}。", known=known))
    message = say("活动方案里没有统计指标“{given}”。", given=given)
    raise Problem("figures.unknown_measure", message, hint=say("已有：{known}。", known=known))


def _organisation(code: str) -> int:
    from xianfeng.registry import tree

    found = tree.by_any_code(code)
    if found is None:
        raise Problem(
            "figures.unknown_organisation", say("没有代码为 {code} 的组织。", code=code), hint="请核对组织代码。"
        )
    return found.id


def _day(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = say("看不懂日期“{text}”。", text=text)
        raise Problem("figures.day", message, hint="写成 2010-08-30。", place=option) from None


def _print(scheme: Scheme, figure: Figure) -> None:
    from xianfeng.scheme.measuring import Growth

    measure = scheme.measures[figure.query.measure]
    value = _value(figure, measure.show, measure.unit)
    tell(say("{title}：{value}（至第 {as_of} 条办理记录）", title=measure.title, value=value, as_of=figure.as_of))
    if figure.numerator is not None and figure.denominator is not None:
        upper, lower = (translated(_value(part)) for part in (figure.numerator, figure.denominator))
        tell(f"  ({upper} − {lower}) / {lower}" if isinstance(measure, Growth) else f"  {upper} / {lower}")
    ranked = zip(list(RANKS.values())[1:], (figure.filed, figure.reviewed, figure.submitted), strict=True)
    reviewed = together((together((title, str(count)), by=" ") for title, count in ranked), by="，")
    tell(say("  依据 {n} 条记录：{reviewed}", n=figure.records, reviewed=reviewed))
    if figure.expected is not None:
        tell(say("  应报 {expected} 个组织，未报 {missing} 个", expected=figure.expected, missing=figure.missing))


def _print_rows(query: Query, show: Display, by: str, field: str) -> None:
    from xianfeng.figures import engine

    axis = next((each for each in AXES if each == by), None)
    if axis is None:
        hint = say("可以按：{known}。", known=together(AXES, by="、"))
        raise Problem("figures.axis", say("不能按“{by}”细分。", by=by), hint=hint, place="--by")
    rows = engine().breakdown(query, axis, field=field)
    names: Mapping[object, str] = RANKS if axis == "level" else _names(rows) if axis in _ORGANISATIONS else {}
    for row in rows:
        figure = row.figure
        told = say("{value}\t{n} 条", value=_value(figure, show), n=figure.records)
        if figure.expected:
            told = say("{told}，未报 {missing}/{expected}", told=told, missing=figure.missing, expected=figure.expected)
        key = NOTHING if row.key is None else str(names.get(row.key, row.key))
        tell(together((f"  {translated(key)}", told), by="\t"))


def _names(rows: tuple[Row, ...]) -> dict[object, str]:
    from xianfeng.registry.models import Organisation

    ids = [row.key for row in rows if isinstance(row.key, int)]
    return dict(Organisation.objects.filter(id__in=ids).values_list("id", "name"))


def _value(figure: Figure, show: Display | None = None, unit: str = "") -> str:
    """An exact value as people read it; what a share is made of, in all its digits."""
    from xianfeng.amounts import exact
    from xianfeng.bulletins.numbers import floored, spoken

    if figure.value is None:
        return say("未报") if figure.missing else "—"
    told = spoken(Decimal(figure.value), show, unit) if show else exact(figure.value)
    return floored(told, is_floor=figure.is_floor)
