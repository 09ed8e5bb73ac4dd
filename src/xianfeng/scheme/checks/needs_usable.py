"""What a move demands can still be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            for number, name in enumerate(move.needs):
                field = kind.fields.get(name)
                if field is not None and field.retired:
                    path = f"kinds.{kind.name}.flow.moves.{move.name}.needs[{number}]"
                    yield draft.at("needs_retired", path, name=name)
