"""What rooms above ask of records that are about to be written: what figures say of somebody, how many there are.

They are asked at two moments, and each time of all that are written together. Beforehand, while no number is taken and
everybody else goes on filing: so it is with figures. And in their turn, from which on nobody else can write before the
transaction ends: of two people who take the last place the second is refused. Whoever is refused took no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from xianfeng.ledger.forms import Form
from xianfeng.ledger.forms import refuse as refuse_all
from xianfeng.ledger.image import Image
from xianfeng.ledger.saying import of_record, of_row
from xianfeng.log.append import next_number
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Kind


@dataclass(frozen=True, kw_only=True)
class Writing:
    """`record` None and `before` None: it is being filed, as this row of a table (0: by itself)."""

    record: int | None
    form: Form
    before: Image | None
    after: Image
    row: int = 0

    def told(self, problem: Problem) -> Problem:
        """As one of this record, or of the row that would become one."""
        if self.record is not None:
            return problem.at(of_record(self.record), record=self.record)
        return problem.at(of_row(self.row), row=self.row) if self.row else problem


Asked = Callable[[Sequence[Writing]], Iterable[Problem]]  # what is in the way, each told


@dataclass(frozen=True)
class _Condition:
    concerns: Callable[[Kind], bool]
    asked: Asked


_BEFOREHAND: list[_Condition] = []
_IN_TURN: list[_Condition] = []


def register(
    *, concerns: Callable[[Kind], bool], beforehand: Asked | None = None, in_turn: Asked | None = None
) -> None:
    """`concerns`: of records of which kinds it is asked."""
    if beforehand:
        _BEFOREHAND.append(_Condition(concerns, beforehand))
    if in_turn:
        _IN_TURN.append(_Condition(concerns, in_turn))


def concern(kind: Kind) -> bool:
    return any(one.concerns(kind) for one in (*_BEFOREHAND, *_IN_TURN))


def weigh(writings: Sequence[Writing]) -> None:
    """Beforehand."""
    _ask(_BEFOREHAND, writings)


def refuse(writings: Sequence[Writing]) -> None:
    """In their turn: nobody else can append until this transaction ends."""
    if any(one.concerns(each.form.kind) for one in _IN_TURN for each in writings):
        next_number()
        _ask(_IN_TURN, writings)


def _ask(conditions: Iterable[_Condition], writings: Sequence[Writing]) -> None:
    for condition in conditions:
        mine = [one for one in writings if condition.concerns(one.form.kind)]
        if mine:
            refuse_all(list(condition.asked(mine)), mine[0].form)
