"""A record's values and actors in words, alike on the console and on pages: choices by their titles, no code left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from xianfeng import amounts
from xianfeng.log.actors import ActorKind
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import Said, say

ACTORS: Mapping[str, str] = {
    ActorKind.APPOINTMENT: say("任职"),
    ActorKind.COUNTERFOIL: say("群众凭回执"),
    ActorKind.LINK: say("填报链接"),
    ActorKind.CLOCK: say("系统到期办理"),
    ActorKind.IMPORT: say("导入"),
}
# How values of each type are said; organisations are named by whoever has read them, texts stand as they are.
WORDS: Mapping[FieldType, Callable[[Field, Any], str]] = {
    FieldType.CHOICE: lambda field, value: field.choices.get(value, str(value)),
    FieldType.CHOICES: lambda field, value: titles.listed(field.choices.get(each, str(each)) for each in value),
    FieldType.TALLY: lambda field, value: "，".join(
        f"{title} {amounts.exact(value[group])}{field.unit}" for group, title in field.groups.items() if group in value
    ),
    FieldType.INTEGER: lambda _, value: amounts.exact(value),
    FieldType.DECIMAL: lambda _, value: amounts.exact(Decimal(value)),
    FieldType.MONEY: lambda _, value: amounts.large(Decimal(value)),
    FieldType.PERCENT: lambda _, value: f"{amounts.exact(Decimal(value))}%",
    FieldType.BOOLEAN: lambda _, value: say("是") if value else say("否"),
    FieldType.RECORD: lambda _, value: of_record(value),
    FieldType.PERSON: lambda _, value: say("人员 {person}", person=value),
}
_WITH_UNIT = (FieldType.TALLY, FieldType.PERCENT)  # whose words say the unit themselves


def of_record(number: int) -> Said:
    """Where a problem is, when several records are handled at once."""
    return say("第 {record} 号记录", record=number)


def of_row(number: int) -> Said:
    """Where a problem is, when a table is filed."""
    return say("第 {row} 行", row=number)


def unit(field: Field) -> str:
    """What stands behind the words of a value."""
    return "" if field.type in _WITH_UNIT else field.unit
