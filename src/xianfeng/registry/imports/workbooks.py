"""Excel workbooks, read row by row; what a person would not see in them is not read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xianfeng.problems import Problem
from xianfeng.registry.imports.tables import MOST_ROWS, Book, Row, Sheet, cell_place, fault
from xianfeng.sentences import say
from xianfeng.workbooks import MOST_COLUMNS, opened, visible

_KEPT_DIGITS = 15  # what a spreadsheet keeps of a number


def read(path: Path) -> Book:
    with opened(path, values=False) as book:
        sheets, notes = visible(book)
        return Book(tuple(Sheet(sheet.title, tuple(_rows(sheet))) for sheet in sheets), tuple(notes))


def _rows(sheet: Any) -> Iterator[Row]:
    filled = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        row = _row(number, cells)
        if any(row.cells) or row.problems:
            filled += 1
            yield row
        if filled > MOST_ROWS or number > 10 * MOST_ROWS:
            raise fault(
                "too_many",
                say("工作表“{sheet}”超过 {most_rows} 行", sheet=sheet.title, most_rows=MOST_ROWS),
                say("拆成几个文件。"),
            )


def _row(number: int, cells: tuple[Any, ...]) -> Row:
    texts: list[str] = []
    problems: list[Problem] = []
    for column, cell in enumerate(cells, 1):
        read_ = _cell(cell, cell_place(number, column)) if cell.value is not None else ""
        texts.append(read_ if isinstance(read_, str) else "")
        if isinstance(read_, Problem):
            problems.append(read_)
    return Row(number, tuple(texts), tuple(problems))


def _cell(cell: Any, place: str) -> str | Problem:
    value = cell.value
    if cell.data_type == "f":
        return fault("formula", say("这一格是公式"), say("复制这一列，再“选择性粘贴”为数值。"), place=place)
    if cell.data_type == "e":
        return fault(
            "error_cell", say("这一格是错误值 {value}", value=value), say("改正公式，或填写数值。"), place=place
        )
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, cell.number_format, place)
    return str(value).strip()


def _number(value: float, format_: str, place: str) -> str | Problem:
    if not float(value).is_integer():
        return str(value)
    digits = str(abs(int(value)))
    if len(digits) > _KEPT_DIGITS:
        hint = say("Excel 的数字只保留 15 位，后几位已经变成 0：把单元格设为文本，从原始资料重新抄录。")
        return fault("digits_lost", say("“{digits}”作为数字保存，号码已不完整", digits=digits), hint, place=place)
    if re.fullmatch(r"0+", format_):
        digits = digits.zfill(len(format_))  # shown with leading zeros by its format
    return f"-{digits}" if value < 0 else digits
