"""A grading from proposal to publication: the office proposes, a town decides with one departure, the office publishes;
a unit reads why, objects and is answered; anybody reads the classes."""

from __future__ import annotations

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

CAMPAIGN, UNIT = "gulou-today", "兴园社区"
BECAUSE = "今年新建的老年食堂六月才开张，受益户还没有登记。"
WRONG = "三月办的实事有一件没有计入。"
RULING = "核对了登记，三月那件是去年办的，不计入；等级不变。"


def test_from_the_proposal_to_what_is_published(enter: Enter) -> None:
    office = enter("grading_proposal")
    office.sign_in("gulou")
    office.open("/office/judgement/gradings/")
    office.tap_on(office.page.locator("li", has_text="社区分类定级").get_by_role("button").last)
    office.see("得分少的在前", "建议等级")
    proposal = office.page.url.removeprefix(office.site)
    office.tap("试算别的权重", role="link")
    office.type("一般", "60")
    office.tap("试算", role="button", within="main", exact=True)
    office.see("的建议等级会变")

    town = enter("grading_decisions")
    town.sign_in("hongshan")
    town.open(proposal)
    town.choose(f"{UNIT}，确定等级", "一般" if _proposed(town) != "一般" else "后进")
    town.tap("确定所选的等级")
    town.see("要说明理由")
    town.choose(f"{UNIT}，确定等级", "一般" if _proposed(town) != "一般" else "后进")
    town.type(f"{UNIT}，理由", BECAUSE)
    town.tap("确定所选的等级")
    town.see("已确定 1 个")
    town.tap("其余的都按建议确定")
    town.tap_on(town.page.locator("button[name=confirmed]"))
    town.see("等待审核", BECAUSE)
    record = town.page.locator("tr", has_text=UNIT).locator("a[href^='/records/']").get_attribute("href")
    assert record

    for move, state in (("审核", "已审核"), ("公布", "已公布")):
        office.open(record)
        office.tap(move, role="link", within="main", exact=True)
        office.tap(move, role="button", within="main")
        office.see(state)

    unit = enter("grading_reasons")
    unit.sign_in("xingyuan")
    unit.open("/desk/gradings/")
    unit.tap("社区分类定级", role="link", within="main")
    unit.see("各项指标", BECAUSE, "承诺兑现率")
    unit.open(record)
    unit.tap("提异议", role="link", within="main")
    unit.type("异议和理由", WRONG)
    unit.tap("提交异议")
    unit.see("待答复", WRONG, "答复期限")
    objection = unit.page.url.removeprefix(unit.site)

    answering = enter("grading_answer")
    answering.sign_in("fuhe")
    answering.open(objection)
    answering.tap("答复异议（不成立）", role="link", within="main", exact=True)
    answering.type("答复和理由", RULING)
    with answering.page.expect_navigation():
        answering.tap("答复异议（不成立）", role="button", within="main", exact=True)
    answering.open(objection)
    assert answering.page.get_by_role("link", name="答复异议（不成立）", exact=True).count() == 0
    answering.see("异议不成立")

    anybody = enter("grading_published")
    anybody.open(f"/schemes/{CAMPAIGN}/gradings/communities?grade=backward")
    anybody.see("社区分类定级", "已经公布的等级")


def _proposed(town: Traveller) -> str:
    """The class that is proposed for the unit."""
    return town.page.locator("tr", has_text=UNIT).locator("td[data-head=建议等级]").inner_text().strip()
