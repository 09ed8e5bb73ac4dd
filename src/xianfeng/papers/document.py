"""A composed bulletin as a document: blocks of inline runs, and where each printed figure comes from.

The HTML, DOCX and PDF writers read only this; a closing stores it as JSON. Nothing here knows Django.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from xianfeng.figures.interface import Axis, Query
from xianfeng.scheme.measuring import Display


@dataclass(frozen=True)
class Text:
    text: str
    strong: bool = False


@dataclass(frozen=True)
class FigureRun:
    """What a call printed; `figure` indexes the document's sources."""

    text: str
    figure: int
    strong: bool = False


@dataclass(frozen=True)
class NoteRun:
    """A number of the text itself, an [N] span: `row` names its line in the system's figures.yaml."""

    text: str
    row: str
    strong: bool = False


Inline = Text | FigureRun | NoteRun
Runs = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True)
class Heading:
    level: int  # 1: 一、 黑体; 2: （一） 楷体; 3: 1. 仿宋
    runs: Runs


@dataclass(frozen=True)
class Table:
    """Rows of cells of runs; the first row is the head."""

    rows: tuple[tuple[Runs, ...], ...]


Block = Paragraph | Heading | Table

Call = Literal["figure", "target", "constant", "rule", "record", "organisation", "correction"]


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Which row of a query's breakdown: `key` as text ('350121', '2010-08-01', a category)."""

    axis: Axis
    field: str
    key: str | None


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where one printed text comes from: what was asked, and what came out. Its words are made by `wording`.

    Numbers are texts as they were at closing (`value` '383', '0.178462'; '' when nothing was reported), so that the
    source sheet says the same for ever. `query` is None for what the scheme itself states, `row` for a whole figure.
    """

    call: Call
    name: str  # the measure, the constant, the path in the scheme
    text: str  # as printed
    value: str = ""
    is_floor: bool = False  # it may be more
    unit: str = ""
    query: Query | None = None
    row: Slice | None = None
    show: Display = field(default_factory=Display)
    at: str = ""  # the organisation's name, as it was called then
    code: str = ""  # and its code
    record: int | None = None  # where the text is a record's own
    earlier: str = ""  # of a correction: what was printed before, and where
    records: int | None = None
    filed: int | None = None
    reviewed: int | None = None
    submitted: int | None = None
    expected: int | None = None
    missing: int | None = None
    as_of: int | None = None


@dataclass(frozen=True, kw_only=True)
class Masthead:
    series: str  # the red name: 创先争优活动简报
    number: Runs  # 第98期, or 第98期（总第412期）
    issuer: str
    date: Runs
    special: Runs = ()
    title: tuple[Runs, ...] = ()
    to: tuple[tuple[str, str], ...] = ()
    copies: Runs = ()  # 100 of 共印100份
    editor: str = ""
    root: str = ""  # the seal's root, printed at the end
    sealed: int = 0  # how many entries the root covers
    synthetic: bool = False  # demonstration records: every page says so


@dataclass(frozen=True, kw_only=True)
class Document:
    """`dense`: what has to be one page is set smaller and closer."""

    masthead: Masthead
    editors_note: tuple[Block, ...]
    body: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    dense: bool = False

    def sealed(self, *, root: str, size: int) -> Document:
        """The same document with the seal it was closed under."""
        return replace(self, masthead=replace(self.masthead, root=root, sealed=size))


def runs_of(block: Block) -> Iterator[Runs]:
    """The lines of runs of a block: one for a paragraph, one a cell for a table."""
    if isinstance(block, Table):
        for row in block.rows:
            yield from row
    else:
        yield block.runs


def lines_of(document: Document) -> tuple[Runs, ...]:
    """Every line of runs, headline and all, in the order of the page."""
    masthead = document.masthead
    blocks = (*document.editors_note, *document.body)
    lines = (runs for block in blocks for runs in runs_of(block))
    return (masthead.number, masthead.date, masthead.special, *masthead.title, *lines, masthead.copies)


def figures_of(document: Document) -> frozenset[int]:
    """The sources that the text itself prints, headline and all; number, date and copies are the imprint's."""
    blocks = (*document.editors_note, *document.body)
    lines = (*document.masthead.title, *(runs for block in blocks for runs in runs_of(block)))
    return frozenset(run.figure for line in lines for run in line if isinstance(run, FigureRun))


def notes_of(document: Document) -> tuple[NoteRun, ...]:
    """Every number of the text itself, headline and all, in the order of the page."""
    return tuple(run for line in lines_of(document) for run in line if isinstance(run, NoteRun))


def printed_only(document: Document) -> Document:
    """The same document with the sources of its runs and no others: a figure that a template asks for, and keeps off
    the page, is none of the bulletin's."""
    runs = (run for line in lines_of(document) for run in line)
    kept = sorted({run.figure for run in runs if isinstance(run, FigureRun)})
    numbers = {old: new for new, old in enumerate(kept)}
    return _renumbered(replace(document, sources=tuple(document.sources[old] for old in kept)), numbers)


def _renumbered(document: Document, numbers: Mapping[int, int]) -> Document:
    def line(runs: Runs) -> Runs:
        return tuple(replace(run, figure=numbers[run.figure]) if isinstance(run, FigureRun) else run for run in runs)

    def block(old: Block) -> Block:
        if isinstance(old, Table):
            return Table(tuple(tuple(line(cell) for cell in row) for row in old.rows))
        return replace(old, runs=line(old.runs))

    head = document.masthead
    masthead = replace(
        head,
        number=line(head.number),
        date=line(head.date),
        special=line(head.special),
        title=tuple(map(line, head.title)),
        copies=line(head.copies),
    )
    note, body = tuple(map(block, document.editors_note)), tuple(map(block, document.body))
    return replace(document, masthead=masthead, editors_note=note, body=body)


def plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)
