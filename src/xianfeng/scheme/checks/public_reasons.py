"""What a move makes public is its reason: one that asks for none has nothing to show."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            path = f"kinds.{kind.name}.flow.moves.{move.name}"
            if move.public and "reason" not in move.needs and not draft.reading.is_broken(f"{path}.needs"):
                yield draft.at("public_without_reason", f"{path}.public", move=move.title)
