"""The clock can only see that a moment has come: each of its moves says which, and fills in nothing."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            path = f"kinds.{kind.name}.flow.moves.{move.name}"
            if "clock" not in move.by:
                continue
            if not any(draft.reading.has(f"{path}.{key}") for key in ("until", "not_before")):
                yield draft.at_key("clock_without_moment", path)
            if move.needs:
                yield draft.at_key("clock_needs", f"{path}.needs")
