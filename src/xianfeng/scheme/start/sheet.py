"""A workbook's sheets as grids of what a reader sees: merged cells say their text in every row they cover."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from xianfeng.problems import Problem

MOST_ROWS = 500
_LARGEST = 10 * 2**20

Cell = str | dt.date


@dataclass(frozen=True)
class Sheet:
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    unread: int  # rows behind the last that is read


def sheets(path: Path) -> Iterator[Sheet]:
    """Each sheet of a workbook; a Problem when there is no workbook to be read."""
    import openpyxl  # a third of a second that every other command would wait for
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if path.stat().st_size > _LARGEST:
            raise Problem("scheme.too_large", f"{path.name} 超过 10 MB。", hint="只留任务分解表那一页，另存再试。")
        book = openpyxl.load_workbook(path, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        raise Problem(
            "scheme.not_a_table", f"{path.name} 不是能打开的 Excel 文件。", hint="另存为 .xlsx 再试。"
        ) from None
    for sheet in book.worksheets:
        yield Sheet(sheet.title, tuple(_rows(sheet)), max(0, sheet.max_row - MOST_ROWS))


def text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _rows(sheet: Any) -> Iterator[tuple[Cell, ...]]:
    """Merged cells keep their value in the first row; that is the only blank that means 'as above'."""
    covered = {
        (row, area.min_col): area.min_row
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
    }
    for number in range(1, min(sheet.max_row, MOST_ROWS) + 1):
        columns = range(1, sheet.max_column + 1)
        yield tuple(_said(sheet.cell(covered.get((number, column), number), column)) for column in columns)


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
