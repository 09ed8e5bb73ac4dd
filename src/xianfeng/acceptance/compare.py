"""Every row of a system, held against the books, and the other way round; equal or not, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from xianfeng.acceptance import checks
from xianfeng.acceptance.books import Books
from xianfeng.acceptance.checks import Found
from xianfeng.acceptance.expected import BASES, Row, System


@dataclass(frozen=True, kw_only=True)
class Outcome:
    row: Row
    found: Found
    wrong: str  # '' when everything is equal

    @property
    def equal(self) -> bool:
        return not self.wrong


def outcomes(expected: System, books: Books) -> list[Outcome]:
    """Both ways: each row of the document, and what the bulletin says that no row has."""
    return [*rows(expected, books), *unlisted(expected, books)]


def rows(expected: System, books: Books) -> Iterator[Outcome]:
    """The outcome of each row, in the order of the document."""
    for row in expected.rows:
        found = checks.find(row, books)
        yield Outcome(row=row, found=found, wrong="；".join(_faults(row, found)))


def unlisted(expected: System, books: Books) -> Iterator[Outcome]:
    """Each number of the bulletin's own text that no [N] row has, as an outcome of its own."""
    listed = {(row.row, str(row.check["note"])) for row in expected.rows if row.mark == "N" and "note" in row.check}
    for note in dict.fromkeys(books.notes):
        if (note.row, note.text) not in listed:
            row = Row(row=note.row, part="文稿数字", mark="N", text="（文件没有）", check={"note": note.text})
            wrong = f"验收数据的 {note.row} 没有文稿数字“{note.text}”"
            yield Outcome(row=row, found=Found(printed=note.text), wrong=wrong)


def _faults(row: Row, found: Found) -> Iterator[str]:
    if found.wrong:
        yield found.wrong
        return
    if row.expected and found.printed != row.expected:
        yield f"印的是“{found.printed}”"
    if row.exact is not None and not _same(row.exact, found.exact):
        yield f"准确值是 {found.exact}"
    if row.basis and found.basis != row.basis:
        yield f"依据是{BASES.get(found.basis, found.basis)}"


def _same(expected: Any, found: Any) -> bool:
    """Whether an exact value is the one found: numbers by value, everything else by its text."""
    try:
        return Decimal(str(expected)) == Decimal(str(found))
    except InvalidOperation:
        return str(expected) == str(found)
