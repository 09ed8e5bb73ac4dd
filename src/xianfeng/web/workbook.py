"""A table as an Excel workbook: numbers as numbers, codes as text, and no text that Excel would run."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from xianfeng.spreadsheets import harmless
from xianfeng.web.cells import Cell
from xianfeng.web.tables import Column, Table

EXACT = 10**15  # Excel keeps fifteen digits; a longer number is kept as text
SHEET_NAME = re.compile(r"[\[\]:*?/\\]")

_THIN = Side(style="thin", color="CFC6BC")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="F1ECE5")


def written(table: Table, *, sources: str = "") -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET_NAME.sub(" ", str(table.title))[:31] or "Sheet")
    facts = list(_facts(table, sources))
    _layout(sheet, table, head=len(facts) + 2)
    sheet.append([_cell(sheet, str(table.title), font=Font(bold=True, size=14))])
    for fact in facts:
        sheet.append([_cell(sheet, fact, font=Font(color="655C55"))])
    kept = [(at, column) for at, column in enumerate(table.columns) if not column.tool]
    sheet.append([_cell(sheet, column.heading, font=Font(bold=True), fill=_HEAD) for _at, column in kept])
    for row in (*table.rows, *([table.foot] if table.foot else ())):
        sheet.append([_value(sheet, column, row[at]) for at, column in kept])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _facts(table: Table, sources: str) -> Iterable[str]:
    if settings.XIANFENG_SYNTHETIC:
        yield gettext("演示数据：记录是模拟的，不是真实工作记录。")
    if table.note:
        yield table.note
    if sources:
        yield gettext("统计口径：%(address)s") % {"address": sources}
    yield gettext("导出时间：%(time)s") % {"time": timezone.localtime().strftime("%Y-%m-%d %H:%M")}


def _layout(sheet: WriteOnlyWorksheet, table: Table, *, head: int) -> None:
    """On screen the head stays; on paper it is repeated, and the columns fit on the page's width."""
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if len(table.columns) > 6 else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for at, column in enumerate(table.columns):
        longest = max([_width(column.heading), *(_width(row[at].words) for row in table.rows[:200])])
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(longest + 2, 8), 60)


def _width(words: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in words)


def _value(sheet: WriteOnlyWorksheet, column: Column, cell: Cell) -> WriteOnlyCell:
    kept: Any = cell.value
    if isinstance(kept, int | Decimal) and -EXACT < kept < EXACT:
        made = WriteOnlyCell(sheet, value=kept)
        made.number_format = cell.format or ("#,##0" if kept == int(kept) else "#,##0.##########")
    elif isinstance(kept, dt.date):
        made = WriteOnlyCell(sheet, value=kept)
        made.number_format = cell.format or "yyyy-mm-dd"
    else:
        made = _cell(sheet, str(kept) if isinstance(kept, int | Decimal) else cell.words)
        made.number_format = "@"
    made.border = _BOX
    made.alignment = Alignment(horizontal=column.align, vertical="top", wrap_text=True)
    return made


def _cell(
    sheet: WriteOnlyWorksheet, words: str, *, font: Font | None = None, fill: PatternFill | None = None
) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, value=harmless(words))
    made.data_type = "s"  # whatever it begins with
    if font:
        made.font = font
    if fill:
        made.fill, made.border = fill, _BOX
    return made
