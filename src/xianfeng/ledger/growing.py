"""What may only grow (只增不减): a field of the scheme says so.

A target that was announced is not quietly made smaller by whoever has to reach it. A superior may, and says why. To a
text, each who writes adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xianfeng.ledger.forms import Values
from xianfeng.ledger.image import Image
from xianfeng.ledger.values import LONGEST
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say


def added(kind: Kind, before: Image, values: Values) -> Values:
    """What a move writes, below what stands there already; a Problem when that is too much."""
    grown = {
        name: _below(str(before.values[name]), text, kind.fields[name].title, name)
        for name, text in values.clear.items()
        if kind.fields[name].only_grows and kind.fields[name].type.is_text and name in before.values
    }
    return values._replace(clear={**values.clear, **grown}) if grown else values


def _below(before: str, text: str, title: str, name: str) -> str:
    whole = text if text.startswith(before) else f"{before}\n\n{text}"
    if len(whole) > LONGEST[FieldType.LONG_TEXT]:
        hint = say("已经写了 {count} 字，请写短些。", count=len(before))
        raise Problem("ledger.text_too_long", "写得太多了，存不下。", hint=hint, place=title, field=name)
    return whole


def shrunk(kind: Kind, before: Image, after: Image) -> Iterator[Problem]:
    """What is wrong with what was reported and would be smaller, or gone."""
    if not before.level:
        return
    for field in kind.fields.values():
        was = before.values.get(field.name)
        now = after.values.get(field.name)
        if field.only_grows and field.type.is_text and was and not str(now or "").startswith(was):
            told = say("“{field}”只增不减，原来写的要留着。", field=field.title)
            hint = say("确需改掉的，由上级更正并写明理由。")
            yield Problem("ledger.only_grows", told, hint=hint, place=field.title, field=field.name)
        elif field.only_grows and field.type.is_number and _smaller(was, now):
            told = say("“{field}”只增不减，不能比原来的 {before} 小。", field=field.title, before=was)
            hint = say("确需改小的，由上级更正并写明理由。")
            yield Problem("ledger.only_grows", told, hint=hint, place=field.title, field=field.name)


def _smaller(before: Any, after: Any) -> bool:
    if before is None:
        return False
    return after is None or Decimal(after) < Decimal(before)
