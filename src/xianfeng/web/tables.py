"""Tables as pages show them and as files carry them: one definition for the screen, the clipboard, paper and Excel.

A page builds a `Table`, asks `answer(request, table)` first, and includes `components/table.html` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xianfeng.web import outward
from xianfeng.web.cells import Cell

FORMAT, WHICH = "format", "table"
LONG = 40  # rows, from which on a table scrolls under its head
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    title: str | Promise
    unit: str | Promise = ""
    align: Literal["left", "right"] = "left"
    hidden: bool = False  # in files only: an exact code, an identifier
    tool: bool = False  # on the page only: what is ticked or pressed there

    @property
    def heading(self) -> str:
        return gettext("{title}（{unit}）").format(title=self.title, unit=self.unit) if self.unit else str(self.title)

    @property
    def attributes(self) -> str:
        """Of its cells: what a phone shows beside each, where rows become blocks."""
        return "" if self.tool else f' data-head="{escape(self.heading)}"'


@dataclass(frozen=True)
class Table:
    """`name`: its anchor and its name in `?table=`. `head`: the column that names a row.

    `sources`: the address of its 统计口径. `foot`: a row of totals.
    `anchors`: the rows' ids. `stack`: on a phone each row becomes a block.
    `file`: whether Excel has it; the answer to a form has no address at which it could be asked for.
    """

    name: str
    title: str | Promise
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    sources: str = ""
    note: str = ""
    empty: str | Promise = ""
    foot: tuple[Cell, ...] = ()
    head: int = 0
    anchors: Sequence[str] = ()
    stack: bool = True
    file: bool = True
    level: Literal[2, 3] = 2

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.foot] if self.foot else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: {len(self.columns)} columns, and a row of {len(row)} cells")

    @property
    def shown(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.hidden)

    @property
    def long(self) -> bool:
        return len(self.rows) > LONG

    @property
    def body(self) -> SafeString:
        """The rows as a page has them, written here: a table has hundreds of cells, and a template takes its time."""
        shown = [(at, column, column.attributes) for at, column in enumerate(self.columns) if not column.hidden]
        anchors = self.anchors or ("",) * len(self.rows)
        return SafeString("".join(map(partial(self._line, shown), anchors, self.rows)))

    @property
    def total(self) -> SafeString:
        shown = [(at, column, "") for at, column in enumerate(self.columns) if not column.hidden]
        return SafeString(self._line(shown, "", self.foot))

    def _line(self, shown: Iterable[tuple[int, Column, str]], anchor: str, row: tuple[Cell, ...]) -> str:
        cells = "".join(_cell(column, said, row[at], names=at == self.head) for at, column, said in shown)
        return f'<tr id="{escape(anchor)}">{cells}</tr>\n' if anchor else f"<tr>{cells}</tr>\n"


def _cell(column: Column, said: str, cell: Cell, *, names: bool) -> str:
    if names:
        return f'<th scope="row">{cell.html}</th>'
    look = (
        "noprint"
        if column.tool
        else "n"
        if column.align == "right"
        else "blank"
        if cell.blank
        else "day"
        if cell.is_day
        else ""
    )
    look = f' class="{look}"' if look else ""
    value = f' data-value="{cell.pasted}"' if cell.pasted else ""
    return f"<td{look}{said}{value}>{cell.html}</td>"


def wanted(request: HttpRequest) -> str:
    """Which table is asked for as a file ('' for none): a page that shows a part of one builds it whole then."""
    if request.GET.get(FORMAT) != "xlsx":
        return ""
    return request.GET.get(WHICH, "") or "*"


def answer(request: HttpRequest, *tables: Table) -> HttpResponse | None:
    """The table asked for as a workbook; None when a page is asked for."""
    which = wanted(request)
    if not which:
        return None
    chosen = next((table for table in tables if which in ("*", table.name)), None)
    if chosen is None:
        raise Http404(gettext("这一页没有这张表"))
    return workbook(request, chosen)


def workbook(request: HttpRequest, table: Table) -> HttpResponse:
    from xianfeng.web.workbook import written

    sources = outward.address(request, table.sources) if table.sources else ""
    response = HttpResponse(written(table, sources=sources), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{table.title}.xlsx") or ""
    return response
