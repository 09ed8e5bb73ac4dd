"""The files of a bulletin: 22 lines of 28 characters, nothing read as markup, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections import defaultdict
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from xianfeng import papers
from xianfeng.bulletins import export
from xianfeng.bulletins.export.sheet import sheet
from xianfeng.figures.interface import Query
from xianfeng.papers import serial
from xianfeng.papers.document import (
    Document,
    FigureRun,
    Heading,
    Masthead,
    NoteRun,
    Paragraph,
    Source,
    Table,
    Text,
)
from xianfeng.papers.faces import faces
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme

HOSTILE = '</p><script>alert(1)</script> #eval("1") $x$ *粗* \\ @引 <w:br/> &amp;'

PROJECTS = Source(
    call="figure",
    name="projects",
    text="383",
    value="383",
    unit="项",
    query=Query(scheme="98", measure="projects", organisation=1, until=dt.date(2010, 8, 30), as_of=1200),
    at="福州市",
    code="350100",
    records=383,
    filed=3,
    reviewed=80,
    submitted=300,
    expected=13,
    missing=2,
    as_of=1200,
)

SCHEME = """
xianfeng: 1
scheme: fuzhou-2010
title: 创先争优
at: "350100"
runs: {from: 2010-01-01, to: 2010-12-31, timezone: Asia/Shanghai}
kinds:
  project:
    title: 项目
    basis: each
    fields: {name: {type: text, title: 名称}}
    flow: {initial: filed, states: {filed: {title: 已填报, level: filed}}, moves: {}}
measures:
  projects: {title: 市级重点项目, unit: 项, count: project}
bulletins:
  no98:
    {series: 简报, number: 98, total: 412, title: [标题], issuer: 市委, issued: 2010-08-30, template: bulletins/no98.md,
     notes: {A4: 八届九次}}
"""


@pytest.fixture
def scheme() -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": SCHEME, "bulletins/no98.md": "文"}))
    assert isinstance(loaded, Scheme), loaded
    return loaded


@pytest.fixture
def document() -> Document:
    masthead = Masthead(
        series="创先争优活动简报",
        number=(Text("第"), FigureRun("98", 1), Text("期（总第"), FigureRun("412", 2), Text("期）")),
        issuer="省委创先争优活动领导小组办公室",
        date=(Text("2010年8月30日"),),
        special=(Text("【专刊】"),),
        title=((Text("福州市推动创先争优活动"),), (Text("深入开展"),)),
        to=(("报", "省委"), ("送", "各设区市")),
        copies=(Text("共印100份"),),
        editor="陈潇",
        root="ab" * 32,
        sealed=1200,
        synthetic=True,
    )
    number = Source(call="rule", name="bulletins.no98.number", text="98", value="98")
    total = Source(call="rule", name="bulletins.no98.total", text="412", value="412")
    return Document(
        masthead=masthead,
        editors_note=(Paragraph((Text("编者按：供借鉴。"),)),),
        body=(
            Heading(1, (Text("一、重点项目"),)),
            Paragraph((Text("现有"), FigureRun("383", 0), Text("项"), NoteRun("八届九次", "A4"), Text(HOSTILE))),
            Table((((Text("县"),), (Text("项"),)), ((Text("鼓楼"),), (FigureRun("12", 0),)))),
        ),
        sources=(PROJECTS, number, total),
    )


@pytest.fixture
def full_pages(document: Document) -> Document:
    """Nothing but full-width characters without punctuation, for some pages."""
    return replace(document, editors_note=(), body=(Paragraph((Text("测" * 28 * 80),)),))


def texts(page: Any) -> list[tuple[float, float, str]]:
    """The texts of a PDF page with their positions in points, from below left."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, current: list[float], matrix: list[float], *_: object) -> None:
        if text.strip():
            found.append((matrix[4] + current[4], matrix[5] * current[3] + current[5], text.strip()))

    page.extract_text(visitor_text=visit)
    return found


def lines(page: Any) -> list[str]:
    """The lines of a page from top to bottom."""
    rows: dict[float, list[str]] = defaultdict(list)
    for _, height, text in texts(page):
        rows[round(height, 1)].append(text)
    return ["".join(rows[height]) for height in sorted(rows, reverse=True)]


def test_a_pdf_page_has_22_lines_of_28_characters(full_pages: Document) -> None:
    pages = PdfReader(io.BytesIO(papers.written(full_pages, "pdf"))).pages
    for page in pages[1:3]:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595.28, 841.89), abs=0.1)
        body = [line for line in lines(page) if set(line) == {"测"}]
        assert [len(line) for line in body] == [28] * 22


@pytest.mark.parametrize("length", [12, 14, 18, 22])
def test_the_tail_of_a_pdf_is_never_alone_on_its_page(document: Document, length: int) -> None:
    """The page before is full to the line, or would be but for the last lines of the text that go with the tail."""
    body = (Paragraph((Text("测" * 28 * length),)),)
    pages = PdfReader(io.BytesIO(papers.written(replace(document, editors_note=(), body=body), "pdf"))).pages
    with_text = [sum("测" in line for line in lines(page)) for page in pages]
    with_tail = ["责任编辑" in page.extract_text() for page in pages]
    assert with_tail == [*[False] * (len(pages) - 1), True]
    assert with_text[-1] >= 2


