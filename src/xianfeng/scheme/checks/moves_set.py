"""What a move sets by itself nobody is asked for, and the expression fits it: a number, a day, or yes and no."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.build import names
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.expressions import Expression, Sort
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Field, Kind

_SORTS = frozenset({Sort.NUMBER, Sort.DATE, Sort.BOOLEAN})


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            for name, value in move.sets.items():
                field = kind.fields.get(name)
                if field is not None:
                    path = f"kinds.{kind.name}.flow.moves.{move.name}.sets.{name}"
                    yield from _of_field(draft, path, kind, field, value)


def _of_field(draft: Draft, path: str, kind: Kind, field: Field, value: Expression) -> Iterator[Fault]:
    wanted = names.type_of(field)
    if wanted is None or wanted.sort not in _SORTS or field.personal:
        yield draft.at_key("sets_type", path, name=field.name, type=field.type)
    elif value.type.sort is not wanted.sort or value.type.scale > wanted.scale:
        yield draft.at("sets_unfit", path, name=field.name, type=field.type)
    if field.required or any(field.name in move.needs for move in kind.flow.moves.values()):
        yield draft.at_key("sets_asked", path, name=field.name)
