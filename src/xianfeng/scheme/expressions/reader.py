"""From Python's syntax tree to typed nodes, gathering every fault on the way. What is not listed here is refused."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import cast
from unicodedata import normalize

from xianfeng.scheme.expressions.algebra import Bound, Comparison, Containment, Function, Node
from xianfeng.scheme.expressions.conditions import Compared, Contained, Holds, Joined, Member, Missing, Not
from xianfeng.scheme.expressions.faults import ExpressionFault, Refused, near
from xianfeng.scheme.expressions.syntax import Source, normalised
from xianfeng.scheme.expressions.terms import (
    Applied,
    Arithmetic,
    Conditional,
    Elapsed,
    Extreme,
    Literal,
    Name,
    Rounded,
    Shifted,
    Today,
)
from xianfeng.scheme.expressions.types import BOOLEAN, DATE, LARGEST_STORED, MOST_PLACES, TEXT, Sort, Type
from xianfeng.sentences import say

COMPARISONS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
CONTAINMENTS: Mapping[type[ast.cmpop], Containment] = {ast.In: "in", ast.NotIn: "not in"}
ARITHMETIC: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
FUNCTIONS = ("missing", "round", "abs", "min", "max", "year", "month", "total", "length")
_REFUSED_OPERATORS: Mapping[type[ast.operator], tuple[str, str]] = {
    ast.FloorDiv: ("//", "用 / 再 round(x, 0)。"),
    ast.Mod: ("%", "各种数据库对负数的余数说法不一，所以不提供。"),
    ast.Pow: ("**", "把乘法写出来：x * x。"),
}
_DECIMAL = re.compile(r"\d+(\.\d+)?")


class Reader:
    """Reads one expression. Each `read` gives a node, or None after noting why there is none."""

    def __init__(self, source: Source, names: Mapping[str, Type], constants: Mapping[str, Decimal]) -> None:
        self.source = source
        self.names = {normalised(name): type_ for name, type_ in names.items()}
        self.constants = {normalised(name): number for name, number in constants.items()}
        self.faults: list[ExpressionFault] = []

    def read(self, tree: ast.expr) -> Node | None:
        """A node as the rest of the formula uses it: a yes-or-no field has become a condition."""
        node = self._raw(tree)
        return Holds(node) if isinstance(node, Name) and node.type.sort is Sort.BOOLEAN else node

    def _raw(self, tree: ast.expr) -> Node | None:
        rule = _RULES.get(type(tree))
        try:
            if rule is None:
                raise Refused("syntax", f"这里不能用 {self.source.written(tree)[:40]}", "只能写条件、算式和比较。")
            return rule(self, tree)
        except Refused as refused:
            self.faults.append(refused.at(self.source.offset(tree)))
            return None

    def _all(self, trees: list[ast.expr]) -> list[Node] | None:
        """Every part is read, so that every fault is found; None when one of them has none."""
        nodes = [node for node in map(self.read, trees) if node is not None]
        return nodes if len(nodes) == len(trees) else None

    def _pair(self, left: ast.expr, right: ast.expr) -> tuple[Node, Node] | None:
        """Two operands that meet; a text beside a date is that date."""
        nodes = self._all([left, right])
        if nodes is None:
            return None
        first, second = self._dated(nodes[0], nodes[1], left), self._dated(nodes[1], nodes[0], right)
        return (first, second) if first is not None and second is not None else None

    def _dated(self, node: Node, beside: Node, tree: ast.expr) -> Node | None:
        written = isinstance(node, Literal) and node.type.sort is Sort.TEXT and beside.type.sort is Sort.DATE
        if not (written and isinstance(node, Literal)):
            return node
        text = str(node.value)
        try:
            if len(text) != 10:  # fromisoformat also takes 20100830 and 2010-W35-1
                raise ValueError(text)
            return Literal(dt.date.fromisoformat(text), DATE)
        except ValueError:
            refused = Refused("date", f"没有“{text}”这一天", "日期写成 '2010-08-30'。")
            self.faults.append(refused.at(self.source.offset(tree)))
            return None

    # names and literals

    def _name(self, tree: ast.Name) -> Node:
        return self._named(tree.id)

    def _attribute(self, tree: ast.Attribute) -> Node:
        if not isinstance(tree.value, ast.Name):
            raise Refused("path", "只能往外走一步", "写 organisation.level 这样的“对象.属性”。")
        return self._named(f"{tree.value.id}.{tree.attr}")

    def _named(self, path: str) -> Node:
        if path == "today":
            return Today()
        if path in self.names:
            return Name(path, self.names[path])
        if path in self.constants:
            return number(self.constants[path], name=path)
        known = [*self.names, *self.constants, "today"]
        hint = near(path, known) or (f"可用的名称：{'、'.join(known[:12])}{'等' if len(known) > 12 else ''}。")
        raise Refused("unknown_name", f"没有名为“{path}”的字段", hint)

    def _constant(self, tree: ast.Constant) -> Node:
        written = self.source.written(tree)
        match tree.value:
            case bool():
                return Literal(tree.value, BOOLEAN)
            case str():
                return Literal(normalize("NFC", tree.value), TEXT)  # as records hold it
            case int() | float():
                if not _DECIMAL.fullmatch(written):
                    raise Refused("number", f"看不懂数 {written[:40]}", "只写十进制数字和小数点。")
                return number(Decimal(written))
        hint = say("问有没有值写 missing(x)。") if tree.value is None else say("文字加引号，不加前缀。")
        raise Refused("syntax", f"这里不能用 {written[:40]}", hint)

    # operators

    def _binary(self, tree: ast.BinOp) -> Node | None:
        pair = self._pair(tree.left, tree.right)
        operator = ARITHMETIC.get(type(tree.op))
        if operator is None:
            sign, hint = _REFUSED_OPERATORS.get(type(tree.op), ("位运算", ""))
            raise Refused("operator", f"不能用 {sign}", hint)
        return arithmetic(operator, *pair) if pair else None

    def _unary(self, tree: ast.UnaryOp) -> Node | None:
        operand = self.read(tree.operand)
        if isinstance(tree.op, ast.Not):
            return Not(operand) if operand else None
        if isinstance(tree.op, ast.USub):
            return negated(operand) if operand else None
        raise Refused("operator", "数前面不用写 + 或 ~", "去掉它。")

    def _boolean(self, tree: ast.BoolOp) -> Node | None:
        operands = self._all(tree.values)
        return Joined("and" if isinstance(tree.op, ast.And) else "or", tuple(operands)) if operands else None

    def _compare(self, tree: ast.Compare) -> Node | None:
        sides = [tree.left, *tree.comparators]
        steps = [self._step(*step) for step in zip(sides[:-1], tree.ops, sides[1:], strict=True)]
        known = tuple(step for step in steps if step is not None)
        if len(known) < len(steps):
            return None
        return known[0] if len(known) == 1 else Joined("and", known)

    def _step(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Node | None:
        if isinstance(operator, (ast.Is, ast.IsNot)):
            raise Refused("operator", "不能用 is", "比较相等写 ==，问有没有值写 missing(x)。")
        if type(operator) in COMPARISONS:
            pair = self._pair(left, right)
            return Compared(COMPARISONS[type(operator)], *pair) if pair else None
        containment = CONTAINMENTS[type(operator)]
        if isinstance(right, (ast.List, ast.Tuple, ast.Set)):
            return self._member(containment, left, right.elts)
        pair = self._pair(left, right)
        return Contained(containment, *pair) if pair else None

    def _member(self, operator: Containment, left: ast.expr, listed: list[ast.expr]) -> Node | None:
        item = self.read(left)
        options = self._all(listed)
        if not listed:
            raise Refused("syntax", "方括号里没有选项", "写 in ['甲', '乙']。")
        if item is None or options is None:
            return None
        literals: list[Literal] = []
        for option, tree in zip(options, listed, strict=True):
            dated = self._dated(option, item, tree)
            if isinstance(dated, Literal):
                literals.append(dated)
            elif dated is not None:
                refused = Refused("type", "方括号里只能写现成的文字、数或日期", "与字段比较请写 ==。")
                self.faults.append(refused.at(self.source.offset(tree)))
        return Member(operator, item, tuple(literals)) if len(literals) == len(listed) else None

    def _conditional(self, tree: ast.IfExp) -> Node | None:
        condition, pair = self.read(tree.test), self._pair(tree.body, tree.orelse)
        return Conditional(condition, *pair) if condition and pair else None

    # calls

    def _call(self, tree: ast.Call) -> Node | None:
        name = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if name not in FUNCTIONS:
            shown = self.source.written(tree.func)[:40]
            hint = near(shown, FUNCTIONS) or f"可用的函数：{'、'.join(FUNCTIONS)}。"
            raise Refused("call", f"没有名为“{shown}”的函数", hint)
        if tree.keywords or any(isinstance(argument, ast.Starred) for argument in tree.args):
            raise Refused("call", f"{name}(…) 里只能依次写各个值", "去掉等号和星号。")
        least, most = _ARGUMENTS.get(name, (1, 1))
        if not least <= len(tree.args) <= most:
            wanted = f"{least} 个" if least == most else f"至少 {least} 个、至多 {most} 个"
            raise Refused("call", f"{name}(…) 要 {wanted}值，这里有 {len(tree.args)} 个")
        return self._function(name, tree.args)

    def _function(self, name: str, trees: list[ast.expr]) -> Node | None:
        if name == "missing":
            raw = self._raw(trees[0])
            return Missing(raw) if raw else None
        if name == "round":
            return self._round(trees)
        operands = self._all(trees)
        if operands is None:
            return None
        if name in {"min", "max"}:
            return Extreme(cast(Bound, name), tuple(operands))
        return Applied(cast(Function, name), operands[0])

    def _round(self, trees: list[ast.expr]) -> Node | None:
        operands = self._all(trees)
        if operands is None:
            return None
        places = operands[1] if len(operands) > 1 else number(Decimal(0))
        whole = isinstance(places, Literal) and places.type.sort is Sort.NUMBER and places.type.scale == 0
        if not (whole and isinstance(places, Literal) and places.value in range(MOST_PLACES + 1)):
            raise Refused("type", f"round 的小数位数要写成 0 到 {MOST_PLACES} 的整数", "例如 round(x, 2)。")
        return Rounded(operands[0], cast(int, places.value))


_ARGUMENTS: Mapping[str, tuple[int, int]] = {"round": (1, 2), "min": (2, 20), "max": (2, 20)}
_RULES = cast(
    Mapping[type[ast.expr], Callable[[Reader, ast.expr], Node | None]],
    {
        ast.Name: Reader._name,
        ast.Attribute: Reader._attribute,
        ast.Constant: Reader._constant,
        ast.BinOp: Reader._binary,
        ast.UnaryOp: Reader._unary,
        ast.BoolOp: Reader._boolean,
        ast.Compare: Reader._compare,
        ast.IfExp: Reader._conditional,
        ast.Call: Reader._call,
    },
)


def number(value: Decimal, *, name: str = "") -> Literal:
    """A number as written: its own scale, its own bound."""
    places = max(-int(value.as_tuple().exponent), 0)
    if places > MOST_PLACES:
        raise Refused("number", f"{value} 的小数超过 {MOST_PLACES} 位", "少写几位小数。")
    scaled = Type(Sort.NUMBER, scale=places).scaled(value)
    if abs(scaled) > LARGEST_STORED:
        raise Refused("overflow", f"{value} 超过 15 位", "改用“万元”等更大的单位。")
    return Literal(scaled, Type(Sort.NUMBER, scale=places, bound=abs(scaled)), name)


def negated(operand: Node) -> Node:
    if isinstance(operand, Literal) and operand.type.sort is Sort.NUMBER and isinstance(operand.value, int):
        return Literal(-operand.value, operand.type)
    return Applied("-", operand)


def arithmetic(operator: str, left: Node, right: Node) -> Node:
    """+ - * /, of numbers or, for + and -, of dates and days."""
    if Sort.DATE not in {left.type.sort, right.type.sort}:
        return Arithmetic(operator, left, right)  # type: ignore[arg-type]
    match operator, left.type.sort, right.type.sort:
        case "-", Sort.DATE, Sort.DATE:
            return Elapsed(left, right)
        case "+", Sort.NUMBER, Sort.DATE:
            return Shifted(right, "+", left)
        case ("+" | "-") as sign, Sort.DATE, _:
            return Shifted(left, sign, right)
    raise Refused("type", f"日期不能这样用 {operator}", "日期只能加减天数，或与另一个日期相减。")
