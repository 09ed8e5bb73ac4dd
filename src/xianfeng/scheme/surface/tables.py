"""The shapes that hold others: lists, tables with free keys, tables with fixed keys, and either of two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from xianfeng.scheme.faults import nearest
from xianfeng.scheme.surface.reading import BAD, Reading
from xianfeng.scheme.surface.shapes import Name, ScalarShape, Shape
from xianfeng.scheme.surface.tree import Node, Refused, Scalar, Sequence, Table

IDENTIFIER = Name()
_A_TITLE = 20  # characters


@dataclass(frozen=True)
class ListOf(Shape):
    item: Shape
    single: bool = False  # one item may stand without the brackets
    least: int = 1
    most: int = 1000
    said: ClassVar = ("列表", "a list")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        if isinstance(node, Refused):
            return BAD
        if self.single and not isinstance(node, Sequence):
            node = Sequence(node.mark, (node,))
        if not isinstance(node, Sequence):
            return reading.refuse("not_a_list", node.mark, path)
        if not self.least <= len(node.items) <= self.most:
            return reading.refuse("list_length", node.mark, path, least=self.least, most=self.most)
        values = []
        for number, item in enumerate(node.items):
            place = f"{path}[{number}]"
            reading.mark(place, item)
            value = self.item.read(item, reading, place)
            if value is BAD:
                continue
            if isinstance(value, str) and value in values:
                reading.refuse("duplicate_item", item.mark, place, name=value)
                continue
            values.append(value)
        return values

    def schema(self) -> dict[str, Any]:
        many = {"type": "array", "items": self.item.schema(), "minItems": self.least, "maxItems": self.most}
        return {"anyOf": [self.item.schema(), many]} if self.single else many


@dataclass(frozen=True)
class MapOf(Shape):
    """A table with free keys. `whole`: an adjusting scheme replaces it instead of merging into it."""

    item: Shape
    key: ScalarShape = IDENTIFIER
    whole: bool = False
    least: int = 0
    said: ClassVar = ("“键: 值”的表", "a table of 'key: value'")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        if isinstance(node, Refused):
            return BAD
        if not isinstance(node, Table):
            return reading.refuse("not_a_table", node.mark, path, like="key: …")
        if len(node.pairs) < self.least:
            return reading.refuse("empty_table", node.mark, path)
        values: dict[str, Any] = {}
        for name, pair in node.pairs.items():
            place = f"{path}.{name}"
            reading.mark_pair(place, pair)
            if self.key.read(Scalar(pair.mark, name, plain=False), reading, place) is BAD:
                continue
            value = self.item.read(pair.value, reading, place)
            if value is not BAD:
                values[name] = value
        return values

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.item.schema(),
            "minProperties": self.least,
        }


@dataclass(frozen=True)
class Key:
    """A key of a table: its shape, what it says in both languages, whether it must be there, what holds if not, and
    how its value may be written, for the reference."""

    shape: Shape
    zh: str
    en: str
    required: bool = False
    default: str = ""
    example: str = ""


@dataclass(frozen=True)
class Keys(Shape):
    """A table with fixed keys. Reading gives a dict of those that were there and right."""

    keys: dict[str, Key]
    said: ClassVar = ("“键: 值”的表", "a table of 'key: value'")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        if isinstance(node, Refused):
            return BAD
        if not isinstance(node, Table):
            return reading.refuse("not_a_table", node.mark, path, like=self._like(node))
        values: dict[str, Any] = {}
        for name, pair in node.pairs.items():
            place = f"{path}.{name}" if path else name
            reading.mark_pair(place, pair)
            if name not in self.keys:
                near = nearest(name, self.keys)
                reading.refuse("unknown_key", pair.mark, place, key=name, keys="、".join(self.keys), near=near)
                continue
            value = self.keys[name].shape.read(pair.value, reading, place)
            if value is not BAD:
                values[name] = value
        for name in () if path and reading.incomplete else self._missing(node):
            reading.refuse("missing_key", reading.at(path), path, key=name, what=self.keys[name].zh)
        return values

    def _like(self, node: Node) -> str:
        """What may have been meant: a word alone is usually the title."""
        word = node.text if isinstance(node, Scalar) and "title" in self.keys and len(node.text) <= _A_TITLE else ""
        first = "title" if word else next((name for name, key in self.keys.items() if key.required), "")
        return f"{first or next(iter(self.keys))}: {word or '…'}"

    def _missing(self, node: Table) -> Iterable[str]:
        return (name for name, key in self.keys.items() if key.required and name not in node.pairs)

    def schema(self) -> dict[str, Any]:
        described = {name: {**key.shape.schema(), "description": key.zh} for name, key in self.keys.items()}
        required = [name for name, key in self.keys.items() if key.required]
        return {"type": "object", "properties": described, "required": required, "additionalProperties": False}


@dataclass(frozen=True)
class Either(Shape):
    """A short form (one scalar), a list or a long form (a table), told apart by how it is written."""

    short: Shape
    long: Shape
    said: ClassVar = ("短写或表", "a short form or a table")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        shape = self.long if isinstance(node, Table) else self.short
        return shape.read(node, reading, path)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.short.schema(), self.long.schema()]}


@dataclass(frozen=True)
class NotYet(Shape):
    """A section whose room does not exist in this version: refused, even when empty, never silently ignored."""

    said: ClassVar = ("", "")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        return reading.refuse("not_in_this_version", reading.at(path), path, key=path)

    def schema(self) -> dict[str, Any]:
        return {"not": {}}
