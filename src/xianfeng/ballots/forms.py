"""A ballot's questions, and its answers as so many bytes whatever is answered: their length tells nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xianfeng import canonical
from xianfeng.problems import Problem
from xianfeng.sentences import say

_LENGTH = 2  # bytes before a text that tell how long it is
_MOST_CHOICES = 255
_MOST_TEXT = 3_000  # bytes of UTF-8: a thousand Chinese characters


@dataclass(frozen=True)
class Question:
    """One with choices takes one of them or none; one without takes a text of at most `limit` bytes of UTF-8."""

    name: str
    title: str
    choices: tuple[str, ...] = ()
    limit: int = 0

    def __post_init__(self) -> None:
        if bool(self.choices) == bool(self.limit):
            raise ValueError(f"{self.name}: either choices or a limit")
        if len(self.choices) > _MOST_CHOICES or not 0 <= self.limit <= _MOST_TEXT:
            raise ValueError(f"{self.name}: too many choices, or too long a text")
        if len(set(self.choices)) < len(self.choices) or "" in self.choices:
            raise ValueError(f"{self.name}: choices have to differ, and none is empty")

    @property
    def size(self) -> int:
        return 1 if self.choices else _LENGTH + self.limit

    def packed(self, answer: str) -> bytes:
        if self.choices:
            if answer and answer not in self.choices:
                told = say("“{title}”没有“{answer}”这个选项。", title=self.title, answer=answer)
                raise Problem("ballots.answer", told, hint="请从列出的选项中选。", field=self.name)
            return bytes([self.choices.index(answer) + 1 if answer else 0])
        text = answer.encode()
        if len(text) > self.limit:
            told = say("“{title}”写得太长，最多{limit}个字。", title=self.title, limit=self.limit // 3)
            raise Problem("ballots.answer_long", told, hint="请写短一些。", field=self.name)
        return len(text).to_bytes(_LENGTH) + text.ljust(self.limit, b"\0")

    def unpacked(self, packed: bytes) -> str:
        """ValueError for what no voter's page writes."""
        if self.choices:
            return ("", *self.choices)[packed[0]] if packed[0] <= len(self.choices) else _nothing()
        length = int.from_bytes(packed[:_LENGTH])
        text, rest = packed[_LENGTH : _LENGTH + length], packed[_LENGTH + length :]
        return text.decode() if len(text) == length and not any(rest) else _nothing()


@dataclass(frozen=True)
class Form:
    """The questions in their order."""

    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        names = [question.name for question in self.questions]
        if not names or len(set(names)) < len(names):
            raise ValueError("a form has questions, each with a name of its own")

    @property
    def size(self) -> int:
        """Bytes of any answers to it."""
        return sum(question.size for question in self.questions)

    @property
    def counted(self) -> tuple[Question, ...]:
        """Those whose answers are published; free text never is."""
        return tuple(question for question in self.questions if question.choices)

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(canonical.dumps(self.to_json()).encode()).digest()

    def title(self, name: str) -> str:
        return next(question.title for question in self.questions if question.name == name)

    def packed(self, answers: Mapping[str, str]) -> bytes:
        return b"".join(question.packed(answers.get(question.name, "")) for question in self.questions)

    def unpacked(self, packed: bytes) -> dict[str, str]:
        if len(packed) != self.size:
            _nothing()
        found, start = {}, 0
        for question in self.questions:
            found[question.name] = question.unpacked(packed[start : start + question.size])
            start += question.size
        return found

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"name": each.name, "title": each.title, "choices": list(each.choices), "limit": each.limit}
            for each in self.questions
        ]

    @classmethod
    def of_json(cls, questions: list[dict[str, Any]]) -> Form:
        return cls(
            tuple(
                Question(str(each["name"]), str(each["title"]), tuple(map(str, each["choices"])), int(each["limit"]))
                for each in questions
            )
        )


def _nothing() -> str:
    raise ValueError("not an answer")
