"""A formula in plain Chinese, for whoever reads a figure's definition (统计口径) and has never seen the scheme file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatchmethod
from types import MappingProxyType

from xianfeng.scheme.expressions.algebra import Comparison, Function, Node
from xianfeng.scheme.expressions.conditions import Compared, Contained, Holds, Joined, Member, Missing, Not
from xianfeng.scheme.expressions.expression import Expression
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
from xianfeng.scheme.expressions.types import Sort
from xianfeng.scheme.titles import day

Titles = Mapping[str, str]
_NONE: Mapping[str, str] = MappingProxyType({})
_NO_CHOICES: Mapping[str, Titles] = MappingProxyType({})

_NUMBERS: Mapping[Comparison, str] = {
    "==": "等于",
    "!=": "不等于",
    "<": "小于",
    "<=": "不大于",
    ">": "大于",
    ">=": "不小于",
}
_DATES: Mapping[Comparison, str] = {
    "==": "为",
    "!=": "不为",
    "<": "早于",
    "<=": "不晚于",
    ">": "晚于",
    ">=": "不早于",
}
_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_FUNCTIONS: Mapping[Function, str] = {
    "-": "负的{}",
    "abs": "{}的绝对值",
    "year": "{}的年份",
    "month": "{}的月份",
    "total": "{}的合计",
    "length": "{}选中的项数",
}
_CHINESE = "\u4e00-\u9fff"
_SEAM = re.compile(  # between Chinese and Latin or digits, but not inside 2010年8月30日
    rf"(?<=[{_CHINESE}])(?<![年月])(?=[A-Za-z0-9-])|(?<=[A-Za-z0-9])(?=[{_CHINESE}])(?![年月日])"
)


def describe(expression: Expression, *, titles: Titles = _NONE, choices: Mapping[str, Titles] = _NO_CHOICES) -> str:
    """The formula in words: `state == 'fulfilled' and amount > 3` is '状态为已兑现，且金额大于 3'.

    `titles` names fields, one-hop paths and constants on screen; `choices` the values of a field (path -> value ->
    title). What has no title appears under its own name.
    """
    return _SEAM.sub(" ", _Words(titles, choices).say(expression.node))


@dataclass(frozen=True)
class _Words:
    titles: Titles
    choices: Mapping[str, Titles]

    @singledispatchmethod
    def say(self, node: Node) -> str:
        raise NotImplementedError(type(node).__name__)

    @say.register
    def _(self, node: Name) -> str:
        return self.titles.get(node.path, node.path)

    @say.register
    def _(self, node: Today) -> str:
        return "当日"

    @say.register
    def _(self, node: Literal) -> str:
        if isinstance(node.value, bool):
            return "恒成立" if node.value else "恒不成立"
        if isinstance(node.value, int):
            number = str(node.type.unscaled(node.value))
            return f"{self.titles.get(node.name, node.name)}（{number}）" if node.name else number
        if isinstance(node.value, dt.date):
            return day(node.value)
        return f"“{node.value}”"

    @say.register
    def _(self, node: Applied) -> str:
        return _FUNCTIONS[node.function].format(self._tight(node.operand))

    @say.register
    def _(self, node: Arithmetic) -> str:
        loose = isinstance(node.left, Arithmetic) and node.left.operator in "*/"
        left = self.say(node.left) if loose or node.operator in "+-" else self._tight(node.left)
        right = self.say(node.right) if node.operator == "+" else self._tight(node.right)
        return f"{left} {_SIGNS[node.operator]} {right}"

    @say.register
    def _(self, node: Rounded) -> str:
        how = f"四舍五入到{node.places}位小数" if node.places else "四舍五入取整"
        return f"{self._tight(node.operand)}（{how}）"

    @say.register
    def _(self, node: Extreme) -> str:
        which = "最小" if node.bound == "min" else "最大"
        return f"{'、'.join(map(self._tight, node.operands))}中{which}的"

    @say.register
    def _(self, node: Shifted) -> str:
        side = "之后" if node.operator == "+" else "之前"
        return f"{self.say(node.day)}{side}{self._tight(node.days)}天"

    @say.register
    def _(self, node: Elapsed) -> str:
        return f"从{self.say(node.earlier)}到{self.say(node.later)}的天数"

    @say.register
    def _(self, node: Conditional) -> str:
        return f"（若{self.say(node.condition)}，则取{self.say(node.then)}，否则取{self.say(node.otherwise)}）"

    @say.register
    def _(self, node: Compared) -> str:
        words = _NUMBERS if node.left.type.sort is Sort.NUMBER else _DATES
        left, right = self._choice(node.left, node.right), self._choice(node.right, node.left)
        return f"{left}{words[node.operator]}{right}"

    @say.register
    def _(self, node: Member) -> str:
        listed = "、".join(self._choice(option, node.item) for option in node.options)
        return f"{self.say(node.item)}{'为' if node.operator == 'in' else '不是'}{listed}" + (
            "之一" if len(node.options) > 1 else ""
        )

    @say.register
    def _(self, node: Contained) -> str:
        verb = "包含" if node.operator == "in" else "不包含"
        return f"{self.say(node.choices)}{verb}{self._choice(node.item, node.choices)}"

    @say.register
    def _(self, node: Missing) -> str:
        return f"{self.say(node.operand)}{'未填' if isinstance(node.operand, Name) else '得不出'}"

    @say.register
    def _(self, node: Holds) -> str:
        return f"{self.say(node.field)}为“是”"

    @say.register
    def _(self, node: Not) -> str:
        match node.operand:
            case Missing(operand):
                return f"{self.say(operand)}{'已填' if isinstance(operand, Name) else '可得出'}"
            case Holds(field):
                return f"{self.say(field)}不为“是”"
        return f"并非（{self.say(node.operand)}）"

    @say.register
    def _(self, node: Joined) -> str:
        word = "，且" if node.operator == "and" else "，或"
        return word.join(
            f"（{self.say(operand)}）" if isinstance(operand, Joined) else self.say(operand)
            for operand in node.operands
        )

    def _tight(self, node: Node) -> str:
        """An operand, in brackets where a reader could join it to its neighbours wrongly."""
        said = self.say(node)
        return f"（{said}）" if isinstance(node, (Arithmetic, Shifted, Elapsed, Extreme)) else said

    def _choice(self, node: Node, beside: Node) -> str:
        """A text, under its title where it is one of the choices of the field beside it."""
        if isinstance(node, Literal) and isinstance(node.value, str) and isinstance(beside, Name):
            titles = self.choices.get(beside.path, _NONE)
            if node.value in titles or beside.type.choices is not None:
                return titles.get(node.value, node.value)
        return self.say(node)
