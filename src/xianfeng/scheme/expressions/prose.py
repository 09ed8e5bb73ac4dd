"""A formula in plain words, for whoever reads a figure's definition (统计口径) and has never seen the scheme file."""

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
from xianfeng.sentences import Said, finished, say, together

Titles = Mapping[str, str]
_NONE: Mapping[str, str] = MappingProxyType({})
_NO_CHOICES: Mapping[str, Titles] = MappingProxyType({})

_NUMBERS: Mapping[Comparison, str] = {
    "==": say("{left}等于{right}"),
    "!=": say("{left}不等于{right}"),
    "<": say("{left}小于{right}"),
    "<=": say("{left}不大于{right}"),
    ">": say("{left}大于{right}"),
    ">=": say("{left}不小于{right}"),
}
_OTHERS: Mapping[Comparison, str] = {
    "==": say("{left}为{right}"),
    "!=": say("{left}不为{right}"),
    "<": say("{left}早于{right}"),
    "<=": say("{left}不晚于{right}"),
    ">": say("{left}晚于{right}"),
    ">=": say("{left}不早于{right}"),
}
_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_FUNCTIONS: Mapping[Function, str] = {
    "-": say("负的{value}"),
    "abs": say("{value}的绝对值"),
    "year": say("{value}的年份"),
    "month": say("{value}的月份"),
    "total": say("{value}的合计"),
    "length": say("{value}选中的项数"),
}
_CHINESE = "\u4e00-\u9fff"
_SEAM = re.compile(  # between Chinese and Latin or digits, but not inside 2010年8月30日
    rf"(?<=[{_CHINESE}])(?<![年月])(?=[A-Za-z0-9-])|(?<=[A-Za-z0-9])(?=[{_CHINESE}])(?![年月日])"
)


def describe(expression: Expression, *, titles: Titles = _NONE, choices: Mapping[str, Titles] = _NO_CHOICES) -> Said:
    """The formula in words: `state == 'fulfilled' and amount > 3` is '状态为已兑现，且金额大于 3'.

    `titles` names fields, one-hop paths and constants on screen; `choices` the values of a field (path -> value ->
    title). What has no title appears under its own name. `translated` says it in another language.
    """
    return finished(_Words(titles, choices).say(expression.node), _apart)


def _apart(words: str) -> str:
    return _SEAM.sub(" ", words)


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
        return say("当日")

    @say.register
    def _(self, node: Literal) -> str:
        if isinstance(node.value, bool):
            return say("恒成立") if node.value else say("恒不成立")
        if isinstance(node.value, int):
            number = str(node.type.unscaled(node.value))
            title = self.titles.get(node.name, node.name)
            return say("{title}（{number}）", title=title, number=number) if node.name else number
        if isinstance(node.value, dt.date):
            return day(node.value)
        return f"“{node.value}”"

    @say.register
    def _(self, node: Applied) -> str:
        return say(_FUNCTIONS[node.function], value=self._tight(node.operand))

    @say.register
    def _(self, node: Arithmetic) -> str:
        loose = isinstance(node.left, Arithmetic) and node.left.operator in "*/"
        left = self.say(node.left) if loose or node.operator in "+-" else self._tight(node.left)
        right = self.say(node.right) if node.operator == "+" else self._tight(node.right)
        return together((left, right), by=f" {_SIGNS[node.operator]} ")

    @say.register
    def _(self, node: Rounded) -> str:
        value = self._tight(node.operand)
        if not node.places:
            return say("{value}（四舍五入取整）", value=value)
        return say("{value}（四舍五入到{places}位小数）", value=value, places=node.places)

    @say.register
    def _(self, node: Extreme) -> str:
        listed = together(map(self._tight, node.operands), by="、")
        return say("{listed}中最小的", listed=listed) if node.bound == "min" else say("{listed}中最大的", listed=listed)

    @say.register
    def _(self, node: Shifted) -> str:
        day, days = self.say(node.day), self._tight(node.days)
        if node.operator == "+":
            return say("{day}之后{days}天", day=day, days=days)
        return say("{day}之前{days}天", day=day, days=days)

    @say.register
    def _(self, node: Elapsed) -> str:
        return say("从{earlier}到{later}的天数", earlier=self.say(node.earlier), later=self.say(node.later))

    @say.register
    def _(self, node: Conditional) -> str:
        return say(
            "（若{condition}，则取{then}，否则取{otherwise}）",
            condition=self.say(node.condition),
            then=self.say(node.then),
            otherwise=self.say(node.otherwise),
        )

    @say.register
    def _(self, node: Compared) -> str:
        words = _NUMBERS if node.left.type.sort is Sort.NUMBER else _OTHERS
        left, right = self._choice(node.left, node.right), self._choice(node.right, node.left)
        return say(words[node.operator], left=left, right=right)

    @say.register
    def _(self, node: Member) -> str:
        item, inside = self.say(node.item), node.operator == "in"
        if len(node.options) == 1:
            only = self._choice(node.options[0], node.item)
            return (
                say("{left}为{right}", left=item, right=only)
                if inside
                else say("{left}不是{right}", left=item, right=only)
            )
        listed = together((self._choice(option, node.item) for option in node.options), by="、")
        if inside:
            return say("{item}为{listed}之一", item=item, listed=listed)
        return say("{item}不是{listed}之一", item=item, listed=listed)

    @say.register
    def _(self, node: Contained) -> str:
        field, choice = self.say(node.choices), self._choice(node.item, node.choices)
        if node.operator == "in":
            return say("{field}包含{choice}", field=field, choice=choice)
        return say("{field}不包含{choice}", field=field, choice=choice)

    @say.register
    def _(self, node: Missing) -> str:
        value = self.say(node.operand)
        return say("{value}未填", value=value) if isinstance(node.operand, Name) else say("{value}得不出", value=value)

    @say.register
    def _(self, node: Holds) -> str:
        return say("{field}为“是”", field=self.say(node.field))

    @say.register
    def _(self, node: Not) -> str:
        match node.operand:
            case Missing(Name() as operand):
                return say("{value}已填", value=self.say(operand))
            case Missing(operand):
                return say("{value}可得出", value=self.say(operand))
            case Holds(field):
                return say("{field}不为“是”", field=self.say(field))
        return say("并非（{condition}）", condition=self.say(node.operand))

    @say.register
    def _(self, node: Joined) -> str:
        operands = (
            _bracketed(self.say(each)) if isinstance(each, Joined) else self.say(each) for each in node.operands
        )
        return together(operands, by="，且" if node.operator == "and" else "，或")

    def _tight(self, node: Node) -> str:
        """An operand, in brackets where a reader could join it to its neighbours wrongly."""
        said = self.say(node)
        return _bracketed(said) if isinstance(node, (Arithmetic, Shifted, Elapsed, Extreme)) else said

    def _choice(self, node: Node, beside: Node) -> str:
        """A text, under its title where it is one of the choices of the field beside it."""
        if isinstance(node, Literal) and isinstance(node.value, str) and isinstance(beside, Name):
            titles = self.choices.get(beside.path, _NONE)
            if node.value in titles or beside.type.choices is not None:
                return titles.get(node.value, node.value)
        return self.say(node)


def _bracketed(words: str) -> str:
    return say("（{words}）", words=words)
