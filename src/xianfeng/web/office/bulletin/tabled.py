"""The tables of a paper as one table for a workbook: a paper has one in each of its parts, with columns of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext

from xianfeng.papers.document import Document, FigureRun, Heading, Runs, Table, plain
from xianfeng.web import cells, tables
from xianfeng.web.cells import Cell
from xianfeng.web.tables import Column


def tabled(document: Document, *, name: str, title: str | Promise) -> tables.Table:
    """Each row under its part; a dash where its part has no such column."""
    rows = list(_rows(document))
    heads = list(dict.fromkeys(head for _, row in rows for head in row))
    return tables.Table(
        name,
        title,
        (Column(gettext("部分")), *(Column(head) for head in heads)),
        [(cells.text(part), *(row.get(head, cells.nothing()) for head in heads)) for part, row in rows],
    )


def _rows(document: Document) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    part = ""
    for block in document.body:
        if isinstance(block, Heading):
            part = plain(block.runs)
        elif isinstance(block, Table):
            heads = [plain(runs) for runs in block.rows[0]]
            for row in block.rows[1:]:
                yield part, dict(zip(heads, (_cell(runs, document) for runs in row), strict=True))


def _cell(runs: Runs, document: Document) -> Cell:
    """A figure by its exact number; of which nothing was reported, by its words."""
    cited = runs[0] if len(runs) == 1 and isinstance(runs[0], FigureRun) else None
    source = document.sources[cited.figure] if cited else None
    if cited is None or source is None or not source.value:
        return cells.text(plain(runs))
    value = Decimal(source.value)
    return cells.number(value, shown=cited.text, format=cells.in_workbook(value, cited.text, is_floor=source.is_floor))
