"""What a call may name — a measure, a place, a period — turned into a query, and a query into the words of a source."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from xianfeng.bulletins.citing import Edition
from xianfeng.bulletins.document import Source
from xianfeng.figures.interface import Query
from xianfeng.problems import Problem
from xianfeng.scheme.explain.measures import statement
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.nodes import Measure, Scheme


def measure_named(edition: Edition, name: Any) -> Measure:
    measure = edition.scheme.measures.get(str(name))
    if measure is None:
        known = "、".join(edition.scheme.measures) or "无"
        raise Problem("bulletin.unknown_measure", f"活动方案里没有统计指标“{name}”。", hint=f"已有：{known}。")
    return measure


def asked_day(text: Any, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise Problem("bulletin.bad_date", f"{name}='{text}' 不是日期。", hint="写成 '2010-08-30'。") from None


def period(edition: Edition, at: Any, since: Any, until: Any) -> Query:
    """The query that a call asks, but for its measure."""
    return Query(
        scheme=edition.scheme.hash,
        measure="",
        organisation=edition.names.number(str(at) or edition.scheme.at, edition.bulletin.issued),
        since=asked_day(since, "since") if since else None,
        until=asked_day(until, "until") if until else edition.bulletin.issued,
        as_of=edition.as_of,
    )


def source_of(edition: Edition, query: Query) -> Source:
    """Where and when a figure was asked, in words; its numbers are filled in when it is printed."""
    measure = edition.scheme.measures[query.measure]
    node = edition.names.node(query.organisation, query.until)
    return Source(
        call="figure",
        name=measure.name,
        title=measure.title,
        text="",
        definition=definition_of(edition.scheme, measure),
        at=node.name if node else "",
        period=f"{chinese_day(query.since)}至{chinese_day(query.until)}"
        if query.since
        else f"截至{chinese_day(query.until)}",
        line=line_of(edition.scheme, f"measures.{measure.name}"),
        href=figure_address(edition.scheme, query, node.code if node else ""),
    )


def definition_of(scheme: Scheme, measure: Measure) -> str:
    """The measure's 统计口径 in one sentence, without the title that stands beside it anyway."""
    told = statement(measure, scheme, Words("zh"))
    return told.removeprefix(f"**{measure.title}**").removeprefix(f"（{measure.unit}）").removeprefix("：")


def figure_address(scheme: Scheme, query: Query, code: str) -> str:
    """The page that opens a figure, as it was asked."""
    asked = {"version": scheme.hash, "until": query.until.isoformat()}
    if query.since:
        asked["since"] = query.since.isoformat()
    if query.as_of is not None:
        asked["as_of"] = str(query.as_of)
    return f"/figures/{scheme.name}/{query.measure}/{code}?{urlencode(asked)}"


def chinese_day(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def line_of(scheme: Scheme, path: str) -> str:
    """Where the scheme states it: the line of the path or of the nearest thing around it."""
    while path:
        if path in scheme.lines:
            file, line = scheme.lines[path]
            return f"{file}:{line}"
        path = path.rpartition(".")[0]
    return ""
