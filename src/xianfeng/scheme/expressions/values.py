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
        if type_.sort is Sort.NUMBER:
            return _of_one(type_.scaled, lambda row, today: row.get(path))
        if type_.sort is Sort.DATE:
            return _of_one(_day, lambda row, today: row.get(path))
        return lambda row, today: row.get(path)

    def literal(self, value: Plain, type_: Type) -> Step:
        return lambda row, today: value

    def today(self) -> Step:
        return lambda row, today: today

    def apply(self, function: Function, operand: Step) -> Step:
        return _of_one(_APPLY[function], operand)

    def add(self, left: Step, right: Step) -> Step:
        return _of_two(op.add, left, right)

    def subtract(self, left: Step, right: Step) -> Step:
        return _of_two(op.sub, left, right)

    def multiply(self, left: Step, right: Step) -> Step:
        return _of_two(op.mul, left, right)

    def divide(self, numerator: Step, denominator: Step, power: int) -> Step:
        return _of_two(lambda a, b: divide_half_up(a * power, b) if b else None, numerator, denominator)

    def extreme(self, bound: Bound, left: Step, right: Step) -> Step:
        return _of_two(min if bound == "min" else max, left, right)

    def shift(self, day: Step, days: Step) -> Step:
        return _of_two(_shifted, day, days)

    def days(self, later: Step, earlier: Step) -> Step:
        return _of_two(lambda a, b: (a - b).days, later, earlier)

    def choose(self, condition: Step, then: Step, otherwise: Step) -> Step:
        return lambda row, today: (then if condition(row, today) else otherwise)(row, today)

    def compare(self, operator: Comparison, left: Step, right: Step) -> Step:
        return _of_two(_COMPARE[operator], left, right, missing=False)

    def member(self, operator: Containment, item: Step, options: Sequence[Plain]) -> Step:
        among, wanted = frozenset(options), operator == "in"
        return _of_one(lambda value: (value in among) is wanted, item, missing=False)

    def contains(self, operator: Containment, item: Step, choices: Step) -> Step:
        wanted = operator == "in"
        return _of_two(lambda text, texts: (text in texts) is wanted, item, choices, missing=False)

    def missing(self, operand: Step) -> Step:
        return lambda row, today: operand(row, today) is None

    def known(self, boolean: Step) -> Step:
        return lambda row, today: boolean(row, today) is True

    def negate(self, condition: Step) -> Step:
        return lambda row, today: not condition(row, today)

    def every(self, conditions: Sequence[Step]) -> Step:
        if len(conditions) == 2:  # as most guards have: a generator for each record would cost more than they do
            first, second = conditions
            return lambda row, today: first(row, today) and second(row, today)
        return lambda row, today: all(condition(row, today) for condition in conditions)

    def some(self, conditions: Sequence[Step]) -> Step:
        return lambda row, today: any(condition(row, today) for condition in conditions)


def _of_one(function: Callable[[Any], Any], operand: Step, *, missing: bool | None = None) -> Step:
    """The function of the operand's value; `missing` when it is missing."""

    def step(row: Row, today: dt.date) -> Any:
        value = operand(row, today)
        return missing if value is None else function(value)

    return step


def _of_two(function: Callable[[Any, Any], Any], left: Step, right: Step, *, missing: bool | None = None) -> Step:
    """The function of the operands' values; `missing` when either is missing."""

    def step(row: Row, today: dt.date) -> Any:
        first, second = left(row, today), right(row, today)
        return missing if first is None or second is None else function(first, second)

    return step


def _shifted(day: dt.date, days: int) -> dt.date | None:
    if abs(days) > DAYS_OF_THE_CALENDAR:
        return None
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _day(stored: Any) -> dt.date:
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored


def finished(value: Any, type_: Type) -> Value:
    """A step's result as callers see it: numbers with their places, sets as tuples."""
    if value is None:
        return None
    if type_.sort is Sort.NUMBER:
        return type_.unscaled(value)
    return tuple(value) if type_.sort is Sort.CHOICES else value
