"""The Markdown of a rendered template, and the punctuation it comes out with."""

from __future__ import annotations

import pytest

from xianfeng.bulletins.markdown import parse
from xianfeng.bulletins.marks import mark
from xianfeng.bulletins.normalise import normalise
from xianfeng.papers.document import FigureRun, Heading, Paragraph, Table, Text, plain
from xianfeng.problems import Problem


def test_paragraphs_headings_and_strong() -> None:
    parsed = parse("# 一、学习\n\n**二、推动。**市委\n认真落实。\n\n### 1. 台账", [])
    assert parsed.body == (
        Heading(1, (Text("一、学习"),)),
        Paragraph((Text("二、推动。", strong=True), Text("市委认真落实。"))),
        Heading(3, (Text("1. 台账"),)),
    )


def test_marks_become_their_runs() -> None:
    parsed = parse(f"共{mark(0)}项，**{mark(10)}**", [FigureRun("383", 0), *[FigureRun("x", 1)] * 10])
    assert parsed.body == (Paragraph((Text("共"), FigureRun("383", 0), Text("项，"), FigureRun("x", 1, strong=True))),)


def test_a_table_written_in_markdown() -> None:
    (table,) = parse(f"| 县 | 数 |\n|---|---|\n| 鼓楼 | {mark(0)} |", [FigureRun("3", 0)]).body
    assert isinstance(table, Table)
    assert [[plain(cell) for cell in row] for row in table.rows] == [["县", "数"], ["鼓楼", "3"]]


def test_a_quotation_at_the_start_is_the_editors_note() -> None:
    parsed = parse("> 编者按：供借鉴。\n>\n> 望学习。\n\n正文。", [])
    assert [plain(block.runs) for block in parsed.editors_note if isinstance(block, Paragraph)] == [
        "编者按：供借鉴。",
        "望学习。",
    ]
    assert parsed.body == (Paragraph((Text("正文。"),)),)


@pytest.mark.parametrize(
    "text",
    ["<b>粗</b>", "[网](http://example.org)", "![](x.png)", "`代码`", "*斜*", "&lt;", "- 项", "http://example.org"],
)
def test_anything_else_is_text(text: str) -> None:
    (block,) = parse(text, []).body
    assert isinstance(block, Paragraph)
    assert plain(block.runs) == normalise(text)


@pytest.mark.parametrize(
    "text", [mark(5), "\ue000", "\ue123字", "\uf8ff"], ids=["unknown mark", "half", "digit", "other"]
)
def test_private_characters_are_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        parse(text, [])
    assert refused.value.code == "bulletin.private_characters"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("8月11日,省委书记", "8月11日，省委书记"),
        ("市委常委(扩大)会议", "市委常委（扩大）会议"),
        ("编者按:本期; 下期!", "编者按：本期；下期！"),
        ('作为"一把手"工程', "作为“一把手”工程"),
        ("深入开展.\n各地", "深入开展。各地"),
        ("共 383 项", "共 383 项"),
        ("全市 各县", "全市各县"),
        ("增长3.7万", "增长3.7万"),
        ("在12:30开会", "在12:30开会"),
        ("共1,578个", "共1,578个"),
        ("WPS, Word", "WPS, Word"),
        (f"增长{mark(1)},高于", f"增长{mark(1)}，高于"),
    ],
)
def test_punctuation_beside_chinese_is_full_width(typed: str, printed: str) -> None:
    assert normalise(typed) == printed


@pytest.mark.parametrize("character", ["\u202e", "\u2066", "\u200f"])
def test_a_text_that_turns_the_direction_of_reading_is_refused(character: str) -> None:
    with pytest.raises(Problem) as refused:
        parse(f"突击队{character}支", [])
    assert refused.value.code == "bulletin.misleading_character"


@pytest.mark.parametrize("blank", ["\u200b", "\u2060", " ", "\u3000", "\u00a0"])
def test_nothing_that_cannot_be_seen_parts_a_figure_from_the_word_behind_it(blank: str) -> None:
    figure = FigureRun("383", 0)
    (paragraph,) = parse(f"共{mark(0)}{blank}多项", [figure]).body
    assert paragraph == Paragraph((Text("共"), figure, Text("多项")))
