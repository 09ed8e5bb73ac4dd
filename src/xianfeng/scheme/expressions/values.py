"""The value on a record: each node becomes a function of the row, built once per expression and called per record."""

from __future__ import annotations

import datetime as dt
import operator as op
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xianfeng.scheme.expressions.algebra import Algebra, Bound, Comparison, Containment, Function, Plain
from xianfeng.scheme.expressions.arithmetic import divide_half_up
from xianfeng.scheme.expressions.types import DAYS_OF_THE_CALENDAR, Sort, Type

Row = Mapping[str, object]
Value = bool | int | Decimal | str | dt.date | tuple[str, ...] | Mapping[str, int] | None
# A step's result is whatever the node's static type says: scaled int, str, date, bool, list, dict, or None for missing.
Step = Callable[[Row, dt.date], Any]

_COMPARE: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    "==": op.eq,
    "!=": op.ne,
    "<": op.lt,
    "<=": op.le,
    ">": op.gt,
    ">=": op.ge,
}
_APPLY: Mapping[Function, Callable[[Any], int]] = {
    "-": op.neg,
    "abs": abs,
    "year": lambda day: int(day.year),
    "month": lambda day: int(day.month),
    "total": lambda tally: sum(tally.values()),
    "length": len,
}


class Values(Algebra[Step]):
    """The algebra of functions from a record to a value."""

    def name(self, path: str, type_: Type) -> Step:
        stored = _READ.get(type_.sort)
        if type_.sort is Sort.NUMBER:
            stored = type_.scaled

        def read(row: Row, _: dt.date) -> Any:
            value = row.get(path)
            return value if value is None or stored is None else stored(value)

        return read

    def literal(self, value: Plain, type_: Type) -> Step:
        return lambda row, today: value

    def today(self) -> Step:
        return lambda row, today: today

    def apply(self, function: Function, operand: Step) -> Step:
        return _of_known(_APPLY[function], operand)

    def add(self, left: Step, right: Step) -> Step:
        return _of_known(op.add, left, right)

    def subtract(self, left: Step, right: Step) -> Step:
        return _of_known(op.sub, left, right)

    def multiply(self, left: Step, right: Step) -> Step:
        return _of_known(op.mul, left, right)

    def divide(self, numerator: Step, denominator: Step, power: int) -> Step:
        return _of_known(lambda a, b: divide_half_up(a * power, b) if b else None, numerator, denominator)

    def extreme(self, bound: Bound, left: Step, right: Step) -> Step:
        return _of_known(min if bound == "min" else max, left, right)

    def shift(self, day: Step, days: Step) -> Step:
        return _of_known(_shifted, day, days)

    def days(self, later: Step, earlier: Step) -> Step:
        return _of_known(lambda a, b: (a - b).days, later, earlier)

    def choose(self, condition: Step, then: Step, otherwise: Step) -> Step:
        return lambda row, today: (then if condition(row, today) else otherwise)(row, today)

    def compare(self, operator: Comparison, left: Step, right: Step) -> Step:
        return _if_known(_COMPARE[operator], left, right)

    def member(self, operator: Containment, item: Step, options: Sequence[Plain]) -> Step:
        among, wanted = frozenset(options), operator == "in"
        return _if_known(lambda value: (value in among) is wanted, item)

    def contains(self, operator: Containment, item: Step, choices: Step) -> Step:
        wanted = operator == "in"
        return _if_known(lambda text, texts: (text in texts) is wanted, item, choices)

    def missing(self, operand: Step) -> Step:
        return lambda row, today: operand(row, today) is None

    def known(self, boolean: Step) -> Step:
        return lambda row, today: boolean(row, today) is True

    def negate(self, condition: Step) -> Step:
        return lambda row, today: not condition(row, today)

    def every(self, conditions: Sequence[Step]) -> Step:
        return lambda row, today: all(condition(row, today) for condition in conditions)

    def some(self, conditions: Sequence[Step]) -> Step:
        return lambda row, today: any(condition(row, today) for condition in conditions)


def _of_known(function: Callable[..., Any], *operands: Step) -> Step:
    """The function of the operands' values; missing when one of them is."""

    def step(row: Row, today: dt.date) -> Any:
        values = [operand(row, today) for operand in operands]
        return None if None in values else function(*values)

    return step


def _if_known(condition: Callable[..., bool], *operands: Step) -> Step:
    """Whether the condition holds of the operands' values; false when one of them is missing."""

    def step(row: Row, today: dt.date) -> bool:
        values = [operand(row, today) for operand in operands]
        return None not in values and condition(*values)

    return step


def _shifted(day: dt.date, days: int) -> dt.date | None:
    if abs(days) > DAYS_OF_THE_CALENDAR:
        return None
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _day(stored: Any) -> dt.date:
    """The day of a stored date or moment."""
    if isinstance(stored, str):
        return dt.date.fromisoformat(stored[:10])
    return stored.date() if isinstance(stored, dt.datetime) else stored


_READ: Mapping[Sort, Callable[[Any], Any]] = {Sort.DATE: _day}


def finished(
    value: Any, type_: Type
) -> bool | int | Decimal | str | dt.date | tuple[str, ...] | Mapping[str, int] | None:
    """A step's result as callers see it: numbers with their places, sets as tuples."""
    if value is None:
        return None
    if type_.sort is Sort.NUMBER:
        return type_.unscaled(value)
    return tuple(value) if type_.sort is Sort.CHOICES else value
