"""Every row of a system, held against the books; equal or not, and why not."""

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


def rows(expected: System, books: Books) -> Iterator[Outcome]:
    """The outcome of each row, in the order of the document."""
    for row in expected.rows:
        found = checks.find(row, books)
        yield Outcome(row=row, found=found, wrong="；".join(_faults(row, found)))


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
