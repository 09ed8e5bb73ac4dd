"""Every number in a bulletin is a call or a note; the sentences here are the documents' own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.bulletins.unsourced import unsourced
from xianfeng.papers.document import (
    Block,
    Document,
    FigureRun,
    Heading,
    Masthead,
    NoteRun,
    Paragraph,
    Runs,
    Table,
    Text,
)


def found(*blocks: Block) -> list[str]:
    masthead = Masthead(series="活动简报", number=(), issuer="市委活动办", date=())
    return [fault.text for fault in unsourced(Document(masthead=masthead, editors_note=(), body=blocks))]


def numbers(text: str) -> list[str]:
    return found(Paragraph((Text(text),)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("将市级重点项目从年初325项调整增加到383项，增长18%", ["325", "383", "18"]),
        ("项目总投资从5279亿元增加到6361亿元", ["5279亿", "6361亿"]),
        ("全市共有19800多名党员奋战在重点项目建设工地一线", ["19800"]),
        ("已有3.7万名无职党员认领了服务岗位", ["3.7万"]),
        ("确保每个社区每年办公经费在4.5万元以上", ["4.5万"]),
        ("认真组织开展第三批选派驻村干部工作", ["三"]),
        ("推出五大惠农措施", ["五"]),
        ("学习贯彻省委八届九次全会、市委九届十四次全会精神", ["八", "九", "九", "十四"]),
        ("市、县、乡三级部门单位", ["三"]),
        ("实行“5+2”、“白+黑”", ["5", "2"]),
        ("培育百个示范点，十个“军门式”精品社区", ["百", "十"]),
        ("每人建立1-2个联系点", ["1", "2"]),
        ("于2月份、7月份、10月底或11月初", ["2", "7", "10", "11"]),
        ("８月１１日", ["８", "１１"]),
        ("二〇一〇年", ["二〇一〇"]),
        ("完成任务的百分之三十五", ["百", "三十五"]),
        ("两个镇", ["两"]),
        ("①建台账②建制度", ["①", "②"]),
        ("投资叁佰万元", ["叁佰万"]),
        ("面积½公顷", ["½"]),
        ("共1,578个", ["1,578"]),
        ("统一百个标准", ["百"]),
        ("三十一方面军", ["三十一"]),
    ],
)
def test_numbers_are_found(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一思想认识，把推动跨越发展作为首要任务",
        "在打造一流队伍中争创一流，奋战在一线",
        "福州市将基层组织建设年作为“一把手”工程来抓",
        "农村、“两新”组织、教育和医疗卫生系统",
        "村党组织书记和村委会主任“一肩挑”",
        "一方面抓落实，另一方面抓督查",
        "迎接党的十八大胜利召开",
        "市四套班子领导",
        "千方百计为老百姓办实事",
        "队伍建设和大陆沿海",
        "一是领导带头抓好调研摸底。二是以点带面抓好指导帮扶。三是严格考评抓好督查落实。",
        "",
    ],
)
def test_idioms_and_enumerations_count_nothing(text: str) -> None:
    assert numbers(text) == []


def phrases(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("phrase", phrases("refused.txt"))
def test_a_number_is_refused_whatever_word_it_hides_in(phrase: str) -> None:
    text = phrase.replace("【", "").replace("】", "")
    assert numbers(text) == re.findall("【(.+?)】", phrase)
    assert numbers(f"我市{text}。") == re.findall("【(.+?)】", phrase)


@pytest.mark.parametrize("phrase", phrases("allowed.txt"))
def test_a_word_in_which_nothing_counts_is_free(phrase: str) -> None:
    assert numbers(phrase) == []
    assert numbers(f"会上，{phrase}。") == []


def test_whoever_meets_an_ambiguous_word_is_told_another() -> None:
    masthead = Masthead(series="活动简报", number=(), issuer="", date=())
    body = (Paragraph((Text("各级一起处理一起案件，共三件"),)),)
    told = [fault.instead for fault in unsourced(Document(masthead=masthead, editors_note=(), body=body))]
    assert told == ["“一起”可写作：共同、一同。", "“一起”可写作：共同、一同。", ""]


def headings(*texts: str, level: int = 1) -> list[Block]:
    return [Heading(level, (Text(text),)) for text in texts]


def paragraphs(*texts: str) -> list[Block]:
    return [Paragraph((Text(text),)) for text in texts]


@pytest.mark.parametrize(
    "blocks",
    [
        headings("一、学习", "二、推动", "三、强化"),
        headings(
            *(f"{numeral}、工作" for numeral in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"))
        ),
        [
            *headings("一、学习"),
            *headings("（一）领会", "（二）落实", level=2),
            *headings("二、推动"),
            *headings("（一）项目", level=2),
        ],
        [
            *headings("一、学习"),
            *headings("1. 建台账", "2. 建制度", level=3),
            *headings("二、推动"),
            *headings("1、建台账", level=3),
        ],
        [*paragraphs("一、学习", "正文", "（一）领会", "（二）落实", "二、推动", "（一）项目")],
        [*headings("做法"), *paragraphs("一、学习", "二、推动"), *headings("成效"), *paragraphs("一、项目")],
        headings(*(f"{number}. 工作" for number in range(1, 102)), level=3),
        paragraphs("一是带头。二是帮扶；三是督查。", "一是联动。二是保障。", "三是经费。"),
    ],
)
def test_structure_is_free_as_it_counts_up_from_one(blocks: list[Block]) -> None:
    assert found(*blocks) == []


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (headings("383、重点项目"), ["383"]),
        (headings("三百、学习"), ["三百"]),
        (headings(*(f"{number}. 工作" for number in range(1, 100)), "101. 工作", level=3), ["101"]),
        (headings("一、学习", "三、强化"), ["三"]),
        (headings("一、学习", "一、推动"), ["一"]),
        (headings("（二）推动", level=2), ["二"]),
        (headings("1. 建台账", "3. 建制度", level=3), ["3"]),
        (headings("1.5万元到村", level=3), ["1.5万"]),
        (headings("一、二季度工作"), ["二"]),
        (paragraphs("十二、夯实基础"), ["十二"]),
        (paragraphs("1. 建台账"), ["1"]),
        (paragraphs("开展学习一、认真领会"), ["一"]),
        (paragraphs("二是帮扶。"), ["二"]),
        (paragraphs("一是带头，五是督查。"), ["五"]),
        (paragraphs("共有三百是党员"), ["三百"]),
        ([Table((((Text("一、合计"),),),))], ["一"]),
    ],
)
def test_any_other_number_there_is_a_figure(blocks: list[Block], expected: list[str]) -> None:
    assert found(*blocks) == expected


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((FigureRun("3", 0), FigureRun("83", 1)), ["383"]),
        ((FigureRun("3", 0), Text("．"), FigureRun("7", 1)), ["3．7"]),
        ((FigureRun("三", 0), FigureRun("百", 1), Text("名")), ["三百"]),
        ((FigureRun("383", 0), Text("多项")), ["多"]),
        ((FigureRun("十", 0), Text("几个")), ["几"]),
        ((Text("统一"), FigureRun("百", 0), Text("项")), ["一"]),
        ((Text("第"), FigureRun("3", 0), Text("百姓")), ["百"]),
        ((FigureRun("3", 0), Text("倍")), []),
        ((FigureRun("1", 0), Text("—"), FigureRun("2", 1), Text("个")), []),
        ((FigureRun("青口镇", 0), Text("多项工作")), []),
        ((FigureRun("青口镇", 0), FigureRun("383", 1), Text("项")), []),
    ],
)
def test_text_around_a_figure_makes_no_other_figure_of_it(runs: Runs, expected: list[str]) -> None:
    assert found(Paragraph(runs)) == expected


def test_what_a_call_printed_is_free_and_splits_nothing() -> None:
    runs = (Text("增加到"), FigureRun("383", 0), Text("项，"), NoteRun("八届九次", "A4"), Text("全会"))
    assert found(Paragraph(runs)) == []
    assert found(Paragraph((FigureRun("3.7", 0), Text("万名")))) == ["万"]
    assert found(Paragraph((Text("第"), FigureRun("五", 0), Text("十批")))) == ["十"]


def test_every_part_of_the_document_is_walked() -> None:
    masthead = Masthead(
        series="活动简报",
        number=(Text("第98期（总第412期）"),),
        issuer="市委活动办",
        date=(Text("8月"),),
        title=((Text("表彰三十人"),),),
        to=(("报", "7个部门"),),
        copies=(Text("共印100份"),),
    )
    table = Table((((Text("县"),), (Text("数"),)), ((Text("鼓楼"),), (Text("12"),))))
    document = Document(masthead=masthead, editors_note=(Paragraph((Text("共6类"),)),), body=(table,))
    told = [(fault.place, fault.text) for fault in unsourced(document)]
    assert told == [
        ("期号", "98"),
        ("期号", "412"),
        ("日期", "8"),
        ("标题第1行", "三十"),
        ("报", "7"),
        ("印数", "100"),
        ("编者按第1段", "6"),
        ("正文第1段（表格）", "12"),
    ]


def test_a_fault_shows_its_surroundings() -> None:
    masthead = Masthead(series="活动简报", number=(), issuer="", date=())
    body = (Paragraph((Text("全市共组建党员突击队705支，设立先锋岗"),)),)
    (fault,) = unsourced(Document(masthead=masthead, editors_note=(), body=body))
    assert fault.excerpt == "全市共组建党员突击队【705】支，设立先锋岗"


@given(st.text(alphabet="共有名党员进一步统线0123456789三十百万，。", max_size=40))
def test_no_ascii_digit_ever_slips_through(text: str) -> None:
    kept = [character for fault in numbers(text) for character in fault if character.isascii() and character.isdigit()]
    assert kept == [character for character in text if character.isascii() and character.isdigit()]


def beside(before: str, after: str = "", between: str | None = None) -> list[str]:
    """A printed 383 in this text; with `between`, another printed number behind that."""
    figure = FigureRun("383", 0)
    more = () if between is None else (Text(between), FigureRun("12", 1))
    return found(Paragraph((Text(before), figure, *more, Text(after))))


@pytest.mark.parametrize(
    "after", ["【%】", "【％】", "【‰】", "【折】", "【兆】元", "【成】", "【k】元", "【M】", "【多】项", "【E5】"]
)
def test_what_stands_behind_a_figure_cannot_change_it(after: str) -> None:
    assert beside("共", after.replace("【", "").replace("】", "")) == re.findall("【(.+?)】", after)


@pytest.mark.parametrize("before", ["-", "－", "−", "负", "US"])
def test_what_stands_before_a_figure_cannot_change_it(before: str) -> None:
    assert beside(f"增长{before}", "项") == [before]


@pytest.mark.parametrize("between", ["/", "／", "·", "×", "分之", ":"])
def test_two_figures_make_no_third(between: str) -> None:
    assert beside("占", "项", between) == [between]


@pytest.mark.parametrize("between", ["", " ", "\u3000", "\u00a0", ".", "点"])
def test_two_figures_never_run_together(between: str) -> None:
    assert beside("共", "项", between) == [f"383{between}12"]


@pytest.mark.parametrize(
    ("before", "after"), [("担负", "项任务"), ("由", "成员单位组成"), ("", "人"), ("每人建立", "—")]
)
def test_words_beside_a_figure_are_free(before: str, after: str) -> None:
    assert beside(before, after) == []


def test_a_heading_numbers_no_figure() -> None:
    assert found(Heading(3, (Text("1."), FigureRun("383", 0), Text("项")))) == ["1"]


def special(name: str) -> list[str]:
    """As the desk prints it: the scheme states the name, and the masthead calls for it."""
    masthead = Masthead(series="活动简报", number=(), issuer="市委活动办", date=(), special=(FigureRun(name, 0),))
    return [fault.text for fault in unsourced(Document(masthead=masthead, editors_note=(), body=()))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("惠及群众12345名", ["12345"]),
        ("【走访三千户专刊】", ["三千"]),
        ("【专刊12345】", ["12345"]),
        ("【走访三千户专刊二】", ["三千"]),
        ("【基层组织建设年专刊一】", []),
        ("基层党建专刊（十二）", []),
        ("【先锋专刊】", []),
    ],
)
def test_the_name_of_a_special_issue_is_no_source_of_the_numbers_in_it(name: str, expected: list[str]) -> None:
    assert special(name) == expected


@pytest.mark.parametrize("text", ["慰问丗名老人", "帮扶念户", "投入阡元", "走访陌家", "选派𠀾名干部"])
def test_rare_numerals_count_before_a_unit(text: str) -> None:
    assert numbers(text) == [text[2]]


@pytest.mark.parametrize("text", ["纪念日活动", "信念层面", "悬念个个落地", "阡陌村道整治", "阡陌相通", "念兹在兹"])
def test_and_are_words_elsewhere(text: str) -> None:
    assert numbers(text) == []
