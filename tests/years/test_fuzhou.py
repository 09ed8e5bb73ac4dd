"""Fuzhou's year of 2012 from its scheme: who serves whom, who is graded what and why, what is put right, who rises.

One county with two towns: 青口镇 (青口村, 东台村, 大义村) and 荆溪镇 (荆溪村, 关口村). The branches are graded by the
people they visited (a point for two, at most ten) and by whether their secretary reported on duty (ten), half each.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.registry.trees import refused
from tests.years.house import House, Person, Unit, day, house
from xianfeng.duties import check, circulars
from xianfeng.duties.models import Circular
from xianfeng.gradings import deciding
from xianfeng.gradings.models import Proposal, ProposalLine
from xianfeng.ledger import actions

UNITS = [
    Unit("350100", "福州市", "division", "city"),
    Unit("350121", "闽侯县", "division", "county", "福州市"),
    Unit("350121100", "青口镇", "division", "township", "闽侯县"),
    Unit("350121101", "荆溪镇", "division", "township", "闽侯县"),
    *(
        Unit(f"350121{town}20{place}", f"{name}村", "division", "village", above, "village")
        for town, place, name, above in (
            (100, 0, "青口", "青口镇"),
            (100, 1, "东台", "青口镇"),
            (100, 2, "大义", "青口镇"),
            (101, 0, "荆溪", "荆溪镇"),
            (101, 1, "关口", "荆溪镇"),
        )
    ),
    *(
        Unit(f"{name}DZB", f"{name}支部", "body", "branch", f"{name}村", "party")
        for name in ("青口", "东台", "大义", "荆溪", "关口")
    ),
]
PEOPLE = [
    Person("市办甲", "福州市", "office"),
    Person("市办乙", "福州市", "office"),
    Person("县委书记", "闽侯县", "secretary"),
    Person("县领导", "闽侯县", "leading_official"),
    Person("青口镇书记", "青口镇", "secretary"),
    Person("荆溪镇书记", "荆溪镇", "secretary"),
    *(Person(f"{name}书记", f"{name}支部", "secretary") for name in ("青口", "东台", "大义", "荆溪", "关口")),
]
VISITED = {"青口": 26, "东台": 12, "荆溪": 20, "关口": 4}  # people; 大义 visited nobody
# points of a hundred: (visited + reported) / 2
#   青口 100 and 100; 东台 60 and 100; 大义 0 and 0; 荆溪 100 and 100; 关口 20 and 0
TOTALS = {"青口": 100_00, "东台": 80_00, "大义": 0, "荆溪": 100_00, "关口": 10_00}
REMINDED = "请办理：报结果“整改通知书”，2012年{}日17:30到期。"
PROPOSED = {"青口": "advanced", "东台": "advanced", "大义": "backward", "荆溪": "average", "关口": "backward"}


@pytest.fixture
def fuzhou(db: None) -> House:
    return house("fuzhou-2012", UNITS, PEOPLE, since="2012-01-04")


def lines(one: House, proposal: Proposal) -> dict[str, tuple[int | None, str]]:
    names = {number: name.removesuffix("支部") for name, number in one.number.items()}
    rows = ProposalLine.objects.filter(proposal=proposal)
    return {names[row.organisation_id]: (row.total, row.grade) for row in rows}


def decided(one: House, proposal: Proposal) -> dict[str, deciding.Decision]:
    names = {one.number[f"{name}支部"]: name for name in PROPOSED}
    return {names[number]: found for number, found in deciding.decisions(proposal, names).items()}


def served(one: House) -> int:
    """February: visits, reports on duty, a leader's contact point. The order to 荆溪's branch, which is its number."""
    given = {"leader": one.jobs["县领导"].person, "rank": "county"}
    point = one.file("县委书记", "contact_point", "2012-02-08", {**given, "target": one.number["东台支部"]})
    one.file("县委书记", "contact_visit", "2012-02-10", {**given, "contact_point": point, "work": ["research"]})
    for name, people in VISITED.items():
        one.file(f"{name}书记", "visit", "2012-02-14", {"people": {"villagers": people}})
    for name in ("青口", "东台", "荆溪"):
        one.file(f"{name}书记", "duty_report", "2012-02-20", {"tier": "village", "text": "抓支部建设"})
    order = {
        "about": one.number["荆溪支部"],
        "cause": "hollow",
        "problem": "走访记录补填",
        "demand": "如实登记",
        "due": "2012-04-20",
    }
    notice = one.file("市办甲", "rectification", "2012-03-05", order)
    assert one.move("市办甲", notice, "issue", "2012-03-05") == "issued"
    return notice


def test_a_year_of_gradings_and_of_putting_right(fuzhou: House) -> None:
    one = fuzhou
    notice = served(one)

    # What is proposed: 荆溪 has the points of an advanced one and an open notice that the city filed about it.
    proposal = one.proposal("市办甲", "branches", "2012-03-19")
    assert lines(one, proposal) == {name: (TOTALS[name], PROPOSED[name]) for name in PROPOSED}
    assert one.figure("open_notices", "荆溪支部", "2012-03-19") == 1
    assert one.figure("open_notices", "福州市", "2012-03-19") == 1

    # People decide: the towns, one of them otherwise and with a reason.
    with refused("gradings.no_reason"):
        one.decide("青口镇书记", proposal, "2012-03-21", {"东台支部": "average"})
    chosen = {"青口支部": "", "东台支部": "average", "大义支部": ""}
    one.decide("青口镇书记", proposal, "2012-03-21", chosen, 东台支部="两委不团结，群众意见大")
    one.decide("荆溪镇书记", proposal, "2012-03-21", {"荆溪支部": "", "关口支部": ""})
    held = decided(one, proposal)
    with refused("ledger.guard"):
        one.move("县委书记", held["大义"].record, "review", "2012-03-23")  # the backward need a plan first

    plan = {"values": {"plan": "每月走访十户，补上述职"}, "reason": "补整改方案", "day": day("2012-03-26")}
    for who, name in (("青口镇书记", "大义"), ("荆溪镇书记", "关口")):
        actions.amend(by=one.by(who, "2012-03-26"), record=held[name].record, **plan)
    for who, step, moment in (("县委书记", "review", "2012-03-28"), ("市办甲", "publish", "2012-03-30")):
        for found in held.values():
            one.move(who, found.record, step, moment)

    objections(one, {name: found.record for name, found in held.items()}, notice)
    weak = put_right(one, notice)
    in_july(one)
    one.file("大义书记", "duty_report", "2012-09-18", {"tier": "village", "text": "整改以后"})
    assert one.figure("weak_open", "大义支部", "2012-09-30") == 1
    one.move("县委书记", weak, "close", "2012-10-22")
    rise(one, proposal)
    the_end(one, proposal)
    assert list(check.check()) == []


def objections(one: House, graded: Mapping[str, int], notice: int) -> None:
    """Three branches object to their class. Ten working days from Thursday 5 April end on the 19th."""
    first = one.object("东台书记", graded["东台"], "2012-04-05", "班子三月已调整，意见箱一季度没有意见")
    assert one.values(first)["due"] == "2012-04-19"
    worse = {"grade": "backward", "departure": "压一压"}
    with refused("ledger.contested"):
        one.move("市办乙", graded["东台"], "regrade", "2012-04-06", values=worse)
    second = one.object("大义书记", graded["大义"], "2012-04-10", "新支部二月才成立")
    third = one.object("关口书记", graded["关口"], "2012-04-10", "走访登记漏了两次")
    one.move("市办乙", second, "reject", "2012-04-13", values={"ruling": "全年没有走访、没有述职，属实"})
    with refused("ledger.objected_already"):
        one.object("大义书记", graded["大义"], "2012-04-16", "还是不服")
    with refused("ledger.judging_oneself"):  # he published it, and somebody else could answer
        one.move("市办甲", first, "uphold", "2012-04-16", values={"ruling": "维持"})
    one.move("市办乙", first, "uphold", "2012-04-16", values={"ruling": "调查属实，班子已调整，按先进"})
    raised = {"grade": "advanced", "departure": "异议成立，班子已调整"}
    assert one.move("市办乙", graded["东台"], "regrade", "2012-04-17", values=raised) == "reviewed"
    one.move("市办乙", graded["东台"], "publish", "2012-04-17")

    # The order is answered by its day, the 20th, and found wanting.
    one.move("荆溪书记", notice, "answer", "2012-04-18", values={"result": "补齐二月登记"})
    again = {"second_look": "三月的还是补填", "due": "2012-05-18"}
    one.move("市办乙", notice, "return", "2012-04-20", values=again, reason="没有改到位")

    # Nobody answers the third objection by Tuesday the 24th.
    one.until("2012-04-26")
    assert one.told("福州市", "urge") == [
        ("04-25", "催办：答复异议（成立）“异议”，2012年4月24日17:30已到期，还没有办。")
    ]
    one.move("市办乙", third, "reject", "2012-04-26", values={"ruling": "没有登记的不能算，可以补登"})


def put_right(one: House, notice: int) -> int:
    """The order is answered again and struck off; 大义 comes on the list of the weak, whose record is returned."""
    weak = {"target": one.number["大义支部"], "problems": "没有走访、没有述职", "due": "2012-10-31"}
    listed = one.file("青口镇书记", "weak_organisation", "2012-05-08", weak)
    one.move("县委书记", listed, "plan", "2012-05-14", values={"measures": "县领导联系，每月走访"})
    one.move("荆溪书记", notice, "answer", "2012-05-15", values={"result": "当天走访当天登记，公示一个月"})
    assert one.figure("open_notices", "荆溪支部", "2012-05-15") == 1
    one.move("市办乙", notice, "close", "2012-05-17", values={"second_look": "抽查十户，属实"})
    assert one.figure("open_notices", "荆溪支部", "2012-05-17") == 0
    assert not Circular.objects.exists(), "nothing was so late that a circular was drafted"
    return listed


def in_july(one: House) -> None:
    """The county's leader leaves out July's round of service: reminded on the 26th, and on 7 August a circular."""
    one.file("大义书记", "visit", "2012-07-10", {"people": {"villagers": 10}})
    one.file("关口书记", "visit", "2012-07-12", {"people": {"villagers": 6}})
    one.until("2012-08-07")
    late = "集中开展服务活动，2012年7月份"
    assert one.told("闽侯县", "remind", "urge") == [
        ("07-26", f"请办理：{late}，2012年7月31日17:30到期。"),
        ("08-01", f"催办：{late}，2012年7月31日17:30已到期，还没有办。"),
    ]
    assert one.told("福州市", "superior", "circular") == [
        ("08-03", f"下级逾期：{late}，1个组织催办后仍没有办。"),
        ("08-07", f"已起草通报，请决定发不发：{late}。"),
    ]
    (drafted,) = Circular.objects.all()
    circulars.decide(circular=drafted.id, decision="issued", by=one.by("市办甲", "2012-08-08"))


def rise(one: House, first: Proposal) -> None:
    """In November the figures would propose: 大义 50 and 100, 荆溪 without the notice; 关口 50 and 0."""
    second = one.proposal("市办甲", "branches", "2012-11-12")
    assert lines(one, second) == {
        "青口": (100_00, "advanced"),
        "东台": (80_00, "advanced"),
        "大义": (75_00, "average"),
        "荆溪": (100_00, "advanced"),
        "关口": (25_00, "backward"),
    }
    with refused("gradings.decided"):
        one.decide("青口镇书记", second, "2012-11-13", {"大义支部": ""})
    held = decided(one, first)
    for name, grade, why in (("大义", "average", "整改到位，已经转化"), ("荆溪", "advanced", "整改已销号")):
        one.move("县委书记", held[name].record, "regrade", "2012-11-14", values={"grade": grade, "departure": why})
        one.move("市办甲", held[name].record, "publish", "2012-11-14")
    # It is a new decision: 大义, whose objection in April was rejected, can object to this one.
    objection = one.object("大义书记", held["大义"].record, "2012-11-16", "应当是先进")
    one.move("大义书记", objection, "drop", "2012-11-19")


def the_end(one: House, proposal: Proposal) -> None:
    one.until("2012-12-31")
    assert {name: (found.grade, found.because) for name, found in decided(one, proposal).items()} == {
        "青口": ("advanced", ""),
        "东台": ("advanced", "异议成立，班子已调整"),
        "大义": ("average", "整改到位，已经转化"),
        "荆溪": ("advanced", "整改已销号"),
        "关口": ("backward", ""),
    }
    report = "请办理：村（社区）党组织书记述职，2012年，2012年12月31日17:30到期。"
    reminded = {name: one.told(f"{name}支部", "remind") for name in VISITED}
    assert reminded == {
        "青口": [],
        "东台": [],
        "荆溪": [("04-17", REMINDED.format("4月20")), ("05-15", REMINDED.format("5月18"))],
        "关口": [("12-26", report)],
    }
    counted = {
        "people_visited": 26 + 12 + 20 + 4 + 10 + 6,
        "village_reports_made": 4,
        "graded": 5,
        "notices": 1,
        "open_notices": 0,
        "weak_villages": 1,
        "weak_open": 0,
    }
    assert {name: one.figure(name, "福州市", "2012-12-31") for name in counted} == counted
