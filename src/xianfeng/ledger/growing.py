"""Numbers that may only grow (只增不减): a field of the scheme says so.

A target that was announced is not quietly made smaller by whoever has to reach it. A superior may, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xianfeng.ledger.image import Image
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say


def shrunk(kind: Kind, before: Image, after: Image) -> Iterator[Problem]:
    """What is wrong with numbers that were reported and would be smaller, or gone."""
    if not before.level:
        return
    for field in kind.fields.values():
        was = before.values.get(field.name)
        if field.only_grows and _smaller(was, after.values.get(field.name)):
            told = say("“{field}”只增不减，不能比原来的 {before} 小。", field=field.title, before=was)
            hint = say("确需改小的，由上级更正并写明理由。")
            yield Problem("ledger.only_grows", told, hint=hint, place=field.title, field=field.name)


def _smaller(before: Any, after: Any) -> bool:
    if before is None:
        return False
    return after is None or Decimal(after) < Decimal(before)
