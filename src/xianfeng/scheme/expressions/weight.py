"""How large the generated query becomes. Some steps write an operand several times, and nested they would explode."""

from __future__ import annotations

from collections.abc import Sequence

from xianfeng.scheme.expressions.algebra import Algebra, Bound, Comparison, Containment, Function, Node, Plain
from xianfeng.scheme.expressions.faults import Refused
from xianfeng.scheme.expressions.types import Type

HEAVIEST = 5000  # pieces of SQL


class Weight(Algebra[int]):
    """The algebra of sizes: one for each piece, operands as often as the steps in `columns` repeat them."""

    def name(self, path: str, type_: Type) -> int:
        return 1

    def literal(self, value: Plain, type_: Type) -> int:
        return 1

    def today(self) -> int:
        return 1

    def apply(self, function: Function, operand: int) -> int:
        return 1 + (2 * operand if function == "total" else operand)

    def add(self, left: int, right: int) -> int:
        return 1 + left + right

    def subtract(self, left: int, right: int) -> int:
        return 1 + left + right

    def multiply(self, left: int, right: int) -> int:
        return 1 + left + right

    def days(self, later: int, earlier: int) -> int:
        return 1 + later + earlier

    def divide(self, numerator: int, denominator: int, power: int) -> int:
        return 6 + 2 * numerator + 4 * denominator

    def extreme(self, bound: Bound, left: int, right: int) -> int:
        return 3 + 2 * (left + right)

    def shift(self, day: int, days: int) -> int:
        return 4 + 3 * day + 2 * days

    def choose(self, condition: int, then: int, otherwise: int) -> int:
        return 1 + condition + then + otherwise

    def compare(self, operator: Comparison, left: int, right: int) -> int:
        return 2 + left + right

    def member(self, operator: Containment, item: int, options: Sequence[Plain]) -> int:
        return 2 + item + len(options)

    def contains(self, operator: Containment, item: int, choices: int) -> int:
        return 2 + item + choices

    def missing(self, operand: int) -> int:
        return 1 + operand

    def known(self, boolean: int) -> int:
        return 1 + boolean

    def negate(self, condition: int) -> int:
        return 1 + condition

    def every(self, conditions: Sequence[int]) -> int:
        return len(conditions) + sum(conditions)

    def some(self, conditions: Sequence[int]) -> int:
        return len(conditions) + sum(conditions)


def require_light(node: Node) -> None:
    """Refuse a formula whose query would be out of all proportion to it."""
    if node.fold(Weight()) > HEAVIEST:
        raise Refused("too_large", "除法、取整或最大最小值套得太深", "减少层数，或拆成几条规则。")