def test_a_pdf_that_ends_in_a_table_keeps_its_tail_with_a_row(document: Document) -> None:
    table = Table(tuple(((Text(f"第{row}行"),), (Text("12"),)) for row in range(20)))
    for text in range(9):
        body = (Paragraph((Text("测" * 28 * text),)), table)
        last = (
            PdfReader(io.BytesIO(papers.written(replace(document, editors_note=(), body=body), "pdf")))
            .pages[-1]
            .extract_text()
        )
        assert "责任编辑" in last
        assert "第19行" in last


@pytest.mark.parametrize(("length", "kept"), [(2, True), (12, False)])
def test_a_docx_keeps_its_tail_together_and_with_a_short_last_paragraph(
    document: Document, length: int, kept: bool
) -> None:
    body = (Paragraph((Text("文" * 28 * 8),)), Paragraph((Text("测" * 28 * length),)))
    written = docx.Document(io.BytesIO(papers.written(replace(document, body=body), "docx"))).paragraphs
    at = next(number for number, line in enumerate(written) if line.text.startswith("测"))
    assert bool(written[at].paragraph_format.keep_with_next) is kept
    assert len(written) > at + 2
    assert [bool(line.paragraph_format.keep_with_next) for line in written[at + 1 :]] == [
        *[True] * (len(written) - at - 2),
        False,
    ]


def test_a_pdfs_type_area_stands_where_the_standard_has_it(full_pages: Document) -> None:
    """37 mm above and 28 mm at the binding, which is left on odd pages and right on even ones."""
    corners = []
    for page in PdfReader(io.BytesIO(papers.written(full_pages, "pdf"))).pages[1:3]:
        body = [(x, y) for x, y, text in texts(page) if "测测" in text]
        corners.append((min(x for x, _ in body), max(y for _, y in body)))
    millimetre = 72 / 25.4
    assert corners[1][0] == pytest.approx(28 * millimetre, abs=0.5)
    assert corners[0][0] == pytest.approx(26 * millimetre, abs=0.5)
    baseline = 841.89 - 37 * millimetre - 0.88 * 15.79
    assert corners[0][1] == pytest.approx(baseline, abs=0.5)


