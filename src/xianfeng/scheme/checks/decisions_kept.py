"""A class that is decided is kept in fields that can hold it, beside what was proposed out of the same choices."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.grading import DECIDED_TYPES
from xianfeng.scheme.nodes import Kind


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        if kind.decided is not None:
            yield from _roles(draft, kind)


def _roles(draft: Draft, kind: Kind) -> Iterator[Fault]:
    roles = kind.decided.roles if kind.decided else {}
    grade = kind.fields.get(roles["grade"])
    for role, name in roles.items():
        field, path = kind.fields.get(name), f"kinds.{kind.name}.decided.{role}"
        if field is None:
            continue
        if field.type is not DECIDED_TYPES[role] or field.personal:
            yield draft.at("decided_unfit", path, name=name, type=field.type)
        elif role == "proposed" and grade is not None and set(field.choices) != set(grade.choices):
            yield draft.at("decided_otherwise", path, name=name, grade=grade.name)
