"""What an expression is made of, and what an evaluator must be able to do.

There is one walk over the nodes (each node's `fold`), and it knows the language: which scales to align, where to round,
that a comparison with a missing value is false. An evaluator is an `Algebra`: the few primitive steps in its own
material. The value on a record (`values`), the column of a table (`columns`) and the size of the generated query
(`weight`) are three algebras, so their semantics cannot drift apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, Protocol, TypeVar

from xianfeng.scheme.expressions.types import Type

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Containment = Literal["in", "not in"]
Function = Literal["-", "abs", "year", "month", "total", "length"]
Bound = Literal["min", "max"]
Plain = bool | int | str | dt.date  # a literal; numbers are scaled integers

V = TypeVar("V")


class Algebra(Protocol[V]):
    """The primitive steps of one evaluator over its values `V`. Numbers are scaled integers; any value may be missing.

    Where nothing else is said, a step with a missing operand gives missing. Conditions are two-valued: never missing.
    """

    def name(self, path: str, type_: Type) -> V: ...

    def literal(self, value: Plain, type_: Type) -> V: ...

    def today(self) -> V: ...

    def apply(self, function: Function, operand: V) -> V: ...

    def add(self, left: V, right: V) -> V: ...

    def subtract(self, left: V, right: V) -> V: ...

    def multiply(self, left: V, right: V) -> V: ...

    def divide(self, numerator: V, denominator: V, power: int) -> V:
        """numerator · power ÷ denominator, rounded half away from zero; missing when the denominator is 0."""
        ...

    def extreme(self, bound: Bound, left: V, right: V) -> V: ...

    def shift(self, day: V, days: V) -> V:
        """The day so many days later; missing outside the years 1 to 9999."""
        ...

    def days(self, later: V, earlier: V) -> V: ...

    def choose(self, condition: V, then: V, otherwise: V) -> V:
        """`then` or `otherwise`, each of which may be missing."""
        ...

    def compare(self, operator: Comparison, left: V, right: V) -> V:
        """A condition: false when either side is missing."""
        ...

    def member(self, operator: Containment, item: V, options: Sequence[Plain]) -> V:
        """A condition: false when the item is missing, whichever the operator."""
        ...

    def contains(self, operator: Containment, item: V, choices: V) -> V:
        """A condition: false when either side is missing, whichever the operator."""
        ...

    def missing(self, operand: V) -> V:
        """A condition: whether there is no value."""
        ...

    def known(self, boolean: V) -> V:
        """A condition out of a yes-or-no field: false when missing."""
        ...

    def negate(self, condition: V) -> V: ...

    def every(self, conditions: Sequence[V]) -> V: ...

    def some(self, conditions: Sequence[V]) -> V: ...


class Node(Protocol):
    """A meaningful piece of an expression. Building a senseless one raises `Refused`."""

    @property
    def type(self) -> Type: ...

    @property
    def children(self) -> tuple[Node, ...]: ...

    def fold(self, algebra: Algebra[V]) -> V: ...
