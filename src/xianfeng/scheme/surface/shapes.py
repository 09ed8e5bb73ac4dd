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
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from xianfeng.scheme.faults import nearest
from xianfeng.scheme.surface.reading import BAD, Reading
from xianfeng.scheme.surface.tree import Node, Refused, Scalar

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
