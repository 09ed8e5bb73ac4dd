"""Reading a task-decomposition table: an Excel sheet whose columns are found by the words in its header.

No two offices lay it out alike; what they share is a row of headings with 任务, 责任单位 and 时限 in it. Whatever
cannot be read as a number or a date stays text, and each row says what was read, what was guessed and what was left.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from xianfeng.problems import Problem
from xianfeng.scheme.start import phrases
from xianfeng.scheme.start.sheet import MOST_ROWS, Cell, Sheet, opened, plain, text
from xianfeng.sentences import say, together

HEADINGS: dict[str, tuple[str, ...]] = {  # column -> words of its heading, the surest first
    "often": ("频次", "频率", "报送周期", "周期"),
    "measure": ("统计指标", "指标名称"),
    "due": ("完成时限", "完成时间", "时限", "期限", "时间"),
    "lead": ("牵头单位", "责任单位", "牵头", "责任", "主办", "负责"),
    "goal": ("目标", "指标", "标准", "要求"),
    "title": ("工作任务", "任务", "工作内容", "事项", "项目", "内容", "措施"),
}
NEEDED = ("title", "lead")
FURTHEST_HEADER = 10


@dataclass(frozen=True)
class Doubt:
    """Something that had to be guessed or could not be read, with the column it stands in."""

    column: str  # a key of HEADINGS
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, kw_only=True)
class Task:
    """One row: what is to be done, by whom, how much, how often, by when; and what is doubtful about it."""

    row: int  # in the sheet, for the reader to find it again
    title: str
    measure: str = ""  # what its figure is called, where the table names it
    lead: str = ""
    goal: str = ""
    amount: Decimal | None = None  # for the whole campaign; of a task that repeats there is none
    unit: str = ""
    every: str = ""  # as an obligation says it
    times: int = 0  # in each of these
    due: dt.date | None = None
    due_text: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def read(self) -> str:
        """What was understood of it, in one line."""
        amount = f"目标数 {plain(self.amount)}{self.unit}" if self.amount is not None else ""
        often = f"每{_PERIODS[self.every]}{self.times}次" if self.every else ""
        due = f"时限 {self.due}" if self.due else ""
        return "；".join(part for part in (self.lead and f"牵头 {self.lead}", amount, often, due) if part)


@dataclass(frozen=True)
class Tasks:
    """The tasks of a sheet, and the rows that were left out, each with the reason."""

    tasks: tuple[Task, ...] = ()
    left: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)  # where each is in the sheet, from 0

    def cell(self, row: int, column: str) -> str:
        """A cell as the sheet calls it: D5; the row alone where the sheet has no such column."""
        if column not in self.columns:
            return str(row)
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self.columns[column] + 1)}{row}"


_PERIODS = {"week": "周", "month": "月", "quarter": "季度", "half_year": "半年", "year": "年"}


def tasks_in(path: Path) -> Tasks:
    """The tasks of the first sheet that has a header; a Problem says what is missing."""
    with opened(path) as book:
        for sheet in book.sheets:
            found = _header(sheet.rows)
            tasks = _read(sheet, *found) if found else Tasks()
            if tasks.tasks:
                return replace(tasks, left=(*tasks.left, *book.notes))
    words = "、".join(HEADINGS[column][0] for column in NEEDED)
    hint = say("表头里要有“{words}”这样的列，下面要有任务。", words=words)
    if book.notes:
        hint = together((hint, *book.notes), by="")
    raise Problem("scheme.no_tasks", say("{file} 里没有找到任务。", file=path.name), hint=hint)


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]] | None:
    """The header's row and which column is where."""
    for number, row in enumerate(rows[:FURTHEST_HEADER]):
        cells = [re.sub(r"\s", "", text(cell)) for cell in row]
        columns: dict[str, int] = {}
        for column, words in HEADINGS.items():
            places = (at for word in words for at, cell in enumerate(cells) if word in cell and len(cell) <= 12)
            place = next((at for at in places if at not in columns.values()), None)
            if place is not None:
                columns[column] = place
        if all(column in columns for column in NEEDED):
            return number, columns
    return None


def _read(sheet: Sheet, header: int, columns: Mapping[str, int]) -> Tasks:
    year = phrases.year_of(" ".join(text(cell) for row in sheet.rows[:header] for cell in row) or sheet.title)
    tasks: list[Task] = []
    left: list[str] = []
    for number, row in enumerate(sheet.rows[header + 1 :], start=header + 2):
        said = {column: row[at] for column, at in columns.items()}
        if text(said["title"]):
            tasks.append(_task(number, said, year))
        elif any(row):
            left.append(f"第 {number} 行没有写任务，没有读：{'，'.join(text(cell) for cell in row if cell)}")
    if sheet.unread:
        left.append(say("第 {most} 行以后还有内容，没有读。", most=MOST_ROWS))
    return Tasks(tuple(tasks), tuple(left), dict(columns))


def _task(number: int, said: Mapping[str, Cell], year: int | None) -> Task:
    goal, when = text(said.get("goal", "")), said.get("due", "")
    lead = text(said["lead"])
    every, times = phrases.often(goal)
    amount = phrases.Amount() if every else phrases.amount(goal)
    if not every:
        every, times = phrases.often(text(when))
    if said_often := text(said.get("often", "")):
        every, times = phrases.often(said_often if "每" in said_often else f"每{said_often}")
    due = phrases.due(when, year)
    task = Task(
        row=number,
        title=text(said["title"]),
        measure=text(said.get("measure", "")),
        lead=lead,
        goal=goal,
        amount=amount.value,
        unit=amount.unit,
        every=every,
        times=times,
        due=due.day,
        due_text=when if isinstance(when, str) else "",
    )
    return replace(task, doubts=tuple(_doubts(task, amount, due, said_often)))


def _doubts(said: Task, amount: phrases.Amount, due: phrases.Due, often: str) -> Iterator[Doubt]:
    if not said.lead:
        yield Doubt("lead", "牵头单位是空的，也没有与上一行合并：没有写工作要求，请补上由谁来做")
    if often and not said.every:
        yield Doubt("often", f"频次“{often}”没有看懂，请写成“每月1次”的样子")
    if said.every and said.amount is None:
        yield Doubt("goal", f"按每{_PERIODS[said.every]}{said.times}次的工作要求写，没有全年的目标数")
    if amount.doubt and (amount.rate or said.amount is not None or not said.every):
        yield Doubt("goal", amount.doubt)
    if phrases.often(said.goal)[0] and re.search(r"\d\D+\d", said.goal):
        yield Doubt("goal", f"“{said.goal}”里别的数没有读")
    if due.doubt:
        yield Doubt("due", due.doubt)
