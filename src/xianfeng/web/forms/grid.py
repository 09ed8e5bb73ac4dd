"""Many records at once: a kind as the columns of a table, rows as they are typed or pasted from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from xianfeng.ledger.values import is_missing
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.web.forms import receipts, written
from xianfeng.web.forms.faults import DAY, FOR, Fault
from xianfeng.web.forms.filing import later
from xianfeng.web.forms.sheet import FEW, NAMED, PREFIX, Option, Sheet, Typed
from xianfeng.web.forms.weighing import Entry, Filer
from xianfeng.web.record.files import FileLink

MOST = 100  # rows of one grid
ROWS = 10  # to begin with
_FIELDS = 4_500  # inputs that one form may have
_CELL = re.compile(r"r(\d{1,4})-(.+)")
_Called = Mapping[FieldType, Mapping[str, str]]
_WIDE = (FieldType.LONG_TEXT, FieldType.TEXT)


@dataclass(frozen=True)
class Column:
    """`name` is what its inputs are called behind the row: for, day, f-<field>, f-<field>.<group>."""

    name: str
    field: str  # whose faults stand here
    title: str
    unit: str = ""
    look: str = ""  # '' | narrow | wide | date | files
    must: bool = False
    options: tuple[Option, ...] = ()
    of: Field | None = None
    help: str = ""

    @property
    def about(self) -> str:
        """What a fault calls it: a field, or a group of one."""
        return self.name.removeprefix(PREFIX)

    @property
    def heading(self) -> str:
        """All of its head in one line, as a phone says it before each input."""
        group = self.of.title if self.of is not None and self.of.groups else ""
        unit = gettext("{title}（{unit}）").format(title=self.title, unit=self.unit) if self.unit else self.title
        title = gettext("代填哪个组织") if self.field == FOR else unit
        return f"{group} · {title}" if group else title

    @property
    def names(self) -> FieldType | None:
        """What codes in it stand for."""
        if self.field == FOR:
            return FieldType.ORGANISATION
        return self.of.type if self.of is not None and self.of.type in NAMED else None

    @property
    def holds_files(self) -> bool:
        return self.look == "files"

    @property
    def adds_up(self) -> bool:
        return self.look == "narrow" and self.of is not None and self.of.type is not FieldType.PERCENT


@dataclass(frozen=True)
class Cell:
    name: str
    column: Column
    value: str
    options: tuple[Option, ...] = ()
    fault: str = ""
    files: tuple[FileLink, ...] = ()
    called: str = ""  # who or what its code stands for

    @property
    def says(self) -> bool:
        """Whether a preview has to show it; whose work it is and its day are always shown."""
        return bool(self.value.strip() or self.files) or self.column.field in (FOR, DAY)

    @property
    def shown(self) -> str:
        """In words, as it will be filed, for the preview."""
        if self.called:
            return self.called
        if self.column.of is None or not self.options:
            return self._understood
        return next((one.title for one in self.options if one.chosen), self.value)

    @property
    def _understood(self) -> str:
        if self.column.look == "date":
            return written.day(self.value)
        return (
            written.taken(self.column.of, self.value) if self.column.look == "narrow" and self.column.of else self.value
        )


@dataclass(frozen=True)
class Line:
    number: int
    cells: tuple[Cell, ...]
    fault: str = ""  # of the row as a whole
    spare: bool = False  # nobody has filled it in


@dataclass(frozen=True)
class Grid:
    """`day` counts in rows that name none; `start` is what a new row begins with, which alone makes it no row."""

    filer: Filer
    sheet: Sheet
    day: str
    start: Typed
    below: bool  # whether there is anybody to file for

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        first = [Column(FOR, FOR, gettext("组织"))] if self.below else []
        first.append(Column(DAY, DAY, gettext("日期"), look="date"))
        waits = later(self.sheet.kind)
        fields = [one for one in self.sheet.fields if one.name not in waits]
        columns = [column for one in fields for column in _columns(one)]
        return (*first, *sorted(columns, key=lambda column: column.holds_files))  # behind all that can be pasted

    @cached_property
    def most(self) -> int:
        return min(MOST, _FIELDS // len(self.columns))

    def typed(self, posted: MultiValueDict[str, str], uploaded: receipts.Uploaded) -> list[Typed]:
        """The rows in which something was typed or chosen, in their order; files by their receipts."""
        names = {column.name for column in self.columns}
        holding = {column.name for column in self.columns if column.holds_files}
        chosen = [name for name in uploaded if (said := _CELL.fullmatch(name)) and said[2] in holding]
        rows: dict[int, dict[str, list[str]]] = {}
        for name, texts in receipts.received(dict(posted.lists()), uploaded, chosen).items():
            said = _CELL.fullmatch(name)
            if said and said[2] in names:
                rows.setdefault(int(said[1]), {})[said[2]] = texts
        return [row for _, row in sorted(rows.items()) if self._says(row)]

    def pasted(self, text: str) -> list[Typed]:
        """Lines copied from a spreadsheet: by the heads above them, if there are any, else in the order of columns."""
        lines = [line for line in _split(text) if any(cell.strip() for cell in line)]
        if not lines:
            return []
        heads = self._heads(lines[0])
        columns = heads or [column for column in self.columns if not column.holds_files]
        rows = lines[1:] if heads else lines
        return [
            {column.name: [cell.strip()] for column, cell in zip(columns, row, strict=False) if column is not None}
            for row in rows
        ]

    def entries(self, rows: Iterable[Typed]) -> list[Entry]:
        """Each row as a form; its organisation looked up among those below."""
        wanted = list(rows)
        named = self.filer.names.inside(text for row in wanted if (text := _text(row, FOR)))
        return [self._entry(row, named) for row in wanted]

    def lines(self, rows: Sequence[Typed], faults: Iterable[Fault] = (), *, spare: int = 0) -> tuple[Line, ...]:
        """The rows to be shown, then as many that nobody has filled in."""
        wrong: dict[tuple[int, str], str] = {}
        for fault in faults:
            wrong.setdefault((fault.row, fault.field), fault.told)
        blank = max(0, min(spare, self.most - len(rows)))
        shown, called = [*rows, *[self.start] * blank], self._called(rows)
        return tuple(
            replace(self._line(number, row, wrong, called), spare=number > len(rows))
            for number, row in enumerate(shown, start=1)
        )

    def totals(self, rows: Iterable[Typed]) -> tuple[str, ...]:
        """What each column comes to; '' where it is no column of numbers."""
        kept = list(rows)
        return tuple(_total(column, kept) if column.adds_up else "" for column in self.columns)

    def anchor(self, fault: Fault, rows: Sequence[Typed]) -> str:
        """The input that a fault is about."""
        column = self._faulty(fault.field, rows[fault.row - 1]) if fault.row else None
        return f"r{fault.row - 1}-{column.name}" if column else ""

    def _entry(self, row: Typed, named: Mapping[str, Node]) -> Entry:
        organisation: Node | None = self.filer.own
        problems: tuple[Problem, ...] = ()
        if not is_missing(text := _text(row, FOR)):
            organisation = named.get(text)
            if organisation is None:
                said = gettext("本组织之下没有“{name}”。").format(name=text.strip()[:40])
                problems = (Problem("web.not_below", said, hint=gettext("写组织代码或全称。"), field=FOR),)
        day = _text(row, DAY)
        return Entry(organisation, self.day if is_missing(day) else day, row, problems)

    def _says(self, row: Typed) -> bool:
        return any(
            not is_missing(text) and text not in self.start.get(name, ())
            for name, texts in row.items()
            if name not in (FOR, DAY)
            for text in texts
        )

    def _heads(self, line: Sequence[str]) -> list[Column | None]:
        """The columns that a line of heads names; empty when it is no such line."""
        columns = [column for column in self.columns if not column.holds_files]
        known = {_plain(title): column for column in columns for title in _titles(column)}
        heads = [known.get(_plain(cell)) for cell in line]
        found = sum(head is not None for head in heads)
        return heads if found and found * 2 >= sum(bool(cell.strip()) for cell in line) else []

    def _called(self, rows: Sequence[Typed]) -> _Called:
        """What stands behind the codes in the columns of organisations and people."""
        texts: dict[FieldType, set[str]] = {}
        for column in self.columns:
            if column.names is not None:
                texts.setdefault(column.names, set()).update(text for row in rows if (text := _text(row, column.name)))
        return {type_: self.filer.names.called(type_, some) for type_, some in texts.items()}

    def _line(self, number: int, row: Typed, wrong: Mapping[tuple[int, str], str], called: _Called) -> Line:
        cells = []
        for column in self.columns:
            fault = wrong.get((number, column.about), "")
            if not fault and column is self._faulty(column.field, row):
                fault = wrong.get((number, column.field), "")
            cells.append(self._cell(f"r{number - 1}-{column.name}", column, row, fault, called))
        return Line(number, tuple(cells), wrong.get((number, ""), ""))

    def _faulty(self, about: str, row: Typed) -> Column | None:
        """Where a fault is shown: in the column that it is about; of a field's several, in one that holds no number."""
        exact = [one for one in self.columns if one.about == about]
        columns = [one for one in self.columns if one.field == about]
        odd = [one for one in columns if len(columns) > 1 and one.of and not _counts(_text(row, one.name), one.of)]
        return next(iter([*exact, *odd, *columns]), None)

    def _cell(self, name: str, column: Column, row: Typed, fault: str, called: _Called) -> Cell:
        if column.holds_files:
            return Cell(name, column, "", (), fault, receipts.links(row.get(column.name, ())))
        value = _text(row, column.name)
        if column.names is not None:
            return Cell(name, column, value, (), fault, called=called[column.names].get(value, ""))
        if not column.options:
            return Cell(name, column, value, (), fault)
        text = value.strip()
        options = [Option(one.value, one.title, text in (one.value, one.title)) for one in column.options]
        if text and not any(one.chosen for one in options):
            options.append(Option(value, value, chosen=True))  # what was pasted stays in sight, with its fault
        return Cell(name, column, value, tuple(options), fault)


