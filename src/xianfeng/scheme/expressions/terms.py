"""The nodes that have a value: numbers, texts, dates, sets. Each knows its type and refuses nonsense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as OneOf

from xianfeng.scheme.expressions import arithmetic
from xianfeng.scheme.expressions.algebra import Algebra, Bound, Function, Node, Plain, V
from xianfeng.scheme.expressions.faults import Refused
from xianfeng.scheme.expressions.types import (
    DATE,
    DAYS_OF_THE_CALENDAR,
    INTEGER,
    LARGEST_STORED,
    LARGEST_TALLY,
    MOST_PLACES,
    Sort,
    Type,
)

DAYS = Type(Sort.NUMBER, bound=DAYS_OF_THE_CALENDAR)
SORT_WORDS: Mapping[Sort, str] = {
    Sort.NUMBER: "数",
    Sort.TEXT: "文字",
    Sort.DATE: "日期",
    Sort.BOOLEAN: "是否条件",
    Sort.CHOICES: "多选",
    Sort.TALLY: "分组计数",
    Sort.REFERENCE: "对象（人、组织或台账）",
}


def require(operand: Node, *sorts: Sort, what: str) -> None:
    """Refuse an operand of another sort than these."""
    if operand.type.sort not in sorts:
        wanted = "或".join(SORT_WORDS[sort] for sort in sorts)
        raise Refused("type", f"{what}要的是{wanted}，这里是{SORT_WORDS[operand.type.sort]}")


@dataclass(frozen=True)
class Name:
    """A field of the record, or one hop away: `organisation.level`."""

    path: str
    type: Type
    children: tuple[Node, ...] = ()

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.name(self.path, self.type)


@dataclass(frozen=True)
class Literal:
    """A value written in the formula, or a scheme's named constant; a number is a scaled integer."""

    value: Plain
    type: Type
    name: str = ""  # of the constant
    children: tuple[Node, ...] = ()

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.literal(self.value, self.type)


@dataclass(frozen=True)
class Today:
    """The day for which the formula is asked, never the clock's."""

    type: Type = DATE
    children: tuple[Node, ...] = ()

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.today()


_FUNCTIONS: Mapping[Function, tuple[Sort, int | None]] = {  # what it takes; the largest result, None: as its operand
    "-": (Sort.NUMBER, None),
    "abs": (Sort.NUMBER, None),
    "year": (Sort.DATE, 9999),
    "month": (Sort.DATE, 12),
    "total": (Sort.TALLY, LARGEST_TALLY),
    "length": (Sort.CHOICES, LARGEST_STORED),
}


@dataclass(frozen=True)
class Applied:
    """A function of one operand that gives a number."""

    function: Function
    operand: Node
    type: Type = field(init=False)

    def __post_init__(self) -> None:
        sort, bound = _FUNCTIONS[self.function]
        require(self.operand, sort, what=f" {self.function}(…) ")
        object.__setattr__(self, "type", self.operand.type if bound is None else Type(Sort.NUMBER, bound=bound))

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.apply(self.function, self.operand.fold(algebra))


@dataclass(frozen=True)
class Arithmetic:
    """Sums and differences at the finer scale, products at the sum of scales (at most 6), quotients at scale 6."""

    operator: OneOf["+", "-", "*", "/"]
    left: Node
    right: Node
    type: Type = field(init=False)

    def __post_init__(self) -> None:
        for side in self.children:
            require(side, Sort.NUMBER, what=f" {self.operator} ")
        rule = {"*": arithmetic.product, "/": arithmetic.quotient}.get(self.operator, arithmetic.sum_)
        object.__setattr__(self, "type", rule(self.left.type, self.right.type))

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def fold(self, algebra: Algebra[V]) -> V:
        if self.operator == "*":
            product = algebra.multiply(self.left.fold(algebra), self.right.fold(algebra))
            return coarsened(product, self.left.type.scale + self.right.type.scale, MOST_PLACES, algebra)
        if self.operator == "/":
            power = arithmetic.quotient_power(self.left.type, self.right.type)
            return algebra.divide(self.left.fold(algebra), self.right.fold(algebra), power)
        step = algebra.add if self.operator == "+" else algebra.subtract
        return step(at_scale(self.left, self.type.scale, algebra), at_scale(self.right, self.type.scale, algebra))


