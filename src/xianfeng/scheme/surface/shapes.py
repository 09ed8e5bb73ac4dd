"""The shapes that a value may have: how it is read, how JSON Schema says it.

A shape reads a tree's node into plain Python (str, int, Decimal, date, list, dict) or reports why it cannot. Scalars
are read by the shape they stand under, so `0123` and `2010-02-30` are told apart from what was meant.
"""

from __future__ import annotations

import datetime as dt
import keyword
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from xianfeng.scheme.faults import nearest
from xianfeng.scheme.surface.reading import BAD, Reading
from xianfeng.scheme.surface.tree import Node, Refused, Scalar, Sequence, Table

_NUMBER = re.compile(r"[+-]?\d[\d_]*(\.\d*)?([eE][+-]?\d+)?|0[xo][0-9a-fA-F]+|\.\d+")
_WHOLE = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_LEADING_ZERO = re.compile(r"[+-]?0\d[\d.]*")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
_NOT_TEXT = frozenset({"true", "false", "null", "~"})
MOST_DIGITS = 15


class Shape(ABC):
    """What may stand under a key."""

    said: ClassVar[tuple[str, str]] = ("", "")  # its name in Chinese and English, for faults and the reference

    @abstractmethod
    def read(self, node: Node, reading: Reading, path: str) -> Any:
        """The value, or BAD after reporting."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema."""


class ScalarShape(Shape):
    """A shape of one word, number or text."""

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        if isinstance(node, Refused):
            return BAD
        if not isinstance(node, Scalar):
            return reading.refuse("not_a_scalar", node.mark, path, wanted=self.said)
        if node.plain and not node.text:
            return reading.refuse("empty_value", node.mark, path, wanted=self.said)
        return self.scalar(node, reading, path)

    @abstractmethod
    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any: ...


@dataclass(frozen=True)
class Text(ScalarShape):
    longest: int = 2000
    said: ClassVar = ("文字", "text")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if node.plain and _LEADING_ZERO.fullmatch(node.text):
            return reading.refuse("leading_zero", node.mark, path, text=node.text)
        if node.plain and (_NUMBER.fullmatch(node.text) or node.text.lower() in _NOT_TEXT):
            return reading.refuse("not_text", node.mark, path, text=node.text)
        if not node.text.strip():
            return reading.refuse("empty_text", node.mark, path)
        if len(node.text) > self.longest:
            return reading.refuse("text_too_long", node.mark, path, longest=self.longest)
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True)
class Name(ScalarShape):
    """An identifier, in any script: it is a key of postings and table columns."""

    spoken: bool = False  # formulas say it: then it is no keyword of theirs
    said: ClassVar = ("名称", "a name")
    pattern: ClassVar = r"^[^\W\d_](?!.*__)\w{0,63}$"

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if not is_name(node.text) or (self.spoken and keyword.iskeyword(node.text)):
            return reading.refuse("bad_name", node.mark, path, name=node.text)
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}


def is_name(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text) == text
    return plain and bool(re.match(Name.pattern, text)) and text.isidentifier()


@dataclass(frozen=True)
class Pattern(ScalarShape):
    """A text of one form, kept as text."""

    form: str
    code: str
    zh: str
    en: str

    @property
    def said(self) -> tuple[str, str]:  # type: ignore[override]
        return self.zh, self.en

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if not re.fullmatch(self.form, node.text):
            return reading.refuse(self.code, node.mark, path, text=node.text)
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({self.form})$"}


@dataclass(frozen=True)
class Formula(Text):
    said: ClassVar = ("表达式", "an expression")


