"""A table of records, as an office keeps one: a row a piece of work, headed by the field's titles or names.

Besides the fields it needs the columns 组织代码 and 日期, and may have 来源编号, under which a row is filed only once.
Organisations and people stand in it by their codes; each group of a tally has a column of its own, 参加人数（党员）.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xianfeng.ledger.preparing import Row
from xianfeng.ledger.saying import of_row
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.imports import files
from xianfeng.registry.imports.columns import day as day_of
from xianfeng.registry.imports.tables import Row as Cells
from xianfeng.registry.imports.tables import fault
from xianfeng.registry.models import Person
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say, together

CODE, DAY, REFERENCE = "组织代码", "日期", "来源编号"
_FURTHEST_HEADING = 10  # a title and a note may stand above the headings

Column = tuple[str, str]  # a heading's meaning: a field and, of a tally, the group


@dataclass(frozen=True)
class Table:
    """What was read: the rows to file, the sheet's number of each, and everything that stops it."""

    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read(path: Path, kind: Kind, *, state: str | None = None) -> Table:
    """The rows of the first sheet that has the headings; a Problem says what is missing."""
    book, _ = files.read(path)
    meanings = headings(kind)
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:_FURTHEST_HEADING]):
            if CODE in row.cells and DAY in row.cells:
                columns = {index: meanings[cell] for index, cell in enumerate(row.cells) if cell in meanings}
                unknown = [_unknown(cell, meanings) for cell in row.cells if cell and cell not in meanings]
                return _table(_Reader(kind, columns, state), sheet.rows[at + 1 :], unknown, book.notes)
    message = say("没有找到表头“{code}”和“{day}”", code=CODE, day=DAY)
    raise fault("no_table", message, say("第一行写表头：{titles}。", titles=together(_titles(kind), by="、")))


def headings(kind: Kind) -> dict[str, Column]:
    """What each possible heading means."""
    known: dict[str, Column] = {heading: (heading, "") for heading in (CODE, DAY, REFERENCE)}
    for field in kind.fields.values():
        if field.retired or field.type is FieldType.ATTACHMENTS:
            continue
        known |= {f"{field.title}（{title}）": (field.name, group) for group, title in field.groups.items()}
        if not field.groups:
            known |= {field.name: (field.name, ""), **({} if field.title in known else {field.title: (field.name, "")})}
    return known


def _titles(kind: Kind) -> list[str]:
    return [heading for heading in headings(kind) if heading not in kind.fields]


def _unknown(cell: str, meanings: Mapping[str, Column]) -> Problem:
    near = difflib.get_close_matches(cell, list(meanings), n=1)
    hint = say("不登记的列请先删去。")
    if near:
        hint = say("是不是“{near}”？{hint}", near=near[0], hint=hint)
    return fault("unknown_column", say("没有“{cell}”这一栏", cell=cell), hint, place=say("表头"))


def _table(reader: _Reader, rows: Sequence[Cells], unknown: list[Problem], notes: tuple[str, ...]) -> Table:
    problems = [*unknown]
    read: list[tuple[int, Row]] = []
    for row in rows:
        problems += row.problems
        try:
            read.append((row.number, reader.row(row)))
        except Problem as problem:
            problems.append(problem.at(of_row(row.number)))
    return Table(tuple(row for _, row in read), tuple(number for number, _ in read), tuple(problems), notes)


class _Reader:
    """Reads rows under known columns."""

    def __init__(self, kind: Kind, columns: Mapping[int, Column], state: str | None) -> None:
        self._fields, self._columns, self._state = kind.fields, columns, state
        self._codes = Codes()

    def row(self, cells: Cells) -> Row:
        said = {column: cells.cells[index] for index, column in self._columns.items() if index < len(cells.cells)}
        day = day_of(said.pop((DAY, ""), ""), DAY)
        if isinstance(day, Problem):
            raise day
        organisation = self._codes.organisation(said.pop((CODE, ""), ""), CODE)
        reference = said.pop((REFERENCE, ""), "") or None
        values = dict(self._values(said))
        return Row(organisation=organisation, day=day, values=values, reference=reference, state=self._state)

    def _values(self, said: Mapping[Column, str]) -> Iterator[tuple[str, object]]:
        tallies: dict[str, dict[str, str]] = {}
        for (name, group), text in said.items():
            if group and text:
                tallies.setdefault(name, {})[group] = text
            elif text:
                yield name, self._codes.value(self._fields[name], text)
        yield from tallies.items()


class Codes:
    """Values as an office writes them: organisations and people by their codes, looked up once each."""

    def __init__(self) -> None:
        self._organisations: dict[str, int] = {}

    def value(self, field: Field, text: str) -> object:
        if field.type in (FieldType.ORGANISATION, FieldType.PLACE):
            return self.organisation(text, field.title)
        if field.type is FieldType.PERSON:
            return _person(text, field.title)
        if field.type is FieldType.DATE:
            day = day_of(text, field.title)
            return day if isinstance(day, dt.date) else text
        return text

    def organisation(self, code: str, place: str) -> int:
        if code not in self._organisations:
            found = tree.by_any_code(code) if code else None
            if found is None:
                message = say("没有代码为“{code}”的组织", code=code) if code else say("没有写组织代码")
                raise fault("unknown_organisation", message, say("核对代码，或先导入组织名单。"), place=place)
            self._organisations[code] = found.id
        return self._organisations[code]


def _person(code: str, place: str) -> int:
    found = Person.objects.filter(code=code).values_list("id", flat=True).first()
    if found is None:
        message = say("没有编号为“{code}”的人员", code=code)
        raise fault("unknown_person", message, say("核对人员编号，或先导入联系人名单。"), place=place)
    return found
