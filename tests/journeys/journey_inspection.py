"""An inspection from its plan to the striking off: drawn by hand before witnesses, visited, found, stated, upheld, put
right, looked at again, closed."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

UNIT = "兴园社区"
FOUND = "公示栏三个月没有更新"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "摇号单.pdf"
    path.write_bytes(b"%PDF-1.7 ")
    return path


def test_from_the_plan_to_the_striking_off(enter: Enter, sheet: Path) -> None:
    office, checker, inspector, unit = (enter(f"inspection-{who}") for who in ("office", "check", "visit", "unit"))
    for traveller, account in ((office, "gulou"), (checker, "fuhe"), (inspector, "ducha"), (unit, "xingyuan")):
        traveller.sign_in(account)
    plan = _drawn(office, checker, sheet)
    _visited(inspector)
    _stated(unit)
    office.open(plan)
    office.tap("公布抽取结果")
    office.see("摇号结果已经公布")
    finding = _upheld(office)
    order = _ordered(office, finding)
    _put_right(unit, order)
    office.open(order)
    office.tap("复查合格，销号")
    office.type("复查情况", "公示栏已经更新")
    _send(office)
    office.open(f"{plan}/findings")
    office.see("已销号")
    assert "已销号" in office.page.locator("#ordered tbody").inner_text()


def _drawn(office: Traveller, checker: Traveller, sheet: Path) -> str:
    """The address of the plan, drawn and confirmed."""
    office.open("/office/judgement/inspections/gulou-today/spot/new")
    office.type("名称", "社区抽查")
    office.type("批准文号", f"鼓组〔2026〕{office.tally.screen}号")
    office.type("哪天抽", f"{dt.datetime.now(dt.UTC) + dt.timedelta(hours=8):%Y-%m-%d}")
    office.tap("列出名册", role="button")
    office.tap("封存名册")
    office.see("已封存，待抽取")
    plan = office.page.url.removeprefix(office.site)
    office.tap("登记摇号结果")
    line = office.page.locator("#units tbody tr", has_text=UNIT).inner_text()
    number = re.search(r"\d+", line)
    assert number
    office.type("摇出的编号", f"{number[0]} 1")
    office.type("见证人", "群众代表林某")
    office.upload("签了字的摇号单", sheet)
    office.tap("登记，交另一位同志核对")
    office.see("待核对")
    checker.open(plan)
    checker.tap("核对摇号结果")
    checker.see(UNIT)
    checker.tap("与摇号单一致")
    checker.see("督查中")
    return plan


def _visited(inspector: Traveller) -> None:
    inspector.open("/desk/inspections")
    inspector.tap_on(inspector.page.locator("#mine tbody a").first)
    inspector.see("没有办完的", "督查人员签字")
    inspector.tap("登记督查")
    inspector.type("督查情况", "看了公示栏和台账")
    inspector.tap("提交")
    inspector.see("发现的问题一个一条登记")
    inspector.tap("登记督查发现的问题")
    inspector.type("问题", FOUND)
    inspector.tap("提交")
    inspector.see(FOUND)


def _stated(unit: Traveller) -> None:
    unit.open("/desk/inspections")
    unit.see("对本单位的督查")
    unit.tap_on(unit.page.locator("#found tbody tr", has_text="待单位说明").locator("a").first)
    unit.tap("说明情况")
    unit.type("单位说明", "公示栏正在重修")
    _send(unit)
    unit.see("单位已说明")


def _send(who: Traveller) -> None:
    """The form's button; what comes next is opened when it has been taken."""
    with who.page.expect_navigation():
        who.tap_on(who.page.locator("main form button.btn-primary").first)


def _upheld(office: Traveller) -> str:
    """The address of the finding."""
    office.tap("问题和整改")
    listed = office.page.locator("#found tbody a").first
    finding = listed.get_attribute("href") or ""
    office.tap_on(listed)
    office.tap("认定")
    office.type("理由", "重修期间应另设公示处")
    _send(office)
    office.open(finding)
    office.see("已认定")
    return finding


def _ordered(office: Traveller, finding: str) -> str:
    """The address of the notice, issued."""
    number = finding.rpartition("/")[2]
    due = dt.datetime.now(dt.UTC) + dt.timedelta(days=20)
    office.open("/desk/gulou-today/rectification/new")
    office.pick("整改单位", UNIT, UNIT)
    office.choose("根据哪个问题", number)
    office.type("存在的问题", FOUND)
    office.type("整改要求", "更新公示栏")
    office.type("整改期限", f"{due:%Y-%m-%d}")
    office.tap("下达")
    office.tap("看这条记录")
    office.see("打印限期整改通知书")
    return str(office.page.url.removeprefix(office.site))


def _put_right(unit: Traveller, order: str) -> None:
    for move, label, words in (("定措施", "整改措施", "一周内更新"), ("报结果", "整改结果", "已经更新")):
        unit.open(order)
        unit.tap(move)
        unit.type(label, words)
        _send(unit)
