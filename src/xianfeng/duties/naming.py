"""What duties are called: the demand or the move, the stretch of time, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from xianfeng.duties.models import Round
from xianfeng.ledger import versions
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say, together


def scheme_of(row: Round) -> Scheme:
    return versions.scheme(row.version)


def kind_of(row: Round) -> Kind:
    return scheme_of(row).kinds[row.kind]


def title(row: Round) -> str:
    """An obligation's own; of a move what it is made on."""
    scheme = scheme_of(row)
    if row.obligation:
        return scheme.obligations[row.obligation].title
    return _of_move(scheme.kinds[row.kind], row.move)


def _of_move(kind: Kind, name: str) -> str:
    """With where it begins, if another move of the flow that falls due is called the same."""
    flow, move = kind.flow, kind.flow.moves[name]
    told = say("{move}“{kind}”", move=move.title, kind=kind.title)
    if all(one == name or flow.moves[one].title != move.title for one in flow.clocks):
        return told
    return say("{told}（{state}）", told=told, state=flow.states[move.origins[0]].title)


def stretch(row: Round) -> str:
    """The time it is owed for; '' where it begins with a record."""
    every = scheme_of(row).obligations[row.obligation].every if row.obligation else "event"
    return called(every, row.since, row.until, row.title)


def called(every: str, since: dt.date, until: dt.date, window: str = "") -> str:
    """A stretch of time, as long as `every` says; `window`: what it is called itself."""
    if every in ("event", "phase"):
        return window
    word = "second_half" if every == "half_year" and since.month > 6 else "window" if window else every
    quarter = (since.month - 1) // 3 + 1
    return say(
        _STRETCHES[word],
        since=since,
        until=until,
        year=since.year,
        month=since.month,
        quarter=quarter,
        window=window,
    )


def what(row: Round) -> str:
    """Title and time in one, for a sentence."""
    return together(filter(None, (title(row), stretch(row))), by="，")


def skipping(told: str, organisations: Collection[int], day: dt.date) -> str:
    """What a superior is told, with those between who would have been told first if anybody reviewed there."""
    if not organisations:
        return told
    nodes = tree.named(sorted(organisations)[:_MOST_NAMED], day)
    names = "、".join(node.name for node in nodes.values())
    if len(organisations) > _MOST_NAMED:
        return say("{told}{names}等{n}个组织没有审核人，直接报给您。", told=told, names=names, n=len(organisations))
    return say("{told}{names}没有审核人，直接报给您。", told=told, names=names)


_MOST_NAMED = 5
_STRETCHES = {
    "once": say("活动期间").template,
    "week": say("{since}至{until}").template,
    "month": say("{year}年{month}月").template,
    "quarter": say("{year}年第{quarter}季度").template,
    "half_year": say("{year}年上半年").template,
    "second_half": say("{year}年下半年").template,
    "year": say("{year}年").template,
    "window": say("{year}年{window}").template,
}
