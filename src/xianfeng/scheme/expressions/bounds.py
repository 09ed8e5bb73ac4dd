"""What an expression comes to where of some numbers only the least is known: a condition is so, not so, or not known; a
number lies between two.

The same walk as on a record, over ranges. Whatever the arithmetic cannot follow (a division by a range) is `_ANYTHING`:
what rests on it is not known, and never told wrongly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Final

from xianfeng.scheme.expressions.algebra import Algebra, Bound, Comparison, Containment, Function, Plain
from xianfeng.scheme.expressions.expression import Expression
from xianfeng.scheme.expressions.types import Sort, Type
from xianfeng.scheme.expressions.values import Row, Step, Values

_ANYTHING: Final = object()  # of a condition: not known
_EXACTLY = Values()
_TODAY = dt.date.min  # a step with its operands asks nothing of the day


def holds(
    condition: Expression, row: Mapping[str, object], *, at_least: Collection[str], today: dt.date
) -> bool | None:
    """`at_least`: the names whose number may be more than the row says. None: not known."""
    found = condition.node.fold(_Bounds(row, at_least, today))
    return None if found is _ANYTHING else bool(found)


def between(
    number: Expression, row: Mapping[str, object], *, at_least: Collection[str], today: dt.date
) -> tuple[Any, Any] | None:
    """The least and the most, as integers of the expression's scale; either may be infinite. None: it has no value."""
    found = number.node.fold(_Bounds(row, at_least, today))
    if found is _ANYTHING:
        return -inf, inf
    return None if found is None else (found.low, found.high)


@dataclass(frozen=True)
class _Range:
    """A scaled integer, from `low` to `high`; either may be infinite."""

    low: Any
    high: Any

    @property
    def exact(self) -> bool:
        return bool(self.low == self.high)


