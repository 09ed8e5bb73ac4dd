"""The nodes that are true or false, and nothing else: a comparison with a missing value is false."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from xianfeng.scheme.expressions import arithmetic
from xianfeng.scheme.expressions.algebra import Algebra, Comparison, Containment, Node, Plain, V
from xianfeng.scheme.expressions.faults import Refused, near
from xianfeng.scheme.expressions.terms import SORT_WORDS, Literal, Name, at_scale, require
from xianfeng.scheme.expressions.types import BOOLEAN, Sort, Type
from xianfeng.sentences import say

_ORDERED = (Sort.NUMBER, Sort.DATE)
_COMPARABLE = (*_ORDERED, Sort.TEXT, Sort.REFERENCE)


@dataclass(frozen=True)
class Compared:
    """left operator right; `!=` too is false when a side is missing."""

    operator: Comparison
    left: Node
    right: Node
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        _require_comparable(self.left, self.right)
        if self.operator not in {"==", "!="} and self.left.type.sort not in _ORDERED:
            words = SORT_WORDS[self.left.type.sort]
            raise Refused("type", f"{words}没有大小先后，不能用 {self.operator} 比较", "只能用 == 或 !=。")

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def fold(self, algebra: Algebra[V]) -> V:
        scale = max(self.left.type.scale, self.right.type.scale)
        left, right = (at_scale(side, scale, algebra) for side in self.children)
        return algebra.compare(self.operator, left, right)


@dataclass(frozen=True)
class Member:
    """item in ['A', 'B']: a list written out."""

    operator: Containment
    item: Node
    options: tuple[Literal, ...]
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        for option in self.options:
            _require_comparable(self.item, option)

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.item, *self.options)

    def fold(self, algebra: Algebra[V]) -> V:
        scale = max(child.type.scale for child in self.children)
        options = [_plain_at_scale(option, scale) for option in self.options]
        return algebra.member(self.operator, at_scale(self.item, scale, algebra), options)


@dataclass(frozen=True)
class Contained:
    """'A' in a field of several choices."""

    operator: Containment
    item: Node
    choices: Node
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        require(self.choices, Sort.CHOICES, what=f" {self.operator} 后面")
        require(self.item, Sort.TEXT, what=f" {self.operator} 前面")
        _require_known_choice(self.choices.type, self.item)

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.item, self.choices)

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.contains(self.operator, self.item.fold(algebra), self.choices.fold(algebra))


@dataclass(frozen=True)
class Missing:
    """missing(x): nothing was entered, or nothing can be computed."""

    operand: Node
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        if self.operand.type.sort is Sort.BOOLEAN and not isinstance(self.operand, Name):
            raise Refused("type", "条件总有真假，不会缺失", "missing(…) 里写字段名或算式。")

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.missing(self.operand.fold(algebra))


@dataclass(frozen=True)
class Holds:
    """A yes-or-no field as a condition: missing is false."""

    field: Name
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        require(self.field, Sort.BOOLEAN, what="条件")

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.field,)

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.known(self.field.fold(algebra))


@dataclass(frozen=True)
class Not:
    operand: Node
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        require(self.operand, Sort.BOOLEAN, what=" not 后面")

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.negate(self.operand.fold(algebra))


@dataclass(frozen=True)
class Joined:
    """Several conditions, all or any of which must hold."""

    operator: OneOf["and", "or"]
    operands: tuple[Node, ...]
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        for operand in self.operands:
            require(operand, Sort.BOOLEAN, what=f" {self.operator} 两边")

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands

    def fold(self, algebra: Algebra[V]) -> V:
        conditions = [operand.fold(algebra) for operand in self.operands]
        return algebra.every(conditions) if self.operator == "and" else algebra.some(conditions)


def _require_comparable(left: Node, right: Node) -> None:
    sort = left.type.sort
    if sort is Sort.BOOLEAN or right.type.sort is Sort.BOOLEAN:
        raise Refused("type", "条件不能再用来比较", "直接写条件本身，或写 not 条件。")
    if sort is not right.type.sort:
        words = f"{SORT_WORDS[sort]}和{SORT_WORDS[right.type.sort]}"
        raise Refused("type", f"{words}不能比较", "文字要加引号，数和日期的一边不要混用。")
    if sort not in _COMPARABLE:
        hint = say("写 '某项' in 字段。") if sort is Sort.CHOICES else say("先用 total(…) 求合计。")
        raise Refused("type", f"{SORT_WORDS[sort]}不能直接比较", hint)
    if sort is Sort.NUMBER:
        arithmetic.aligned(left.type, right.type)
    _require_known_choice(left.type, right)
    _require_known_choice(right.type, left)


def _require_known_choice(choices: Type, item: Node) -> None:
    if choices.choices is None or not isinstance(item, Literal) or item.value in choices.choices:
        return
    listed = "、".join(choices.choices[:8]) + ("等" if len(choices.choices) > 8 else "")
    text = str(item.value)
    raise Refused("unknown_choice", f"选项里没有“{text}”", near(text, choices.choices) or f"可用的选项：{listed}。")


def _plain_at_scale(literal: Literal, scale: int) -> Plain:
    if literal.type.sort is Sort.NUMBER and isinstance(literal.value, int):
        return int(literal.value * 10 ** (scale - literal.type.scale))
    return literal.value
