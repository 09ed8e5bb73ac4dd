"""A workbook's sheets as grids of what a reader sees: merged cells say their text in every row they cover."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from xianfeng import workbooks
from xianfeng.sentences import say

MOST_ROWS = 500
_MOST_SHEETS = 20
_LARGEST_UNPACKED = 12 * 2**20  # some seconds of reading; a table of this many rows is a tenth of it
_MOST_MERGED = 10_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")

Cell = str | dt.date


@dataclass(frozen=True)
class Sheet:
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    unread: bool  # whether more is written behind the last row that is read


@dataclass(frozen=True)
class Book:
    """`sheets` one after the other, each read when it is come to; `notes`: what was left out, and why."""

    sheets: Iterator[Sheet]
    notes: tuple[str, ...]


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """A workbook's sheets while it is open; a Problem when there is no workbook to be read."""
    with workbooks.opened(path, values=True, unpacked=_LARGEST_UNPACKED) as book:
        shown, notes = workbooks.visible(book)
        if len(shown) > _MOST_SHEETS:
            notes.append(say("第 {most} 张以后的工作表没有读。", most=_MOST_SHEETS))
        yield Book(map(_sheet, shown[:_MOST_SHEETS]), tuple(notes))


def text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _sheet(sheet: Any) -> Sheet:
    covered = _covered(sheet)
    read = sheet.iter_rows(max_col=workbooks.MOST_COLUMNS)
    rows: list[tuple[Cell, ...]] = []
    for number, cells in enumerate(islice(read, MOST_ROWS), 1):
        said = [_said(cell) for cell in cells]
        for column in covered.get(number, ()):
            said[column - 1] = rows[-1][column - 1]
        rows.append(tuple(said))
    unread = any(cell.value is not None for cells in islice(read, MOST_ROWS) for cell in cells)
    return Sheet(sheet.title, tuple(rows), unread)


def _covered(sheet: Any) -> dict[int, set[int]]:
    """Row -> columns that say what the row above says: merged cells keep their value in their first row.

    That is the only blank that means 'as above'. What is merged stands behind the rows, where a stream comes last.
    """
    from openpyxl.utils import range_boundaries

    with sheet._get_source() as source:
        found = islice(_MERGED.finditer(source.read()), _MOST_MERGED)
        areas = [range_boundaries(area[1].decode()) for area in found]
    covered: dict[int, set[int]] = {}
    for left, top, _, bottom in areas:
        for row in range(top + 1, min(bottom, MOST_ROWS) + 1):
            if left <= workbooks.MOST_COLUMNS:
                covered.setdefault(row, set()).add(left)
    return covered


def _said(cell: Any) -> Cell:
    """As the sheet shows it: 12000 and not 12000.0, 100% and not 1."""
    value = cell.value
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(str(value))
        return f"{plain(number * 100)}%" if "%" in cell.number_format else plain(number)
    return re.sub(r"\s+", " ", str(value)).strip() if value is not None else ""


def plain(number: Decimal) -> str:
    """Without an exponent and without trailing zeros."""
    return f"{number.normalize():f}"
