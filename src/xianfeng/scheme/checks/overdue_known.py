"""Only what may take so long and no longer can be overdue."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.build.names import OVERDUE
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import Flow, Move


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            if move.when is not None and OVERDUE in move.when.names and not _timed(kind.flow, move):
                path = f"kinds.{kind.name}.flow.moves.{move.name}.when"
                if not draft.reading.is_broken(f"kinds.{kind.name}.flow.moves"):
                    yield draft.at("never_overdue", path, move=move.title)


def _timed(flow: Flow, move: Move) -> bool:
    return any(one.falls_due and set(one.states) & set(move.origins) for one in flow.clocks.values())
