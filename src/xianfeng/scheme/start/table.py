"""Reading a task-decomposition table: an Excel sheet whose columns are found by the words in its header.

No two offices lay it out alike; what they share is a row of headings with 任务, 责任单位 and 时限 in it. Whatever
cannot be read as a number or a date stays text and is shown as the office wrote it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from xianfeng.problems import Problem

HEADINGS: dict[str, tuple[str, ...]] = {  # column -> words of its heading, the surest first
    "due": ("完成时限", "完成时间", "时限", "期限", "时间"),
    "lead": ("牵头单位", "责任单位", "牵头", "责任", "主办", "负责"),
    "goal": ("目标", "指标", "标准", "要求"),
    "title": ("工作任务", "任务", "工作内容", "事项", "项目", "内容", "措施"),
}
NEEDED = ("title", "lead")
FURTHEST_HEADER = 10
MOST_ROWS = 500
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿]?)(人次|%|[^\W\d_])?")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})?)?")


@dataclass(frozen=True, kw_only=True)
class Task:
    """One row: what is to be done, by whom, how much, by when."""

    row: int  # in the sheet, for the reader to find it again
    title: str
    lead: str
    goal: str = ""
    amount: Decimal | None = None
    unit: str = ""
    due: dt.date | None = None
    due_text: str = ""


def tasks_in(path: Path) -> tuple[Task, ...]:
    """The tasks of the first sheet that has a header; a Problem says what is missing."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        raise Problem("scheme.not_a_table", f"{path} 不是能打开的 Excel 文件。", hint="另存为 .xlsx 再试。") from None
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + FURTHEST_HEADER))
        found = _header(rows)
        if found:
            tasks = tuple(_tasks(rows, *found))
            if tasks:
                return tasks
    words = "、".join(HEADINGS[column][0] for column in NEEDED)
    raise Problem("scheme.no_tasks", f"{path} 里没有找到任务。", hint=f"表头里要有“{words}”这样的列，下面要有任务。")


def _header(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]] | None:
    """The header's row and which column is where."""
    for number, row in enumerate(rows[:FURTHEST_HEADER]):
        cells = [re.sub(r"\s", "", str(cell or "")) for cell in row]
        columns: dict[str, int] = {}
        for column, words in HEADINGS.items():
            places = (at for word in words for at, cell in enumerate(cells) if word in cell and len(cell) <= 12)
            place = next((at for at in places if at not in columns.values()), None)
            if place is not None:
                columns[column] = place
        if all(column in columns for column in NEEDED):
            return number, columns
    return None


def _tasks(rows: Sequence[Sequence[object]], header: int, columns: dict[str, int]) -> Iterator[Task]:
    lead = ""
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        said = {column: row[at] if at < len(row) else None for column, at in columns.items()}
        title, goal = _text(said["title"]), _text(said.get("goal"))
        lead = _text(said["lead"]) or lead  # merged cells keep their value in the first row only
        if not title or not lead:
            continue
        amount, unit = _amount(goal)
        due = _due(said.get("due"))
        due_text = "" if due else _text(said.get("due"))
        yield Task(row=number, title=title, lead=lead, goal=goal, amount=amount, unit=unit, due=due, due_text=due_text)


def _text(cell: object) -> str:
    return re.sub(r"\s+", " ", str(cell)).strip() if cell is not None else ""


def _amount(goal: str) -> tuple[Decimal | None, str]:
    """The first number of a goal that is not a year, with what stands behind it as its unit."""
    for found in _AMOUNT.finditer(goal):
        number, times, unit = found[1].replace(",", ""), _TIMES[found[2]], found[3] or ""
        if unit not in ("年", "月", "日") and len(number) <= 7:
            return Decimal(number) * times, unit
    return None, ""


def _due(cell: object) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    found = _DAY.search(_text(cell))
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        if found[3]:
            return dt.date(year, month, int(found[3]))
        following = dt.date(year + month // 12, month % 12 + 1, 1)  # '2012年6月底': the month's last day
    except ValueError:
        return None
    return following - dt.timedelta(days=1)