class _Bounds(Algebra[Any]):
    """Over ranges of numbers; texts and dates are exact, None is missing, conditions are True, False or `_ANYTHING`."""

    def __init__(self, row: Row, at_least: Collection[str], today: dt.date) -> None:
        self._row = row
        self._at_least = at_least
        self._today = today

    def name(self, path: str, type_: Type) -> Any:
        value = _EXACTLY.name(path, type_)(self._row, self._today)
        if value is None or type_.sort is not Sort.NUMBER:
            return value
        return _Range(value, inf if path in self._at_least else value)

    def literal(self, value: Plain, type_: Type) -> Any:
        return _Range(value, value) if type_.sort is Sort.NUMBER else value

    def today(self) -> Any:
        return self._today

    def apply(self, function: Function, operand: Any) -> Any:
        if function == "-" and isinstance(operand, _Range):
            return _Range(-operand.high, -operand.low)
        return _exactly(lambda step: _EXACTLY.apply(function, step), operand)

    def add(self, left: Any, right: Any) -> Any:
        return _ranging(lambda a, b: _Range(a.low + b.low, a.high + b.high), left, right)

    def subtract(self, left: Any, right: Any) -> Any:
        return self.add(left, self.apply("-", right))

    def multiply(self, left: Any, right: Any) -> Any:
        return _ranging(_product, left, right)

    def divide(self, numerator: Any, denominator: Any, power: int) -> Any:
        def quotient(over: _Range, under: _Range) -> Any:
            if over.exact or not under.exact:
                return _exactly(lambda a, b: _EXACTLY.divide(a, b, power), over, under)
            ends = [_divided(each, under.low, power) for each in (over.low, over.high)]
            return None if None in ends else _Range(min(ends), max(ends))

        return _ranging(quotient, numerator, denominator)

    def extreme(self, bound: Bound, left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        if not isinstance(left, _Range) or not isinstance(right, _Range):
            return _exactly(lambda a, b: _EXACTLY.extreme(bound, a, b), left, right)
        choose = min if bound == "min" else max
        return _Range(choose(left.low, right.low), choose(left.high, right.high))

    def shift(self, day: Any, days: Any) -> Any:
        return _exactly(_EXACTLY.shift, day, days)

    def days(self, later: Any, earlier: Any) -> Any:
        return _exactly(_EXACTLY.days, later, earlier)

    def choose(self, condition: Any, then: Any, otherwise: Any) -> Any:
        if condition is not _ANYTHING:
            return then if condition else otherwise
        if isinstance(then, _Range) and isinstance(otherwise, _Range):
            return _Range(min(then.low, otherwise.low), max(then.high, otherwise.high))
        return then if then == otherwise else _ANYTHING

    def compare(self, operator: Comparison, left: Any, right: Any) -> Any:
        if left is None or right is None:
            return False
        if isinstance(left, _Range) and isinstance(right, _Range):
            return _COMPARE[operator](left, right)
        return _exactly(lambda a, b: _EXACTLY.compare(operator, a, b), left, right)

    def member(self, operator: Containment, item: Any, options: Sequence[Plain]) -> Any:
        if isinstance(item, _Range) and not item.exact:
            within = any(item.low <= each <= item.high for each in options)
            return _ANYTHING if within else operator == "not in"
        return _exactly(lambda step: _EXACTLY.member(operator, step, options), item)

    def contains(self, operator: Containment, item: Any, choices: Any) -> Any:
        return _exactly(lambda a, b: _EXACTLY.contains(operator, a, b), item, choices)

    def missing(self, operand: Any) -> Any:
        return _ANYTHING if operand is _ANYTHING else operand is None

    def known(self, boolean: Any) -> Any:
        return boolean is True

    def negate(self, condition: Any) -> Any:
        return _ANYTHING if condition is _ANYTHING else not condition

    def every(self, conditions: Sequence[Any]) -> Any:
        if any(each is False for each in conditions):
            return False
        return _ANYTHING if _ANYTHING in conditions else True

    def some(self, conditions: Sequence[Any]) -> Any:
        return self.negate(self.every([self.negate(each) for each in conditions]))


def _ranging(step: Callable[[_Range, _Range], Any], left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    return step(left, right) if isinstance(left, _Range) and isinstance(right, _Range) else _ANYTHING


def _exactly(step: Callable[..., Step], *operands: Any) -> Any:
    """As on a record, where every operand is exact."""
    if any(each is _ANYTHING or (isinstance(each, _Range) and not each.exact) for each in operands):
        return _ANYTHING
    plain = [each.low if isinstance(each, _Range) else each for each in operands]
    found = step(*(_always(each) for each in plain))({}, _TODAY)
    return _Range(found, found) if isinstance(found, int) and not isinstance(found, bool) else found


def _always(value: Any) -> Step:
    return lambda row, today: value


def _product(left: _Range, right: _Range) -> _Range:
    ends = [a * b if a and b else 0 for a in (left.low, left.high) for b in (right.low, right.high)]
    return _Range(min(ends), max(ends))


def _divided(over: Any, under: int, power: int) -> Any:
    if abs(over) == inf:
        return over * (1 if under > 0 else -1) if under else None
    return _EXACTLY.divide(_always(over), _always(under), power)({}, _TODAY)


def _less(left: _Range, right: _Range) -> Any:
    return True if left.high < right.low else False if left.low >= right.high else _ANYTHING


def _same(left: _Range, right: _Range) -> Any:
    if left.exact and right.exact:
        return left.low == right.low
    return False if left.high < right.low or right.high < left.low else _ANYTHING


def _not(found: Any) -> Any:
    return _ANYTHING if found is _ANYTHING else not found


_COMPARE: Mapping[Comparison, Callable[[_Range, _Range], Any]] = {
    "==": _same,
    "!=": lambda left, right: _not(_same(left, right)),
    "<": _less,
    "<=": lambda left, right: _not(_less(right, left)),
    ">": lambda left, right: _less(right, left),
    ">=": lambda left, right: _not(_less(left, right)),
}
