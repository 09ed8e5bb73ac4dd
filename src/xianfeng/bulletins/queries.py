"""What a printed figure was asked of, as JSON and back, and asked again as of another entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from xianfeng.bulletins.citing import Cited, Slice
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.scheme.nodes import Display


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A source's question: a query, the row of its breakdown if it was one, and how the answer was printed."""

    query: Query | None
    row: Slice | None
    show: Display


def to_json(cited: Cited) -> dict[str, Any]:
    query = cited.query
    return {
        "query": None if query is None else {**asdict(query), "since": _iso(query.since), "until": _iso(query.until)},
        "row": None if cited.row is None else asdict(cited.row),
        "show": asdict(cited.show),
    }


def from_json(data: Mapping[str, Any]) -> Asked:
    query, row = data["query"], data["row"]
    if query is not None:
        since = dt.date.fromisoformat(query["since"]) if query["since"] else None
        query = Query(**{**query, "since": since, "until": dt.date.fromisoformat(query["until"])})
    return Asked(query=query, row=None if row is None else Slice(**row), show=Display(**data["show"]))


def again(engine: Figures, asked: Asked, *, as_of: int) -> Figure | None:
    """The same question as of another entry; None for a row that is no longer there."""
    if asked.query is None:
        return None
    query = replace(asked.query, as_of=as_of)
    if asked.row is None:
        return engine.figure(query)
    rows = engine.breakdown(query, asked.row.axis, field=asked.row.field)
    return next((r.figure for r in rows if (None if r.key is None else str(r.key)) == asked.row.key), None)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
