"""What a call may name — a measure, a place, a period — turned into a query, and a query into a source."""

from __future__ import annotations

import datetime as dt
from difflib import SequenceMatcher
from typing import Any

from xianfeng.bulletins.citing import Edition
from xianfeng.figures.interface import Query
from xianfeng.ledger.powers import root_of
from xianfeng.papers.document import Source
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

_NEAR = 2  # measures named to whoever misspelt one


def measure_named(edition: Edition, name: Any) -> Measure:
    measure = edition.scheme.measures.get(str(name))
    if measure is None:
        near = "、".join(f"“{one.title}”（{one.name}）" for one in _resembling(str(name), edition.scheme))
        hint = say("相近的有：{near}。", near=near) if near else ""
        raise Problem("bulletin.unknown_measure", say("活动方案里没有统计指标“{name}”。", name=name), hint=hint)
    return measure


def _resembling(word: str, scheme: Scheme) -> list[Measure]:
    """The two measures whose name or title is most like it."""

    def likeness(measure: Measure) -> float:
        known = (measure.name.lower(), measure.title.lower())
        return max(SequenceMatcher(None, word.lower(), one).ratio() for one in known)

    return sorted(scheme.measures.values(), key=likeness, reverse=True)[:_NEAR]


def asked_day(text: Any, name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        raise Problem(
            "bulletin.bad_date", say("{name}='{text}' 不是日期。", name=name, text=text), hint="写成 '2010-08-30'。"
        ) from None


def period(edition: Edition, at: Any, since: Any, until: Any) -> Query:
    """The query that a call asks, but for its measure."""
    return Query(
        scheme=edition.scheme.hash,
        measure="",
        organisation=edition.names.number(str(at), edition.bulletin.issued) if at else root_of(edition.scheme),
        since=asked_day(since, "since") if since else None,
        until=asked_day(until, "until") if until else edition.bulletin.issued,
        as_of=edition.as_of,
    )


def source_of(edition: Edition, query: Query) -> Source:
    """A figure as it was asked; its text and numbers are filled in when it is printed."""
    node = edition.names.node(query.organisation, query.until)
    at, code = (node.name, node.code) if node else ("", "")
    return Source(call="figure", name=query.measure, text="", query=query, at=at, code=code)
