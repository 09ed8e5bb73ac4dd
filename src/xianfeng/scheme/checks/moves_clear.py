"""What a move empties may be missing: nothing that always stands, that only grows, or by which something is due."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        dates = {clock.until for clock in kind.flow.clocks.values()}
        for move in kind.flow.moves.values():
            for number, name in enumerate(move.clears):
                field = kind.fields.get(name)
                if field is not None and (field.required or field.only_grows or name in dates):
                    path = f"kinds.{kind.name}.flow.moves.{move.name}.clears[{number}]"
                    yield draft.at("clears_kept", path, name=name)
