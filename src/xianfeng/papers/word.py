"""DOCX in the geometry of GB/T 9704, by the fonts' own Chinese names, so that Word and WPS open it as an office has it.

A grid gives 22 lines to the page; 3号 (16 pt) set a quarter of a point closer gives 28 characters to the line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from xianfeng.papers import words
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Block, Document, Heading, Masthead, Runs, Table, Text, plain
from xianfeng.papers.ooxml import (
    border,
    condense,
    face,
    grid,
    page_number,
    plain_spacing,
    repacked,
    tab_at_right,
)
from xianfeng.papers.sheet import Sheet

BODY, TITLE, HEADING, KAI = "仿宋", "方正小标宋简体", "黑体", "楷体"
RED = RGBColor(0xD7, 0x00, 0x0F)
SIZE = Pt(16)  # 3号
_SMALL = Pt(14)  # 4号
_DENSE = Pt(12)  # 小4
_MOVED = 28 * 6  # characters of a last paragraph that may go to the next page whole


def written(paper: Document | Dispatch | Sheet) -> bytes:
    match paper:
        case Document():
            return _bulletin(paper)
        case Dispatch():
            return _dispatch(paper)
        case Sheet():
            return _sheet(paper)


def _bulletin(document: Document) -> bytes:
    word = _blank(document.masthead.synthetic)
    if not document.dense:
        grid(word.sections[0])
    _masthead(word, document.masthead)
    for block in document.editors_note:
        _block(word, block, KAI)
    _title(word, document.masthead.title, Pt(14))
    for block in document.body:
        _block(word, block, BODY, _DENSE if document.dense else SIZE)
    _tail(word, document.masthead)
    return _saved(word, "".join(plain(line) for line in document.masthead.title) or document.masthead.series)


def _dispatch(dispatch: Dispatch) -> bytes:
    word = _blank(dispatch.synthetic)
    grid(word.sections[0])
    size = Pt(words.name_size(dispatch.issuer, 48))
    _centred(word, (Text(dispatch.issuer),), TITLE, size, RED).paragraph_format.space_before = Mm(8)
    number = _centred(word, (Text(dispatch.number),), BODY, SIZE)
    number.paragraph_format.space_before = SIZE
    border(number, "bottom", color="D7000F", eighths=24)
    _title(word, [(Text(line),) for line in dispatch.title], SIZE)
    _runs(word.add_paragraph(), (Text(f"{dispatch.addressed}："),), BODY, SIZE)
    for block in dispatch.body:
        _block(word, block, BODY)
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    _signature(word, dispatch)
    if dispatch.dated:
        _framed(word, [(f"{dispatch.issuer}\t{dispatch.dated}印发", _SMALL)])
    return _saved(word, "".join(dispatch.title))


def _signature(word: Word, dispatch: Dispatch) -> None:
    for number, (text, indent) in enumerate(zip((dispatch.issuer, dispatch.dated), dispatch.indents, strict=True)):
        line = word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = int(SIZE * indent)
        line.paragraph_format.space_before = SIZE * 2 if number == 0 else Pt(0)
        line.paragraph_format.keep_with_next = bool(dispatch.dated)
        _runs(line, (Text(text),), BODY, SIZE)


def _sheet(sheet: Sheet) -> bytes:
    """On A4 across."""
    word = _blank(sheet.synthetic)
    section = word.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(15)
    _centred(word, (Text(sheet.title),), TITLE, Pt(16))
    _table(word, [[(Text(cell),) for cell in row] for row in (sheet.head, *sheet.rows)], Pt(8))
    for remark in sheet.remarks:
        _runs(word.add_paragraph(), (Text(remark),), BODY, Pt(9))
    return _saved(word, sheet.title)


def _blank(synthetic: bool) -> Word:
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(22)
    normal = word.styles["Normal"]
    face(normal, BODY, SIZE)
    normal.paragraph_format.space_after = Pt(0)
    plain_spacing(normal)
    normal.paragraph_format.line_spacing = 1.0  # of the grid's line; the library's own template has 1.15
    word.settings.odd_and_even_pages_header_footer = True
    footers = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in footers:
        footer.paragraphs[0].alignment = side
        page_number(footer.paragraphs[0], "宋体", _SMALL)
    if synthetic:
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            face(header.paragraphs[0].add_run(words.SYNTHETIC), BODY, Pt(9))
    return word


def _masthead(word: Word, masthead: Masthead) -> None:
    _centred(word, (Text(masthead.series),), TITLE, Pt(words.name_size(masthead.series, 62)), RED)
    _centred(word, masthead.number, BODY, SIZE)
    imprint = word.add_paragraph()
    tab_at_right(imprint, Mm(156))
    _runs(imprint, (Text(masthead.issuer + "\t"), *masthead.date), BODY, SIZE)
    border(imprint, "bottom", color="D7000F", eighths=24)
    if masthead.special:
        _centred(word, masthead.special, HEADING, SIZE)


def _block(word: Word, block: Block, name: str, size: Pt = SIZE) -> None:
    if isinstance(block, Table):
        _table(word, [list(row) for row in block.rows], Pt(12))
        return
    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    line.paragraph_format.first_line_indent = size * 2
    if isinstance(block, Heading):
        line.paragraph_format.keep_with_next = True
        name = (HEADING, KAI, BODY)[block.level - 1]
    _runs(line, block.runs, name, size)


def _table(word: Word, rows: list[list[Runs]], size: Pt) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, runs in zip(row.cells, cells, strict=True):
            _runs(cell.paragraphs[0], runs, HEADING if number == 0 else BODY, size)


def _tail(word: Word, masthead: Masthead) -> None:
    """Its lines stay together, and with the last paragraph unless that is long: LibreOffice moves a paragraph that is
    kept with the next one whole, where Word moves its last two lines, and most of a page would stay empty."""
    last = word.paragraphs[-1]
    last.paragraph_format.keep_with_next = len(last.text) <= _MOVED
    _framed(word, list(_tail_lines(masthead)))


def _title(word: Word, lines: Sequence[Runs], room: Length) -> None:
    """The headline, with room above and below."""
    for number, line in enumerate(lines):
        written = _centred(word, line, TITLE, Pt(words.title_size([plain(each) for each in lines])))
        written.paragraph_format.space_before = room if number == 0 else Pt(0)
        written.paragraph_format.space_after = room if number == len(lines) - 1 else Pt(0)


def _framed(word: Word, lines: Sequence[tuple[str, Pt]]) -> None:
    """Lines between two rules (版记)."""
    for number, (text, size) in enumerate(lines):
        line = word.add_paragraph()
        line.paragraph_format.keep_with_next = number < len(lines) - 1
        tab_at_right(line, Mm(156))
        _runs(line, (Text(text),), BODY, size)
        if number == 0:
            line.paragraph_format.space_before = SIZE
            border(line, "top", color="000000", eighths=8)
        if number == len(lines) - 1:
            border(line, "bottom", color="000000", eighths=8)


def _tail_lines(masthead: Masthead) -> Iterator[tuple[str, Pt]]:
    for label, whom in masthead.to:
        yield f"{label}：{whom}", _SMALL
    editor = f"责任编辑：{masthead.editor}" if masthead.editor else ""
    if editor or masthead.copies:
        yield f"{editor}\t{plain(masthead.copies)}", _SMALL
    if masthead.root:
        yield words.seal(masthead), Pt(8)


def _centred(word: Word, runs: Runs, name: str, size: Pt, color: RGBColor | None = None) -> Line:
    line: Line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _runs(line, runs, name, size, color)
    return line


def _runs(line: Line, runs: Runs, name: str, size: Pt, color: RGBColor | None = None) -> None:
    for run in runs:
        written = line.add_run(run.text)
        face(written, HEADING if run.strong else name, size)
        if color is not None:
            written.font.color.rgb = color
        if size == SIZE:
            condense(written)


def _saved(word: Any, title: str) -> bytes:
    properties = word.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    buffer = io.BytesIO()
    word.save(buffer)
    return repacked(buffer.getvalue())
