"""A self-review and its leader's comment, both written beside the facts; the comment is spoken, written down and
initialled; whom it is about objects, and is answered in time by somebody else."""

from __future__ import annotations

import re

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

UNIT, CAMPAIGN = "350102100004", "gulou-today"
DONE = "六月集中走访了老旧楼栋。"
WRONG = "走访次数少算了一次，六月二十日那次没有计入。"
RULING = "核对了走访登记，六月二十日的一次补登，点评中的次数以补登后的为准。"


def act_as(traveller: Traveller, post: str) -> None:
    traveller.open("/account/acting")
    traveller.tick(post)
    traveller.tap("以此任职办理")
    traveller.see("已")


def test_a_review_a_comment_and_an_objection(enter: Enter) -> None:
    unit = enter("self_review")
    unit.sign_in("xingyuan")
    act_as(unit, "兴园社区 · 经办人")
    unit.open(f"/desk/{CAMPAIGN}/self_review/new")
    unit.see("兴园社区的情况", "民生实事")
    unit.type("做法和成效", DONE)
    unit.tap("引用：公开承诺", role="button", within="main", exact=True)
    unit.see(re.compile(re.escape(DONE)), re.compile("公开承诺.*按第.*号办理记录"))
    unit.type("问题和不足", "夜间走访少。")
    unit.type("改进办法和措施", "每周三晚上走访。")
    unit.tap("提交", role="button", within="main", exact=True)
    unit.see("自我讲评")

    office = enter("spoken_comment")
    office.sign_in("gulou")
    office.open(f"/desk/{CAMPAIGN}/leader_comment/new?about={UNIT}")
    office.see("兴园社区的情况")
    office.tap("引用：公开承诺", role="button", within="main", exact=True)
    office.see(re.compile("公开承诺.*按第.*号办理记录"))
    office.type("口头点评的领导", "demo-leader")
    office.type("问题", "夜间走访少。")
    office.type("努力方向", "走访安排到晚上。")
    office.tap("送领导签认", role="button", within="main", exact=True)
    office.see("已办理“送领导签认”")

    leader = enter("initialled")
    leader.sign_in("leader")
    act_as(leader, "福州市 · 领导干部")
    leader.open("/desk/")
    leader.tap("签认发布", within="main")
    leader.tap("签认发布", role="button", within="main", exact=True)
    leader.see("已点评")

    unit.open(leader.page.url.removeprefix(leader.site).replace("/desk/filed/", "/records/"))
    unit.see("夜间走访少", "努力方向")
    unit.tap("提异议", role="link", within="main")
    unit.see("由谁答复", "鼓楼区")
    unit.type("异议和理由", WRONG)
    unit.tap("提交异议")
    unit.see("待答复", WRONG, "答复期限")
    objection = unit.page.url.removeprefix(unit.site)

    answering = enter("objection_answered")
    answering.sign_in("fuhe")
    answering.open(objection)
    answering.see(WRONG)
    answering.tap("答复异议（成立）", role="link", within="main", exact=True)
    answering.type("答复和理由", RULING)
    answering.tap("答复异议（成立）", role="button", within="main", exact=True)
    answering.see("异议成立")

    unit.open(objection)
    unit.see("异议成立", RULING)
