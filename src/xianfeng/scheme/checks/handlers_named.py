"""Whoever handles is named by a field of the record; an organisation named there handles, and is no author."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType

_HANDLER = "handler"


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for field in kind.fields.values():
            if field.acts == "author" and field.type is FieldType.ORGANISATION:
                yield draft.at("acts_as_author", f"kinds.{kind.name}.fields.{field.name}.acts", name=field.name)
        if not any(field.acts == _HANDLER for field in kind.fields.values()):
            yield from _unnamed(draft, kind)


def _unnamed(draft: Draft, kind: Kind) -> Iterator[Fault]:
    if draft.reading.incomplete or any(draft.reading.is_broken(f"kinds.{kind.name}.fields.{n}") for n in kind.fields):
        return
    for move in kind.flow.moves.values():
        for number, name in enumerate(move.by):
            if name == _HANDLER:
                yield draft.at("handler_unnamed", f"kinds.{kind.name}.flow.moves.{move.name}.by[{number}]")
