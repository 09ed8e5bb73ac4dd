"""What rooms above ask of records that were just written: how many there are already, what figures say of somebody.

Asked inside the transaction, once all of its records stand where they would: so many at once are counted like one, and
as nobody else can append before it ends, of two people who take the last place the second is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image


@dataclass(frozen=True)
class Written:
    record: int
    form: Form
    before: Image | None  # None: it was filed just now
    after: Image


Condition = Callable[[Written], None]  # raises a Problem
_ASKED: list[Condition] = []


def register(condition: Condition) -> None:
    _ASKED.append(condition)


def refuse(written: Iterable[Written]) -> None:
    for one in written:
        for condition in _ASKED:
            condition(one)