@dataclass(frozen=True)
class Rounded:
    """round(x, n): to n decimal places, halves away from zero."""

    operand: Node
    places: int
    type: Type = field(init=False)

    def __post_init__(self) -> None:
        require(self.operand, Sort.NUMBER, what=" round(…) ")
        object.__setattr__(self, "type", arithmetic.rounded(self.operand.type, self.places))

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)

    def fold(self, algebra: Algebra[V]) -> V:
        return coarsened(self.operand.fold(algebra), self.operand.type.scale, self.places, algebra)


@dataclass(frozen=True)
class Extreme:
    """The least or the greatest of several numbers or dates; missing when one of them is."""

    bound: Bound
    operands: tuple[Node, ...]
    type: Type = field(init=False)

    def __post_init__(self) -> None:
        require(self.operands[0], Sort.NUMBER, Sort.DATE, what=f" {self.bound}(…) ")
        object.__setattr__(self, "type", common_type(self.operands))

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands

    def fold(self, algebra: Algebra[V]) -> V:
        values = [at_scale(operand, self.type.scale, algebra) for operand in self.operands]
        while len(values) > 1:  # in pairs, so that the query nests as little as it can
            pairs = zip(values[::2], values[1::2], strict=False)
            rest = values[-1:] if len(values) % 2 else []
            values = [algebra.extreme(self.bound, left, right) for left, right in pairs] + rest
        return values[0]


@dataclass(frozen=True)
class Shifted:
    """A date so many days later or earlier."""

    day: Node
    operator: OneOf["+", "-"]
    days: Node
    type: Type = DATE

    def __post_init__(self) -> None:
        require(self.day, Sort.DATE, what="日期加减天数")
        require(self.days, Sort.NUMBER, what="日期加减天数")
        if self.days.type.scale:
            raise Refused("type", "日期只能加减整数天", "用 round(x, 0) 取整。")

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.day, self.days)

    def fold(self, algebra: Algebra[V]) -> V:
        days = self.days.fold(algebra)
        return algebra.shift(self.day.fold(algebra), days if self.operator == "+" else algebra.apply("-", days))


@dataclass(frozen=True)
class Elapsed:
    """The whole days from one date to a later one."""

    later: Node
    earlier: Node
    type: Type = DAYS

    def __post_init__(self) -> None:
        for side in self.children:
            require(side, Sort.DATE, what="日期相减")

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.later, self.earlier)

    def fold(self, algebra: Algebra[V]) -> V:
        return algebra.days(self.later.fold(algebra), self.earlier.fold(algebra))


@dataclass(frozen=True)
class Conditional:
    """then if condition else otherwise."""

    condition: Node
    then: Node
    otherwise: Node
    type: Type = field(init=False)

    def __post_init__(self) -> None:
        require(self.condition, Sort.BOOLEAN, what="if 后面")
        object.__setattr__(self, "type", common_type((self.then, self.otherwise)))

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)

    def fold(self, algebra: Algebra[V]) -> V:
        then, otherwise = (at_scale(node, self.type.scale, algebra) for node in (self.then, self.otherwise))
        return algebra.choose(self.condition.fold(algebra), then, otherwise)


def common_type(nodes: tuple[Node, ...]) -> Type:
    """The type that holds the value of any of these."""
    first = nodes[0].type
    for node in nodes[1:]:
        if node.type.sort is not first.sort:
            words = f"{SORT_WORDS[first.sort]}和{SORT_WORDS[node.type.sort]}"
            raise Refused("type", f"{words}不能放在一起", "几个取值要同一类型。")
    if first.sort is Sort.NUMBER:
        return arithmetic.widest(*(node.type for node in nodes))
    lists = [node.type.choices for node in nodes]
    known = None if None in lists else tuple(dict.fromkeys(text for texts in lists if texts for text in texts))
    return Type(first.sort, choices=known)


def at_scale(node: Node, scale: int, algebra: Algebra[V]) -> V:
    """A node's value, a number brought to a finer scale; literals at once, so that queries stay readable."""
    steps = scale - node.type.scale if node.type.sort is Sort.NUMBER else 0
    if steps == 0:
        return node.fold(algebra)
    if isinstance(node, Literal) and isinstance(node.value, int):
        return algebra.literal(node.value * 10**steps, INTEGER)
    return algebra.multiply(node.fold(algebra), algebra.literal(10**steps, INTEGER))


def coarsened(value: V, scale: int, places: int, algebra: Algebra[V]) -> V:
    """A number rounded to fewer places; as it is when it has no more than these."""
    if scale <= places:
        return value
    return algebra.divide(value, algebra.literal(10 ** (scale - places), INTEGER), 1)
