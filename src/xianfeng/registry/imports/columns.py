"""Which column is which, by the words that offices write above them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xianfeng.problems import Problem
from xianfeng.registry.imports.tables import Book, Row, Sheet, fault
from xianfeng.sentences import say

_ORGANISATIONS = {
    "code": ("代码", "组织代码", "单位代码", "编码", "统一社会信用代码"),
    "name": ("名称", "组织名称", "单位名称", "党组织名称"),
    "parent": ("上级代码", "上级组织代码", "上级单位代码", "上级"),
    "type": ("类型", "组织类型"),
    "level": ("级别", "层级"),
    "category": ("类别", "分类", "行业"),
    "founded": ("成立日期", "成立时间"),
}
_CONTACTS = {
    "organisation": ("组织代码", "单位代码", "代码"),
    "name": ("姓名",),
    "role": ("职务", "角色"),
    "code": ("人员编号", "工号", "编号"),
    "phone": ("电话", "联系电话", "手机", "手机号"),
    "since": ("任职日期", "任职时间"),
}
_NEEDED = {"organisations": ("code", "name", "parent"), "contacts": ("organisation", "name", "role")}
_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"organisations": _ORGANISATIONS, "contacts": _CONTACTS}
)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_HEADINGS = 10  # a title and a note may stand above the headings


@dataclass(frozen=True)
class Line:
    """A row under recognised headings: column name -> text."""

    number: int
    values: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def place(self) -> str:
        return f"第 {self.number} 行"

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True)
class List:
    """The one sheet of a book that is a list of organisations or of contacts."""

    kind: str
    lines: tuple[Line, ...]
    unused: tuple[str, ...]  # headings that mean nothing here


def recognise(book: Book) -> List:
    found = [list_ for sheet in book.sheets if (list_ := _list(sheet)) is not None]
    if len(found) == 1:
        return found[0]
    if found:
        raise fault(
            "two_lists", say("有 {count} 个工作表都像名单", count=len(found)), say("一个文件只留一个名单，其余另存。")
        )
    needed = say("；或 ").join("、".join(_WORDS[kind][name][0] for name in names) for kind, names in _NEEDED.items())
    raise fault("no_list", say("没有找到认识的表头"), say("表头要有：{needed}。", needed=needed))


def _list(sheet: Sheet) -> List | None:
    for position, row in enumerate(sheet.rows[:_HEADINGS]):
        for kind in ("contacts", "organisations"):
            columns = _columns(row, _WORDS[kind])
            if all(name in columns.values() for name in _NEEDED[kind]):
                unused = tuple(cell for index, cell in enumerate(row.cells) if cell and index not in columns)
                return List(kind, tuple(_lines(sheet.rows[position + 1 :], columns)), unused)
    return None


def _columns(heading: Row, words: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """Column index -> its name; the first of two alike counts."""
    names = {word: name for name, some in words.items() for word in some}
    columns: dict[int, str] = {}
    for index, cell in enumerate(heading.cells):
        name = names.get(re.sub(r"[\s*＊（(].*$|\s", "", cell))
        if name and name not in columns.values():
            columns[index] = name
    return columns


def _lines(rows: tuple[Row, ...], columns: Mapping[int, str]) -> Iterator[Line]:
    for row in rows:
        values = {name: row.cells[index] for index, name in columns.items() if index < len(row.cells)}
        if any(values.values()) or row.problems:
            yield Line(row.number, values, row.problems)


def day(text: str, place: str) -> dt.date | Problem:
    match = _DAY.fullmatch(text)
    if match:
        year, month, day_ = (int(part) for part in match.groups() if part)
        try:
            return dt.date(year, month, day_)
        except ValueError:
            pass
    return fault("day", say("“{text}”不是日期", text=text), say("写成 2010-08-30。"), place=place)
