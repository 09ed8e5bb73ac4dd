"""An order as a paper: to whom and by whom, with what it demanded when it was issued, in both file forms."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
import typer
from pypdf import PdfReader
from typer.testing import CliRunner

from tests.duties.offices import Office, campaign, office
from xianfeng.cli import inspections
from xianfeng.inspections import orders
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.papers.document import Paragraph, Text
from xianfeng.problems import Problem

COUNTY, VILLAGE = "闽侯县", "青口村"


@pytest.fixture
def county(db: None) -> Office:
    return office(campaign("", since="2012-01-01"))


@pytest.fixture
def drafted(county: Office) -> Record:
    values = {
        "about": county.number[VILLAGE],
        "problem": "公示栏三个月没有更新",
        "demand": "补齐公示",
        "due": "2012-03-30",
    }
    return county.file("rectification", COUNTY, "2012-03-05 10:00", values, state="drafted")


def told(record: Record) -> list[str]:
    """The sentences below what the record says."""
    last = orders.dispatch(record).body[-1]
    assert isinstance(last, Paragraph)
    return [run.text for run in last.runs if isinstance(run, Text)]


def print_(number: int, out: Path) -> str:
    app = typer.Typer()
    inspections.register(app)
    result = CliRunner().invoke(app, ["inspections", "order", str(number), "--out", str(out)])
    if isinstance(result.exception, Problem):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_paper_says_what_is_demanded_by_when(county: Office, drafted: Record, tmp_path: Path) -> None:
    county.move(drafted, "issue", COUNTY, "2012-03-06 09:00")
    print_(drafted.id, tmp_path / "order.docx")
    word = docx.Document(str(tmp_path / "order.docx"))
    assert [line.text for line in word.paragraphs] == [
        COUNTY,
        f"第{drafted.id}号",
        "限期整改通知书",
        f"{VILLAGE}：",
        "存在的问题：公示栏三个月没有更新",
        "整改要求：补齐公示",
        "整改期限：2012年3月30日",
        "请按要求办理，并在系统中答复。"
        "请你单位在2012年3月13日17:30以前办理“定措施”。"
        "接着请你单位在2012年3月30日以前办理“报结果”。"
        f"接着由{COUNTY}或福州市或活动办公室决定，办理“复查不合格，再整改”或“复查合格，销号”。"
        "到期没有办的记为超期：逾期1个工作日催办；逾期3个工作日告知上级；逾期5个工作日起草通报，发不发由人决定。"
        "对本通知有不同意见的，可以提出异议；提出以后10个工作日内答复。",
        COUNTY,
        "2012年3月6日",
        f"{COUNTY}\t2012年3月6日印发",
    ]
    print_(drafted.id, tmp_path / "order.pdf")
    pages = PdfReader(io.BytesIO((tmp_path / "order.pdf").read_bytes())).pages
    assert "2012年3月30日" in pages[0].extract_text().replace("\n", "")


def test_a_draft_says_that_it_is_one_and_is_not_dated(drafted: Record) -> None:
    paper = orders.dispatch(drafted)
    assert (paper.number, paper.dated) == (f"草稿第{drafted.id}号", "")


def test_a_finding_says_who_decides_and_what_follows_if_nobody_explains(county: Office) -> None:
    values = {"about": county.number[VILLAGE], "text": "公示栏三个月没有更新"}
    found = county.file("finding", COUNTY, "2012-03-05 10:00", values)
    said = told(found)
    assert said == [
        "请按要求办理，并在系统中答复。",
        "请你单位在2012年3月8日17:30以前办理“说明情况”。",
        f"接着由{COUNTY}或福州市或活动办公室决定，办理“认定”或“不成立”。",
        "对“已认定”有不同意见的，可以提出异议；提出以后10个工作日内答复。",
        f"到2012年3月8日17:30还没有办的，可以由{COUNTY}或福州市或活动办公室办理“到期没有说明，认定”。",
        "到期没有办的记为超期：逾期1个工作日催办；逾期3个工作日告知上级；逾期5个工作日起草通报，发不发由人决定。",
    ]
    county.move(found, "state", VILLAGE, "2012-03-06 09:00", values={"statement": "三天内补齐"})
    assert told(found) == said


def test_a_draft_says_how_much_time_there_will_be(drafted: Record) -> None:
    assert "接着请你单位在5个工作日内办理“定措施”。" in told(drafted)


def test_what_came_after_it_was_issued_does_not_change_the_paper(county: Office, drafted: Record) -> None:
    record = county.move(drafted, "issue", COUNTY, "2012-03-06 09:00")
    before = orders.dispatch(record)
    county.move(record, "plan", VILLAGE, "2012-03-07 09:00", values={"measures": "三天内补齐"})
    later = county.move(record, "postpone", COUNTY, "2012-03-08 09:00", values={"due": "2012-04-20"}, reason="雨季")
    assert orders.dispatch(later) == before


def test_a_record_that_nobody_has_to_act_on_is_not_an_order(county: Office) -> None:
    visit = county.file(
        "inspection_visit", COUNTY, "2012-03-05 10:00", {"about": county.number[VILLAGE], "form": "random"}
    )
    with pytest.raises(Problem, match="not_an_order"):
        orders.dispatch(visit)


def test_a_withdrawn_order_is_not_printed(county: Office, drafted: Record) -> None:
    issued = county.move(drafted, "issue", COUNTY, "2012-03-06 09:00")
    withdrawn = actions.withdraw(by=county.by(COUNTY, "2012-03-07 09:00"), record=issued.id, reason="发错了单位")
    with pytest.raises(Problem, match="withdrawn"):
        orders.dispatch(withdrawn)


@pytest.mark.parametrize(("number", "file", "code"), [(999_999, "order.pdf", "no_record"), (1, "order.txt", "suffix")])
def test_a_wrong_number_or_file_is_told(db: None, tmp_path: Path, number: int, file: str, code: str) -> None:
    with pytest.raises(Problem, match=code):
        print_(number, tmp_path / file)
    assert not list(tmp_path.iterdir())
