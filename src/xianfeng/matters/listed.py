"""A list of matters, as a hotline or an office passes them on: read from Excel or CSV, brought in whole or not at all.

Each gets a code like any other. The codes of one list follow from its seed, so that a list that is sent twice brings in
nothing twice and shows the same codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.matters.intake import Wish
from xianfeng.problems import Problem, Problems
from xianfeng.registry.imports import files
from xianfeng.registry.imports.tables import Row, fault
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say

MOST = 200  # matters of one list: as many slips as somebody cuts and hands out
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "text": ("诉求内容", "诉求", "工单内容", "内容", "问题描述"),
    "at": ("提给", "提给单位", "单位", "组织代码", "单位代码"),
    "hotline": ("热线工单号", "工单号", "工单编号", "12345工单号"),
    "sort": ("类型", "诉求类型", "工单类型"),
    "name": ("联系人", "诉求人", "姓名"),
    "phone": ("联系电话", "电话", "手机", "手机号"),
    "open": ("可以公开", "是否公开"),
}
_MEANS = {word: name for name, words in HEADINGS.items() for word in words}
_FURTHEST_HEADING = 10  # a title and a note may stand above the headings
_YES, _NO = ("是", "可以", "公开"), ("否", "不可以", "不公开", "")


@dataclass(frozen=True)
class Line:
    """One row. `at`: to whom it is brought, by code or name; '' for whoever brings the list in."""

    number: int
    at: str
    wish: Wish


@dataclass(frozen=True)
class Brought:
    """A matter of a list; `code` '' when it was known under its hotline's number and has a code already."""

    line: Line
    record: Record
    code: str


def read(path: Path, kind: Kind) -> tuple[Line, ...]:
    """The rows of the first sheet that says what is asked for; Problems with all that is wrong."""
    book, _ = files.read(path)
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:_FURTHEST_HEADING]):
            columns = {index: _MEANS[cell.strip()] for index, cell in enumerate(row.cells) if cell.strip() in _MEANS}
            if "text" in columns.values():
                return _lines(sheet.rows[at + 1 :], columns, kind)
    raise fault(
        "no_table",
        "没有找到表头“诉求内容”。",
        "第一行写表头：诉求内容、热线工单号、提给、类型、联系人、联系电话、可以公开。",
    )


def bring_in(
    *, by: Actor, scheme: str, lines: Sequence[Line], organisations: Mapping[str, int], seed: str
) -> tuple[Brought, ...]:
    """All of them or none. `organisations`: by what the rows call them."""
    found: list[Brought] = []
    refused: list[Problem] = []
    with transaction.atomic():
        for line in lines:
            try:
                with transaction.atomic():
                    found.append(_brought(by, scheme, line, organisations[line.at], seed))
            except Problem as problem:
                some = problem.problems if isinstance(problem, Problems) else (problem,)
                refused.extend(one.at(_place(line.number), row=line.number) for one in some)
        _refuse(refused)
    return tuple(found)


def _brought(by: Actor, scheme: str, line: Line, organisation: int, seed: str) -> Brought:
    code = codes.in_batch(seed, line.number)
    record = intake.file(by=by, scheme=scheme, organisation=organisation, wish=line.wish, code=code)
    own = counterfoils.opened(code)
    return Brought(line, record, code if own is not None and own.id == record.id else "")


def _lines(rows: Sequence[Row], columns: Mapping[int, str], kind: Kind) -> tuple[Line, ...]:
    sort = kind.fields.get(kind.roles.get("sort", ""))
    titles = {title: name for name, title in sort.choices.items()} if sort else {}
    refused = [problem for row in rows for problem in row.problems]
    found = []
    for row in rows:
        told = {columns[index]: cell.strip() for index, cell in enumerate(row.cells) if index in columns}
        if any(told.values()):
            line = _line(row.number, told, titles, refused.append)
            found.append(replace(line, wish=replace(line.wish, kind=kind.name)))
    if not found:
        refused.append(fault("empty", "表里没有诉求。", "表头下面一行写一件。"))
    if len(found) > MOST:
        refused.append(fault("too_many", say("一次最多 {most} 件。", most=MOST), "请分成几份导入。"))
    _refuse(refused)
    return tuple(found)


def _line(number: int, told: Mapping[str, str], titles: Mapping[str, str], refuse: Callable[[Problem], None]) -> Line:
    place, sort, open_ = _place(number), told.get("sort", ""), told.get("open", "")
    if not told.get("text"):
        refuse(fault("no_text", "没有写诉求内容。", "请补上，或者删去这一行。", place=place))
    if sort and sort not in titles:
        hint = say("可以写：{titles}。", titles="、".join(titles))
        refuse(fault("sort", say("没有“{sort}”这一类。", sort=sort), hint, place=place))
    if open_ not in (*_YES, *_NO):
        refuse(fault("open", say("“可以公开”一栏写的是“{open}”。", open=open_), "请写“是”或者“否”。", place=place))
    hotline = told.get("hotline", "")
    wish = Wish(
        text=told.get("text", ""),
        via="hotline" if hotline else "import",
        sort=titles.get(sort, ""),
        private=open_ not in _YES,
        name=told.get("name", ""),
        phone=told.get("phone", ""),
        hotline=hotline,
    )
    return Line(number, told.get("at", ""), wish)


def _refuse(refused: list[Problem]) -> None:
    if refused:
        raise Problems(
            refused,
            code="matters.list",
            message=say("有 {count} 处要改，一件也没有登记。", count=len(refused)),
            hint="改好后重新导入整份表。",
        )


def _place(number: int) -> str:
    return say("第 {row} 行", row=number)
