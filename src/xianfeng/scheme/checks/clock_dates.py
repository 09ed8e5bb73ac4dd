"""By when something is due is said by a date that stays; it is put off only where such a date is."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import Move
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            path = f"kinds.{kind.name}.flow.moves.{move.name}"
            clock = kind.flow.clocks.get(move.name)
            field = kind.fields.get(clock.until) if clock else None
            if field is not None and (field.type is not FieldType.DATE or field.personal):
                yield draft.at("until_no_date", f"{path}.until", name=field.name, type=field.type)
            if move.extends and not _puts_off(kind, move) and not draft.reading.is_broken(path):
                yield draft.at_key("extends_nothing", f"{path}.extends")


def _puts_off(kind: Kind, move: Move) -> bool:
    """Whether it asks for a date by which something is due where it is made."""
    clocks = (one for one in kind.flow.clocks.values() if set(one.states) & set(move.origins))
    return any(one.falls_due and one.until in move.needs for one in clocks)