def test_a_docx_is_ruled_for_22_lines_of_28_characters(full_pages: Document) -> None:
    file = zipfile.ZipFile(io.BytesIO(papers.written(full_pages, "docx")))
    written = file.read("word/document.xml").decode()
    section = written[written.index("<w:sectPr") :]
    pitch = int(re.findall(r'<w:docGrid w:type="lines" w:linePitch="(\d+)"', section)[0])
    (width, height) = map(int, re.findall(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', section)[0])
    margins = {name: int(re.findall(rf'w:{name}="(\d+)"', section)[0]) for name in ("top", "bottom", "left", "right")}
    assert (height - margins["top"] - margins["bottom"]) // pitch == 22
    (line,) = [run for run in re.findall(r"<w:r>.*?</w:r>", written, re.DOTALL) if "测测" in run]
    size = int(re.findall(r'<w:sz w:val="(\d+)"', line)[0]) * 10  # twentieths of a point
    closer = int(re.findall(r'<w:spacing w:val="(-?\d+)"', line)[0])
    assert size == 320  # 3号
    assert (width - margins["left"] - margins["right"]) // (size + closer) == 28
    assert [round(margins[name] * 25.4 / 1440) for name in ("top", "left")] == [37, 28]


def test_a_docx_names_chinese_faces_and_numbers_pages_outside(document: Document) -> None:
    word = docx.Document(io.BytesIO(papers.written(document, "docx")))
    styles = word.styles["Normal"].element.xml
    assert 'w:eastAsia="仿宋"' in styles
    body = word.element.body.xml
    assert {"仿宋", "黑体", "楷体", "方正小标宋简体"} == set(re.findall(r'w:eastAsia="([^"]+)"', body))
    section = word.sections[0]
    outside = [section.footer.paragraphs[0].alignment, section.even_page_footer.paragraphs[0].alignment]
    assert [str(side) for side in outside] == ["RIGHT (2)", "LEFT (0)"]
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_every_form_says_the_same(document: Document, scheme: Scheme) -> None:
    wanted = [
        "创先争优活动简报",
        "第98期（总第412期）",
        "福州市推动创先争优活动",
        "一、重点项目",
        "鼓楼",
        "责任编辑：陈潇",
        "共印100份",
    ]
    wanted += ["报：省委", "abababab", "alert(1)", "【专刊】", "编者按"]
    pdf = "".join("".join(lines(page)) for page in PdfReader(io.BytesIO(papers.written(document, "pdf"))).pages)
    word = docx.Document(io.BytesIO(papers.written(document, "docx")))
    written = [line.text for line in word.paragraphs] + [cell.text for row in word.tables[0].rows for cell in row.cells]
    html = "".join(_Page(export.html(document, scheme)).texts)
    for text in wanted:
        assert text in pdf.replace(" ", "")
        assert text in "".join(written)
        assert text in html


@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_every_page_says_that_the_records_are_synthetic(
    document: Document, scheme: Scheme, suffix: str, full_pages: Document
) -> None:
    notice = "演示数据"
    match suffix:
        case "html":
            assert notice in export.html(document, scheme)
        case "docx":
            section = docx.Document(io.BytesIO(papers.written(document, "docx"))).sections[0]
            assert notice in section.header.paragraphs[0].text
            assert notice in section.even_page_header.paragraphs[0].text
        case "pdf":
            pages = PdfReader(io.BytesIO(papers.written(full_pages, "pdf"))).pages
            assert len(pages) > 3
            assert all(notice in page.extract_text() for page in pages)


def test_real_records_are_not_called_synthetic(document: Document, scheme: Scheme) -> None:
    real = replace(document, masthead=replace(document.masthead, synthetic=False))
    assert "演示数据" not in export.html(real, scheme)
    assert "演示数据" not in PdfReader(io.BytesIO(papers.written(real, "pdf"))).pages[0].extract_text()


class _Page(HTMLParser):
    """The texts, tags and figure links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.figures: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "a":
            self.figures.append(dict(attributes))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_html_figures_are_links_that_say_what_they_are(document: Document, scheme: Scheme) -> None:
    page = _Page(export.html(document, scheme, site="http://127.0.0.1:8000"))
    figure = page.figures[2]
    address = f"/figures/fuzhou-2010/projects/350100?version={scheme.hash}&until=2010-08-30&as_of=1200"
    assert figure["href"] == f"http://127.0.0.1:8000{address}"
    assert page.figures[0]["href"] == f"http://127.0.0.1:8000/schemes/fuzhou-2010?version={scheme.hash}#bulletins.no98"
    assert (figure["data-name"], figure["data-value"], figure["data-records"]) == ("projects", "383", "383")
    assert "script" not in page.tags
    assert '<span class="note" data-row="A4">八届九次</span>' in export.article(document, scheme)


def test_html_without_a_site_has_no_links_that_lead_nowhere(document: Document, scheme: Scheme) -> None:
    html = export.html(document, scheme)
    assert "href" not in html
    assert '<span class="figure" title="市级重点项目：' in html
    assert 'href="/figures/' in export.article(document, scheme)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_same_document_gives_the_same_bytes(document: Document, suffix: str) -> None:
    assert papers.written(document, suffix) == papers.written(document, suffix)


def test_the_source_sheet_says_on_paper_what_clicking_says(document: Document, scheme: Scheme) -> None:
    rows = sheet(document, scheme, faces=faces().remark).rows
    assert rows[0] == (
        "1",
        "383",
        "市级重点项目",
        "“项目”的记录数，一条记录计一；按发生日期计；已报即计。",
        "福州市\n截至2010年8月30日",
        "383项",
        "383",
        "3／80／300",
        "2／13",
        "1200",
        "scheme.yaml:14",
    )


def test_the_source_sheet_lists_the_numbers_of_the_text_after_the_figures(document: Document, scheme: Scheme) -> None:
    rows = sheet(document, scheme).rows
    assert [row[:3] for row in rows[1:]] == [
        ("2", "98", "期号"),
        ("3", "412", "总期号"),
        ("4", "八届九次", "文稿数字（A4）"),
    ]
    assert {len(row) for row in rows} == {11}
    assert rows[3][-1] == "scheme.yaml:18"


def test_the_source_sheet_says_where_nobody_owes_a_report(document: Document, scheme: Scheme) -> None:
    free = replace(document, sources=(replace(PROJECTS, expected=None, missing=None), *document.sources[1:]))
    assert [row[8] for row in sheet(free, scheme).rows] == ["无要求", "", "", ""]


def test_the_source_sheet_names_the_substituted_faces(document: Document, scheme: Scheme) -> None:
    remarks = "".join(sheet(document, scheme, faces=faces().remark).remarks)
    for title in faces().substituted:
        assert title in remarks
    assert ("Noto Serif SC" in remarks) == bool(faces().substituted)


def test_writing_a_folder(document: Document, scheme: Scheme, tmp_path: Path) -> None:
    written = export.write(document, scheme, tmp_path / "out", "no98")
    assert {path.name for path in written} == {
        f"no98{sheet}.{suffix}" for sheet in ("", "-来源单") for suffix in ("html", "docx", "pdf")
    }
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in written}
    assert "383项" in (tmp_path / "out" / "no98-来源单.html").read_text()
    pdf = PdfReader(tmp_path / "out" / "no98-来源单.pdf").pages[0]
    assert float(pdf.mediabox.width) > float(pdf.mediabox.height)


def test_a_document_survives_being_stored(document: Document) -> None:
    assert serial.from_json(serial.to_json(document)) == document
