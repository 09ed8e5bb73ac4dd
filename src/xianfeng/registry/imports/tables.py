"""What a file holds: named sheets of rows of text, with the faults of single cells beside them.

Codes and numbers stay text. A spreadsheet keeps fifteen digits of a number and drops leading zeros, so a long number
that was typed as a number is already wrong and is refused rather than repaired.
"""

from __future__ import annotations

from dataclasses import dataclass

from xianfeng.problems import Problem
from xianfeng.sentences import say

MOST_ROWS = 100_000


@dataclass(frozen=True)
class Row:
    """A line as people count them, and its cells; a faulty cell is empty and its fault is told."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Book:
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()  # what was left out, and why


def fault(code: str, message: str, hint: str, *, place: str = "") -> Problem:
    return Problem(f"import.{code}", message, hint=hint, place=place)


def cell_place(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return say("第 {row} 行 {letters} 列", row=row, letters=letters)
