"""A dispatch in the official layout: who signs stands with text, and the tail with who signs."""

from __future__ import annotations

import io
import re

import docx
import pytest
from pypdf import PdfReader

from xianfeng import papers
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Paragraph, Table, Text


def dispatch(rows: int, *, issuer: str = "青口镇委员会", dated: str = "2012年3月12日") -> Dispatch:
    lines = (((Text(f"第{number}村"),), (Text("1"),)) for number in range(rows))
    return Dispatch(
        issuer=issuer,
        number="通报第7号",
        title=("关于“走访群众，2012年2月”", "办理情况的通报"),
        addressed="各有关组织",
        body=(
            Paragraph((Text("以下组织没有办完：#eval(1)"),)),
            Table((((Text("组织"),), (Text("还差"),)), *lines)),
            Paragraph((Text("特此通报。"),)),
        ),
        dated=dated,
        synthetic=False,
    )


def pages(paper: Dispatch) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(papers.written(paper, "pdf"))).pages]


@pytest.mark.parametrize("issuer", ["青口镇委员会", "中共闽侯县青口镇委员会基层组织建设年活动领导小组办公室"])
def test_the_red_name_stands_on_one_line_in_both_forms(issuer: str) -> None:
    paper = dispatch(3, issuer=issuer)
    assert issuer in [line.replace(" ", "") for line in pages(paper)[0].splitlines()]
    name = docx.Document(io.BytesIO(papers.written(paper, "docx"))).paragraphs[0].runs[0]
    assert name.font.size is not None
    assert name.font.size.pt * len(issuer) <= 442


def test_both_forms_say_the_same_in_the_order_of_the_standard() -> None:
    paper = dispatch(3)
    word = docx.Document(io.BytesIO(papers.written(paper, "docx")))
    texts = [line.text for line in word.paragraphs]
    assert texts == [
        "青口镇委员会",
        "通报第7号",
        "关于“走访群众，2012年2月”",
        "办理情况的通报",
        "各有关组织：",
        "以下组织没有办完：#eval(1)",
        "特此通报。",
        "青口镇委员会",
        "2012年3月12日",
        "青口镇委员会\t2012年3月12日印发",
    ]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows][1] == ["第0村", "1"]
    (page,) = pages(paper)
    found = [
        page.replace("\n", "").index(one) for one in ("通报第7号", "各有关组织：", "#eval(1)", "第2村", "特此通报。")
    ]
    assert found == sorted(found)


@pytest.mark.parametrize("rows", [3, 8, 12, 20, 30, 34, 38, 60])
def test_who_signs_stands_with_text_and_the_tail_with_who_signs(rows: int) -> None:
    *_, last = pages(dispatch(rows))
    assert "特此通报。" in last
    assert re.search(r"2012年3月12日\s", last)
    assert "印发" in last


def test_a_draft_has_neither_date_nor_tail() -> None:
    paper = dispatch(3, dated="")
    assert "印发" not in "".join(pages(paper))
    word = docx.Document(io.BytesIO(papers.written(paper, "docx")))
    assert "印发" not in "".join(line.text for line in word.paragraphs)


@pytest.mark.parametrize(
    ("issuer", "indents"),
    [
        ("镇委", (8.5, 2)),  # 2012年3月12日 is six and a half characters wide
        ("中共闽侯县青口镇委员会", (2, 4.5)),
        ("中共闽侯县青口镇委员会办公室", (2, 7.5)),
    ],
)
def test_the_date_begins_two_characters_after_the_name(issuer: str, indents: tuple[float, float]) -> None:
    assert dispatch(1, issuer=issuer).indents == indents


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_same_dispatch_gives_the_same_bytes(suffix: str) -> None:
    assert papers.written(dispatch(3), suffix) == papers.written(dispatch(3), suffix)
