"""A requester speaks, and anybody may file, where the flow lets whoever holds a counterfoil go on; a handler speaks
where it makes a move that needs what it says, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import HANDLER, REQUESTER


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        path = f"kinds.{kind.name}"
        if draft.reading.is_broken(f"{path}.flow"):
            continue
        for name in (field.name for field in kind.fields.values() if field.by == HANDLER and not field.retired):
            asking = [move.by for move in kind.flow.moves.values() if name in move.needs]
            if not asking or any(by != (HANDLER,) for by in asking):
                yield draft.at("handler_unasked", f"{path}.fields.{name}.by", name=name)
        if kind.requested:
            continue
        if kind.intake:
            yield draft.at("intake_unfollowed", f"{path}.intake")
        for name in (field.name for field in kind.fields.values() if field.by == REQUESTER):
            yield draft.at("requester_missing", f"{path}.fields.{name}.by", name=name)
        for name in (field.name for field in kind.fields.values() if field.acts == REQUESTER):
            yield draft.at("requester_missing", f"{path}.fields.{name}.acts", name=name)
