"""Only a move that has a time can be late, be met by another, or have its time go on elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault

_TIMES = ("within", "until")


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            path = f"kinds.{kind.name}.flow.moves.{move.name}"
            clock = kind.flow.clocks.get(move.name)
            attended = clock is None or not clock.unattended
            if attended and any(draft.reading.has(f"{path}.{key}") for key in _TIMES):
                continue
            for key in ("ladder", "met_by", "over"):
                if draft.reading.has(f"{path}.{key}") and (key != "over" or clock is None):
                    yield draft.at_key("clock_without_time", f"{path}.{key}", key=key)
