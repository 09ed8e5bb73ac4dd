"""A commendation from nomination to certificate: the office sees who lacks what; a community nominates itself, its town
and the office agree, everybody reads the notice; whom it concerns objects and is answered; when the notice is over the
award is given, and its certificate is had on paper.

The days of the notice pass in a world of its own, whose clock is put forward.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.journeys import served
from tests.journeys.conftest import Enter, World
from tests.journeys.traveller import Traveller

CAMPAIGN, UNIT, BARRED = "gulou-today", "兴园社区", "象山社区"
OFFICE = "/office/judgement/commendations/"
PUBLIC = f"/schemes/{CAMPAIGN}/commendations/communities"
GROUNDS = "楼道照明修好了，承诺的事件件有着落。"
WRONG = "事迹里漏了五月办的便民食堂。"
RULING = "便民食堂在六月的实事里已经登记，不影响推荐。"
APPROVAL = "鼓委〔2026〕18号"
AHEAD = 21  # days: the notice is over, whatever rest days lie in it


def test_from_the_nomination_to_the_certificate(enter: Enter, later: World) -> None:
    office, unit = enter("commendation_office", at=later), enter("commendation_unit", at=later)
    office.sign_in("gulou")
    unit.sign_in("xingyuan")
    _eligible(office)
    record = _nominated(unit)
    town = enter("commendation_town", at=later)
    town.sign_in("hongshan")
    _step(town, record, "同意上报", "已上报")
    _step(office, record, "审议通过", "已审议", ("审议意见", "同意"))
    _step(office, record, "公示", "公示中")
    office.see("以前不能办理“表彰”")
    anybody = enter("commendation_notice", at=later)
    anybody.open(PUBLIC)
    anybody.see("公示中", UNIT, "公示到")
    other = enter("commendation_answer", at=later)
    other.sign_in("fuhe")
    _objected(unit, other, record)
    _awarded_too_soon(office, record)
    with served.serving(later.data, ahead=AHEAD) as address:
        _when_it_is_over(enter, replace(later, address=address, sessions={}), record)


def _when_it_is_over(enter: Enter, then: World, record: str) -> None:
    office = enter("commendation_award", at=then)
    office.sign_in("gulou")
    _step(office, record, "表彰", "已表彰", ("批准文号", APPROVAL))
    anybody = enter("commendation_awarded", at=then)
    anybody.open(f"{PUBLIC}?state=awarded")
    anybody.see(UNIT, APPROVAL)
    anybody.tap(UNIT, role="link", within="main")
    anybody.see("荣誉", "先进基层党组织")
    office.open(record)
    with office.page.expect_download() as paper:
        office.tap("PDF", role="link", within="main", exact=True)
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    unit = enter("commendation_own", at=then)
    unit.sign_in("xingyuan")
    unit.open("/desk/commendations/")
    unit.see("已表彰", APPROVAL)


def _eligible(office: Traveller) -> None:
    office.open(OFFICE)
    office.tap("谁符合条件", role="link", within="main")
    office.see("符合条件", UNIT)
    office.tap("还不符合", role="link", within="main")
    office.see(BARRED, "承诺兑现率没有数")


def _nominated(unit: Traveller) -> str:
    """The address of its record."""
    unit.open(f"/desk/{CAMPAIGN}/commendation/new")
    unit.pick("推荐哪个组织", UNIT, UNIT)
    unit.tick("先进基层党组织")
    unit.type("主要事迹", GROUNDS)
    unit.tap("推荐", role="button", within="main", exact=True)
    unit.see("已办理“推荐”")
    held = unit.page.locator("main a[href^='/records/']").first.get_attribute("href")
    assert held
    return held.split("?")[0]


def _step(traveller: Traveller, record: str, move: str, state: str, said: tuple[str, str] | None = None) -> None:
    traveller.open(record)
    traveller.tap(move, role="link", within="main", exact=True)
    if said:
        traveller.type(*said)
    with traveller.page.expect_navigation():
        traveller.tap(move, role="button", within="main")
    traveller.see(state)


def _awarded_too_soon(office: Traveller, record: str) -> None:
    """The page says from when on it can be given, and offers nothing to give it by."""
    office.open(record)
    office.see("公示中", "以前不能办理“表彰”")
    assert office.page.locator("main").get_by_role("link", name="表彰", exact=True).count() == 0


def _objected(unit: Traveller, other: Traveller, record: str) -> None:
    """Who decided does not answer where somebody else can."""
    unit.open("/desk/commendations/")
    unit.see("公示中", "可以提异议")
    unit.open(record)
    unit.tap("提异议", role="link", within="main")
    unit.type("异议和理由", WRONG)
    unit.tap("提交异议")
    unit.see("待答复", "答复期限")
    objection = unit.page.url.removeprefix(unit.site)
    other.open(record)
    other.see("答复以前，这条记录先不往下办")
    other.open(objection)
    other.tap("答复异议（不成立）", role="link", within="main", exact=True)
    other.type("答复和理由", RULING)
    with other.page.expect_navigation():
        other.tap("答复异议（不成立）", role="button", within="main", exact=True)
    other.open(objection)
    assert other.page.get_by_role("link", name="答复异议（不成立）", exact=True).count() == 0
    other.see("异议不成立")
