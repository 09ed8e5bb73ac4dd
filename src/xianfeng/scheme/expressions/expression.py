"""A parsed expression: the one formula language of guards, checks, filters and grades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from xianfeng.scheme.expressions.algebra import Node
from xianfeng.scheme.expressions.faults import ExpressionFaults, Refused
from xianfeng.scheme.expressions.reader import Reader
from xianfeng.scheme.expressions.syntax import Source, read_source
from xianfeng.scheme.expressions.terms import SORT_WORDS, Literal, Name
from xianfeng.scheme.expressions.types import BOOLEAN, Sort, Type
from xianfeng.scheme.expressions.values import Step, Value, Values, finished
from xianfeng.scheme.expressions.weight import require_light

NO_CONSTANTS: Mapping[str, Decimal] = MappingProxyType({})


@dataclass(frozen=True)
class Expression:
    """A formula as written, and what it means. Two that mean the same but are written differently are not equal."""

    text: str
    node: Node = field(repr=False)

    @property
    def type(self) -> Type:
        """Of its value; a number column holds integers of 10^-`type.scale`."""
        return self.node.type

    @cached_property
    def names(self) -> frozenset[str]:
        """The fields it reads, as paths."""
        return frozenset(node.path for node in _nodes(self.node) if isinstance(node, Name))

    @cached_property
    def constants(self) -> frozenset[str]:
        """The scheme's constants it uses."""
        return frozenset(node.name for node in _nodes(self.node) if isinstance(node, Literal) and node.name)

    def value(self, row: Mapping[str, object], *, today: dt.date) -> Value:
        """Its value on a record in canonical form: numbers as int or decimal text, dates as ISO text or dates.

        An absent key is missing, and so is None. Gives an int for a number without decimal places, else an exact
        Decimal; None when missing. A condition is always True or False.
        """
        value = self._step(row, today)
        return value if value is True or value is False else finished(value, self.type)

    @cached_property
    def _step(self) -> Step:
        return self.node.fold(Values())


def parse(
    text: str,
    names: Mapping[str, Type],
    *,
    constants: Mapping[str, Decimal] = NO_CONSTANTS,
    expect: Type | None = BOOLEAN,
) -> Expression:
    """Read a formula over these names (a path one hop away is the name 'organisation.level').

    `constants` are a scheme's named numbers. `expect` is the sort of value it must have, None for any. Raises
    `ExpressionFaults` with everything that is wrong.
    """
    source = read_source(text)
    if not isinstance(source, Source):
        raise ExpressionFaults(text, source)
    reader = Reader(source, names, constants)
    node = reader.read(source.tree)
    if node is None:
        raise ExpressionFaults(text, reader.faults)
    try:
        require_light(node)
        _require_sort(node, expect)
    except Refused as refused:
        raise ExpressionFaults(text, [refused.at(source.start)]) from None
    return Expression(text, node)


def _require_sort(node: Node, expect: Type | None) -> None:
    if expect is None or node.type.sort is expect.sort:
        return
    found = SORT_WORDS[node.type.sort]
    if expect.sort is Sort.BOOLEAN:
        raise Refused("not_boolean", f"这里要一个条件，写的是{found}", "写成比较，例如 amount > 3。")
    raise Refused("type", f"这里要{SORT_WORDS[expect.sort]}，写的是{found}")


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)