def _split(text: str) -> list[list[str]]:
    """Cells as spreadsheets copy them: in quotes where they hold a line break."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:  # a quotation mark of somebody's own
        return [line.split("\t") for line in text.splitlines()]


def _columns(field: Field) -> Iterable[Column]:
    name = PREFIX + field.name
    if field.type is FieldType.TALLY:
        for group, title in field.groups.items():
            yield Column(
                f"{name}.{group}", field.name, title, field.unit, "narrow", field.required, of=field, help=field.title
            )
        return
    options: tuple[Option, ...] = ()
    if field.type is FieldType.CHOICE:
        options = tuple(Option(value, title) for value, title in field.choices.items())
    elif field.type is FieldType.BOOLEAN:
        options = (Option("true", gettext("是")), Option("false", gettext("否")))
    help_ = field.help
    if field.type is FieldType.CHOICES:
        help_ = gettext("、").join([*field.choices.values()][: 2 * FEW])
    yield Column(name, field.name, field.title, field.unit, _look(field), field.required, options, field, help_)


def _look(field: Field) -> str:
    if field.type.is_number:
        return "narrow"
    if field.type.is_date:
        return "date"
    if field.type is FieldType.ATTACHMENTS:
        return "files"
    return "wide" if field.type in _WIDE else ""


def _total(column: Column, rows: Iterable[Typed]) -> str:
    total, some = Decimal(0), False
    for row in rows:
        text = _text(row, column.name)
        try:
            total += Decimal(written.taken(column.of, text)) if column.of and not is_missing(text) else 0
            some = some or not is_missing(text)
        except InvalidOperation:
            return ""
    return f"{total.normalize():,f}" if some else ""


def _counts(text: str, field: Field) -> bool:
    return is_missing(text) or written.taken(field, text).isdecimal()


def _titles(column: Column) -> tuple[str, ...]:
    own = (column.title, f"{column.title}({column.unit})") if column.unit else (column.title,)
    return (*own, f"{column.help}{column.title}") if column.of and column.of.type is FieldType.TALLY else own


def _plain(text: str) -> str:
    return re.sub(r"\s|\*", "", text).replace("（", "(").replace("）", ")")


def _text(row: Typed, name: str) -> str:
    texts = row.get(name, ())
    return texts[-1] if texts else ""