@dataclass(frozen=True)
class Flag(ScalarShape):
    said: ClassVar = ("true 或 false", "true or false")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if not node.plain or node.text not in ("true", "false"):
            return reading.refuse("not_a_flag", node.mark, path, text=node.text)
        return node.text == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Whole(ScalarShape):
    least: int = 0
    most: int = 10**MOST_DIGITS - 1
    said: ClassVar = ("整数", "a whole number")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if node.plain and _LEADING_ZERO.fullmatch(node.text):
            return reading.refuse("leading_zero", node.mark, path, text=node.text)
        if not node.plain or not _WHOLE.fullmatch(node.text) or len(node.text) > MOST_DIGITS:
            return reading.refuse("not_whole", node.mark, path, text=node.text)
        if not self.least <= int(node.text) <= self.most:
            return reading.refuse("out_of_range", node.mark, path, text=node.text, least=self.least, most=self.most)
        return int(node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Number(ScalarShape):
    said: ClassVar = ("数字", "a number")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if node.plain and _LEADING_ZERO.fullmatch(node.text):
            return reading.refuse("leading_zero", node.mark, path, text=node.text)
        if not node.plain or not _DECIMAL.fullmatch(node.text) or len(node.text) > MOST_DIGITS + 1:
            return reading.refuse("not_a_number", node.mark, path, text=node.text)
        return Decimal(node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


@dataclass(frozen=True)
class Day(ScalarShape):
    said: ClassVar = ("日期", "a date")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        parts = _DAY.fullmatch(node.text)
        if not parts:
            return reading.refuse("not_a_date", node.mark, path, text=node.text)
        try:
            return dt.date(*map(int, parts.groups()))
        except ValueError:
            return reading.refuse("no_such_day", node.mark, path, text=node.text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True)
class MonthDay(ScalarShape):
    """A day of any year; 02-29 stands for the last day of February."""

    said: ClassVar = ("月-日", "month-day")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        parts = _MONTH_DAY.fullmatch(node.text)
        if not parts:
            return reading.refuse("not_a_month_day", node.mark, path, text=node.text)
        month, day = map(int, parts.groups())
        try:
            dt.date(2000, month, day)  # a leap year
        except ValueError:
            return reading.refuse("no_such_day", node.mark, path, text=node.text)
        return month, day

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{2}-\d{2}$"}


@dataclass(frozen=True)
class Word(ScalarShape):
    """One of a few words."""

    words: tuple[str, ...]
    said: ClassVar = ("选项", "one of a few words")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        if node.text not in self.words:
            near = nearest(node.text, self.words)
            return reading.refuse(
                "unknown_word", node.mark, path, text=node.text, words="、".join(self.words), near=near
            )
        return node.text

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


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
    key: ScalarShape = Name()
    whole: bool = False
    least: int = 0
    said: ClassVar = ("“键: 值”的表", "a table of 'key: value'")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        if isinstance(node, Refused):
            return BAD
        if not isinstance(node, Table):
            return reading.refuse("not_a_table", node.mark, path)
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
    """A key of a table: its shape, whether it must be there, and what it says, in Chinese and English."""

    shape: Shape
    zh: str
    en: str
    required: bool = False


@dataclass(frozen=True)
class Keys(Shape):
    """A table with fixed keys. Reading gives a dict of those that were there and right."""

    keys: dict[str, Key]
    said: ClassVar = ("“键: 值”的表", "a table of 'key: value'")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        if isinstance(node, Refused):
            return BAD
        if not isinstance(node, Table):
            return reading.refuse("not_a_table", node.mark, path)
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
class Read(ScalarShape):
    """A scalar of a small syntax of its own ('5 workdays', 'entered(published)', 'economy.revenue')."""

    parse: Callable[[str], Any]  # None when it is not of that form
    code: str
    form: str
    zh: str
    en: str
    number: bool = False  # a number may stand there too

    @property
    def said(self) -> tuple[str, str]:  # type: ignore[override]
        return self.zh, self.en

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        value = self.parse(node.text)
        return reading.refuse(self.code, node.mark, path, text=node.text) if value is None else value

    def schema(self) -> dict[str, Any]:
        text = {"type": "string", "pattern": f"^({self.form})$"}
        return {"anyOf": [{"type": "number"}, text]} if self.number else text


@dataclass(frozen=True)
class Version(ScalarShape):
    """The language's version, so that a later one can read this one's files for what they were."""

    said: ClassVar = ("语言版本", "the language's version")

    def scalar(self, node: Scalar, reading: Reading, path: str) -> Any:
        return 1 if node.text == "1" else reading.refuse("unknown_version", node.mark, path, text=node.text)

    def schema(self) -> dict[str, Any]:
        return {"const": 1}


@dataclass(frozen=True)
class NotYet(Shape):
    """A section whose room does not exist in this version: refused, even when empty, never silently ignored."""

    said: ClassVar = ("", "")

    def read(self, node: Node, reading: Reading, path: str) -> Any:
        return reading.refuse("not_in_this_version", reading.at(path), path, key=path)

    def schema(self) -> dict[str, Any]:
        return {"not": {}}
