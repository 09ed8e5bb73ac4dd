"""Tables as pages show them and as files carry them: one definition for the screen, the clipboard, paper and Excel.

A page builds a `Table`, asks `answer(request, table)` first, and includes `components/table.html` otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

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

    @property
    def heading(self) -> str:
        return f"{self.title}（{self.unit}）" if self.unit else str(self.title)


@dataclass(frozen=True)
class Table:
    """`name`: its anchor and its name in `?table=`. `head`: the column that names a row.

    `sources`: the address of its 统计口径. `foot`: a row of totals.
    `anchors`: the rows' ids. `stack`: on a phone each row becomes a block.
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
    def lines(self) -> list[tuple[str, list[tuple[Column, Cell, bool]]]]:
        """For the template: a row's id, and each cell with its column and whether it names the row."""
        anchors = self.anchors or ("",) * len(self.rows)
        return [(anchor, self._line(row)) for anchor, row in zip(anchors, self.rows, strict=True)]

    @property
    def total(self) -> list[tuple[Column, Cell, bool]]:
        return self._line(self.foot) if self.foot else []

    def _line(self, row: tuple[Cell, ...]) -> list[tuple[Column, Cell, bool]]:
        pairs = enumerate(zip(self.columns, row, strict=True))
        return [(column, cell, at == self.head) for at, (column, cell) in pairs if not column.hidden]


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
    from xianfeng.web.workbook import written

    sources = request.build_absolute_uri(chosen.sources) if chosen.sources else ""
    response = HttpResponse(written(chosen, sources=sources), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{chosen.title}.xlsx") or ""
    return response
