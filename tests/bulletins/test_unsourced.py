"""Every number in a bulletin is a call or a note; the sentences here are the documents' own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianfeng.bulletins.document import Block, Document, FigureRun, Heading, Masthead, NoteRun, Paragraph, Table, Text
from xianfeng.bulletins.unsourced import unsourced


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
        ("三十一方面军", ["三十"]),
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
        "组织万名党员下基层",
        "千方百计为老百姓办实事",
        "队伍建设和大陆沿海",
        "一是领导带头抓好调研摸底。二是以点带面抓好指导帮扶。三是严格考评抓好督查落实。",
        "",
    ],
)
def test_idioms_and_enumerations_count_nothing(text: str) -> None:
    assert numbers(text) == []


def test_structure_is_free_at_the_start_of_a_block_alone() -> None:
    assert found(Heading(1, (Text("一、认真学习领会"),)), Heading(2, (Text("（二）着力推动"),))) == []
    assert found(Heading(3, (Text("1. 建台账"),)), Paragraph((Text("十二、夯实基础", strong=True), Text("正文")))) == []
    assert numbers("开展学习一、认真领会") == ["一"]
    assert numbers("1. 建台账") == ["1"]
    assert numbers("共有三百是党员") == ["三百"]


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
