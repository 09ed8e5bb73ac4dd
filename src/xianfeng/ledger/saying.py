"""A record's values and actors in words, alike on the console and on pages: choices by their titles, no code left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xianfeng.log.actors import ActorKind
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

ACTORS: Mapping[str, str] = {
    ActorKind.APPOINTMENT: "任职",
    ActorKind.COUNTERFOIL: "群众凭回执",
    ActorKind.LINK: "填报链接",
    ActorKind.CLOCK: "系统到期办理",
    ActorKind.IMPORT: "导入",
}
# Of the types whose values mean nothing without the field; organisations are named by whoever has read them.
WORDS: Mapping[FieldType, Callable[[Field, Any], str]] = {
    FieldType.CHOICE: lambda field, value: field.choices.get(value, str(value)),
    FieldType.CHOICES: lambda field, value: "、".join(field.choices.get(each, str(each)) for each in value),
    FieldType.TALLY: lambda field, value: "，".join(
        f"{title} {value[group]}{field.unit}" for group, title in field.groups.items() if group in value
    ),
    FieldType.BOOLEAN: lambda _, value: "是" if value else "否",
    FieldType.RECORD: lambda _, value: f"第 {value} 号记录",
    FieldType.PERSON: lambda _, value: f"人员 {value}",
}
