"""Only a move that has a time limit can be late."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            path = f"kinds.{kind.name}.flow.moves.{move.name}"
            if move.ladder and move.within is None and not draft.reading.has(f"{path}.within"):
                yield draft.at_key("ladder_without_within", f"{path}.ladder")
