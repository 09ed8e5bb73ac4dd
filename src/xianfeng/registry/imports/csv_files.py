"""CSV in the encodings that offices save it in: UTF-8, and GB 18030 from Chinese Windows."""

from __future__ import annotations

import csv
import io
import re

from xianfeng.problems import Problem
from xianfeng.registry.imports.tables import MOST_ROWS, Book, Row, Sheet, cell_place, fault
from xianfeng.sentences import say
from xianfeng.workbooks import MOST_COLUMNS

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")
_LONGEST_CELL = 10_000


def read(content: bytes) -> Book:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(reader.line_num, cells))
            if len(rows) > MOST_ROWS:
                raise fault("too_many", say("超过 {most_rows} 行", most_rows=MOST_ROWS), say("拆成几个文件。"))
    except csv.Error as error:
        hint = say("检查引号是否成对。")
        raise fault(
            "csv", say("第 {line_num} 行不是规范的 CSV：{error}", line_num=reader.line_num, error=error), hint
        ) from error
    return Book(sheets=(Sheet("CSV", tuple(rows)),))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise fault(
        "encoding", say("文件的编码不是 UTF-8 也不是 GB 18030"), say("用 Excel 或 WPS 另存为 CSV UTF-8 或 .xlsx。")
    )


def _row(number: int, cells: list[str]) -> Row:
    problems = [
        problem
        for column, cell in enumerate(cells[:MOST_COLUMNS], 1)
        if (problem := _cell_problem(cell.strip(), number, column))
    ]
    return Row(number, tuple(cell.strip() for cell in cells[:MOST_COLUMNS]), tuple(problems))


def _cell_problem(cell: str, row: int, column: int) -> Problem | None:
    place = cell_place(row, column)
    if _SCIENTIFIC.fullmatch(cell):
        hint = say("Excel 把长号码变成了科学计数法，后几位已经丢失：从原始资料重新抄录，单元格设为文本。")
        return fault("digits_lost", say("“{cell}”不是完整的号码", cell=cell), hint, place=place)
    if len(cell) > _LONGEST_CELL:
        return fault("long_cell", say("一格里的文字过长"), say("检查引号是否成对。"), place=place)
    return None
