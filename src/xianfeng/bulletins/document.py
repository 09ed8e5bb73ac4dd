"""A composed bulletin as a document: blocks of inline runs. The HTML, DOCX and PDF writers read only this."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    text: str
    strong: bool = False


@dataclass(frozen=True)
class FigureRun:
    """What a call printed; `figure` indexes the closing's list of figures."""

    text: str
    figure: int


@dataclass(frozen=True)
class NoteRun:
    """A number of the text itself, an [N] span: `row` names its line in the system's figures.yaml."""

    text: str
    row: str


Inline = Text | FigureRun | NoteRun


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    level: int  # 1: 一、 黑体; 2: (一) 楷体; 3: 1. 仿宋
    runs: tuple[Inline, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells of runs; the first row is the head."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block = Paragraph | Heading | Table


@dataclass(frozen=True, kw_only=True)
class Masthead:
    series: str  # the red name: 创先争优活动简报
    number: tuple[Inline, ...]  # 第98期
    issuer: str
    date: tuple[Inline, ...]
    special: tuple[Inline, ...] = ()
    title: tuple[tuple[Inline, ...], ...] = ()
    to: tuple[tuple[str, str], ...] = ()
    copies: int | None = None
    editor: str = ""
    root: str = ""  # the seal's root, printed at the end
    synthetic: bool = False  # demonstration records: every page says so


@dataclass(frozen=True, kw_only=True)
class Document:
    masthead: Masthead
    editors_note: tuple[Block, ...]
    body: tuple[Block, ...]
