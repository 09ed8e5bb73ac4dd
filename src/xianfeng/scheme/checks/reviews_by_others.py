"""Nobody reviews their own work: an author's or a handler's move never raises the review level above 'filed'."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.types import Level


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        states = kind.flow.states
        for move in kind.flow.moves.values():
            if not {"author", "handler", "clock"} & set(move.by) or not {move.target, *move.origins} <= states.keys():
                continue
            after = states[move.target].level
            before = min(states[origin].level.rank for origin in move.origins)
            if after.rank > max(before, Level.FILED.rank):
                path = f"kinds.{kind.name}.flow.moves.{move.name}"
                yield draft.at("own_review", f"{path}.by", level=after)
