"""What is wrong with an expression, as data: everything at once, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from xianfeng.problems import Problem


@dataclass(frozen=True)
class ExpressionFault:
    """One fault. `offset` counts characters from the start of the expression's text (0 is the first)."""

    code: str
    message: str
    hint: str = ""
    offset: int = 0


class ExpressionFaults(Problem):
    """An expression was refused; `faults` holds every reason, in the order of the text."""

    def __init__(self, text: str, faults: Iterable[ExpressionFault]) -> None:
        self.text = text
        self.faults = tuple(sorted(faults, key=lambda fault: fault.offset))
        first = self.faults[0]
        super().__init__(first.code, first.message, hint=first.hint, place=f"第 {first.offset + 1} 个字符")


class Refused(Exception):
    """Raised by a node that would make no sense; the reader of the syntax adds the place and goes on."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = f"expression.{code}"
        self.message = message
        self.hint = hint

    def at(self, offset: int) -> ExpressionFault:
        return ExpressionFault(self.code, self.message, self.hint, offset)


def near(name: str, known: Iterable[str]) -> str:
    """'是不是想写……？' for a misspelt word, or ''."""
    close = get_close_matches(name, list(known), n=2, cutoff=0.6)
    return f"是不是想写 {' 或 '.join(close)}？" if close else ""
