"""Jinwan's campaign from April 2010 to the anniversary of 2011, from its scheme: promises, comments, an inspection by
lot, the three questions, commendation before the first of July.

One town with three branches: 海澄 promises and keeps late, 鱼林 keeps in time, 中心 promises nothing.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.registry.trees import refused
from tests.years.house import IMPORTER, LONG_AGO, House, Person, Unit, day, house
from xianfeng.duties import check
from xianfeng.evaluations import freezing, published, results, sheets, slips
from xianfeng.evaluations.batches import Counted
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.inspections import drawing, planning, visiting
from xianfeng.inspections.planning import Wanted
from xianfeng.ledger.models import Record
from xianfeng.registry import actions as registry

NAMES = ("海澄", "鱼林", "中心")
UNITS = [
    Unit("440404", "金湾区", "division", "county"),
    Unit("440404DW", "金湾区委", "body", "county", "金湾区", "party"),
    Unit("440404001", "三灶镇", "division", "township", "金湾区"),
    Unit("440404001DW", "三灶镇党委", "body", "township", "三灶镇", "party"),
    *(Unit(f"44040400120{n}", f"{name}村", "division", "village", "三灶镇", "village") for n, name in enumerate(NAMES)),
    *(
        Unit(f"44040400120{n}DZB", f"{name}支部", "body", "branch", f"{name}村", "party")
        for n, name in enumerate(NAMES)
    ),
]
PEOPLE = [
    Person("区委书记", "金湾区", "superior_head"),
    Person("区办甲", "金湾区", "office"),
    Person("区办乙", "金湾区", "office"),
    Person("督查员甲", "金湾区", "inspector"),
    Person("督查员乙", "金湾区", "inspector"),
    Person("三灶镇书记", "三灶镇", "secretary"),
    *(Person(f"{name}书记", f"{name}支部", "secretary") for name in NAMES),
    Person("海澄党员", "海澄支部", "member"),
]
MEMBERS = {"海澄": (40, 38), "鱼林": (30, 30), "中心": (20, 10)}  # and how many take part
QUESTIONS = {"spirit": ("强", "不强"), "ties": ("够", "不够"), "example": ("明显", "不明显")}


@pytest.fixture
def jinwan(db: None) -> House:
    one = house("jinwan-2010", UNITS, PEOPLE, since="2010-04-12")
    for name in NAMES:
        for n in range(8):
            person = registry.enter(code=f"M-{name}{n}", name=f"{name}党员{n}", day=LONG_AGO, by=IMPORTER)
            registry.join(person=person, organisation=one.number[f"{name}支部"], day=LONG_AGO, by=IMPORTER)
    return one


def test_from_promises_to_the_anniversary(jinwan: House) -> None:
    one = jinwan
    promises = promised(one)
    spoken(one)
    one.move("鱼林书记", promises["鱼林"], "fulfil", "2010-08-30", values={"result": "窗口一次告知"})
    found = inspected(one)
    put_right(one, found)
    checked(one)
    asked = questioned(one)
    among_members(one)
    left = ordered(one)
    reviewed(one, promises)
    commended(one, asked)
    struck_off(one, left)
    the_end(one, found)
    assert list(check.check()) == []


def promised(one: House) -> dict[str, int]:
    """Promises wait for the town's review five working days: from Monday 26 April, Labour Day between, to 4 May."""
    letter = one.file("三灶镇书记", "commitment_letter", "2010-04-20", {"goals": "争创方案"}, of="三灶镇党委")
    one.move("三灶镇书记", letter, "consult", "2010-04-20", of="三灶镇党委")
    one.move("区办甲", letter, "sign", "2010-04-22", values={"consulted": 40})
    one.move("三灶镇书记", letter, "publish", "2010-04-23", of="三灶镇党委")
    given = {"promiser": "organisation", "topic": "提高工作效能"}
    promises = {
        name: one.file(f"{name}书记", "commitment", "2010-04-26", {**given, "text": "一次告知", "due": until})
        for name, until in (("海澄", "2010-12-20"), ("鱼林", "2010-09-30"))
    }
    for name, number in promises.items():
        one.move(f"{name}书记", number, "submit", "2010-04-26")
    assert one.move("三灶镇书记", promises["海澄"], "review", "2010-04-28") == "published"
    one.move("三灶镇书记", promises["鱼林"], "review", "2010-05-06")
    assert one.told("三灶镇", "urge") == [("05-05", "催办：审核公布“公开承诺”，2010年5月4日17:30已到期，还没有办。")]
    own = {"promiser": "member", "member_topic": "服务群众", "text": "联系两户", "person": one.jobs["海澄党员"].person}
    promises["党员"] = one.file("海澄书记", "commitment", "2010-05-10", own)
    one.move("海澄党员", promises["党员"], "submit", "2010-05-10")
    one.move("三灶镇书记", promises["党员"], "review", "2010-05-12")
    for name, (members, some) in MEMBERS.items():
        one.file(f"{name}书记", "participation", "2010-06-10", {"members": members, "taking_part": some})
    return promises


def spoken(one: House) -> None:
    """The head says it, a clerk writes it down, the head initials it; the town objects and is answered."""
    said = {"achievements": "承诺公开早", "problems": "审核不及时", "direction": "五个工作日内审完"}
    about = {"about": one.number["三灶镇"], "leader": one.jobs["区委书记"].person, "by_post": "head", "form": "regular"}
    comment = one.file("区办甲", "leader_comment", "2010-06-21", {**about, **said})
    one.move("区办甲", comment, "record", "2010-06-21")
    assert one.move("区委书记", comment, "initial", "2010-06-22") == "published"
    objection = one.object("三灶镇书记", comment, "2010-06-24", "只迟了两天，是五一假期")
    assert one.values(objection)["due"] == "2010-07-08"  # ten working days from Thursday 24 June
    one.move("区办乙", objection, "reject", "2010-07-02", values={"ruling": "假期已经扣除，仍迟了两个工作日"})
    assert not [told for told in one.told("金湾区", "remind", "urge") if "领导点评" in told[1]]


def inspected(one: House) -> tuple[str, int]:
    """One of three branches is drawn, a tenth rounded up; which one, the finding and what it says are kept."""
    wanted = Wanted(
        inspection="random", title="九月抽查", approval="金创组〔2010〕9号", value="某期号码", known=day("2010-09-10")
    )
    plan = planning.prepare(scheme=one.scheme, wanted=wanted, by=one.by("区办甲", "2010-09-06")).id
    planning.seal(plan=plan, by=one.by("区办甲", "2010-09-06"))
    drawn = drawing.draw(plan=plan, value="03 07 12 15 22 31", by=one.by("区办甲", "2010-09-10 15:00"))
    (visit,) = drawn.visits.all()
    assert len(visit.inspectors) == 2
    name = next(each for each in NAMES if one.number[f"{each}支部"] == visit.organisation)
    about = {"about": visit.organisation}
    seen = one.file(
        "区办甲", "inspection_visit", "2010-09-14", {**about, "form": "random", "approval": wanted.approval}
    )
    record = Record.objects.get(id=seen)
    visiting.visited(visit=visit.pk, record=record, by=one.by(visit.inspectors[0].removeprefix("P-"), "2010-09-14"))
    visiting.reveal(plan=plan, by=one.by("区办甲", "2010-09-15"))
    finding = one.file("区办甲", "finding", "2010-09-15", {**about, "visit": seen, "text": "承诺没有上墙"})
    one.move(f"{name}书记", finding, "state", "2010-09-17", values={"statement": "公示栏在翻修"})
    one.move("区办甲", finding, "uphold", "2010-09-20", reason="翻修两周前已完工")
    assert one.figure("findings", f"{name}支部", "2010-09-30") == 1
    return name, finding


def put_right(one: House, found: tuple[str, int]) -> None:
    """The branch objects to the finding; the order that follows is planned, answered and struck off."""
    name, finding = found
    unit = one.number[f"{name}支部"]
    objection = one.object(f"{name}书记", finding, "2010-09-21", "完工是九月十八日")
    one.move("区办乙", objection, "reject", "2010-09-27", values={"ruling": "验收单日期为九月一日"})
    order = {"about": unit, "finding": finding, "problem": "承诺没有上墙", "demand": "上墙", "due": "2010-10-29"}
    notice = one.file("区办甲", "rectification", "2010-09-28", order)
    one.move("区办甲", notice, "issue", "2010-09-28")
    one.move(f"{name}书记", notice, "plan", "2010-09-30", values={"measures": "国庆前上墙"})
    assert one.figure("open_notices", f"{name}支部", "2010-09-30") == 1
    one.move(f"{name}书记", notice, "answer", "2010-10-15", values={"result": "已上墙"})
    assert one.move("区办乙", notice, "close", "2010-10-20", values={"second_look": "到现场看过"}) == "closed"
    assert one.figure("open_notices", "金湾区", "2010-10-20") == 0


def checked(one: House) -> None:
    """Of three promises one is kept by November; the town says so once this quarter, and not more than there are."""
    about = {"checked": 3, "published": True}
    with refused("ledger.check"):
        one.file("三灶镇书记", "fulfilment_check", "2010-11-01", {**about, "kept": 4}, of="三灶镇党委")
    one.file("三灶镇书记", "fulfilment_check", "2010-11-01", {**about, "kept": 1}, of="三灶镇党委")
    assert one.figure("kept", "三灶镇", "2010-11-01") == 1
    assert one.figure("checks", "金湾区", "2010-11-01") == 1


def questioned(one: House) -> EvaluationRound:
    """Twenty-five people at each branch were asked the three questions; each box is counted by two."""
    office = one.by("区办甲", "2010-11-22")
    row = freezing.begin(scheme=one.scheme, evaluation="masses", day=day("2010-11-22"), by=office)
    roll = {unit.code: [f"{unit.name}{n}" for n in range(25)] for unit in UNITS if unit.level == "branch"}
    freezing.freeze(number=row.id, roll=roll, by=office)
    back = dict.fromkeys((1, 2, 3), 25)
    slips.issue(number=row.id, issued=back, by=one.by("区办甲", "2010-11-24"))
    slips.close(number=row.id, returned=back, by=one.by("区办甲", "2010-12-01"))
    for pool, (yes, no) in enumerate(((21, 4), (18, 7), (9, 16)), start=1):
        counts = {name: {first: yes, second: no, "": 0} for name, (first, second) in QUESTIONS.items()}
        for who in ("区办甲", "区办乙"):
            counted = Counted(slips=25, invalid=0, counts=counts)
            sheets.enter(number=row.id, pool=pool, batch=1, counted=counted, by=one.by(who, "2010-12-02"))
    results.publish(number=row.id, by=one.by("区办甲", "2010-12-06"))
    return row


def among_members(one: House) -> None:
    """Eight members in each branch are too few to be told of, twenty-four in the town are enough: one box, 22 slips."""
    row = freezing.begin(
        scheme=one.scheme, evaluation="members", day=day("2010-12-06"), by=one.by("区办甲", "2010-12-06")
    )
    freezing.freeze(number=row.id, roll=None, by=one.by("区办甲", "2010-12-06"))
    assert list(row.electorates.values_list("number", "electors")) == [(1, 24)]
    slips.issue(number=row.id, issued={1: 24}, by=one.by("区办甲", "2010-12-06"))
    slips.close(number=row.id, returned={1: 22}, by=one.by("区办甲", "2010-12-07"))
    counts = {
        "spirit": {"强": 15, "不强": 7, "": 0},
        "ties": {"够": 12, "不够": 9, "": 1},
        "example": {"明显": 22, "不明显": 0, "": 0},
    }
    for who in ("区办甲", "区办乙"):
        counted = Counted(slips=22, invalid=0, counts=counts)
        sheets.enter(number=row.id, pool=1, batch=1, counted=counted, by=one.by(who, "2010-12-07"))
    results.publish(number=row.id, by=one.by("区办甲", "2010-12-07"))
    told = published.read(row)
    assert told is not None
    (shown,) = told.shown
    assert (shown.at, shown.electors, shown.cast) == (one.number["三灶镇"], 24, 22)
    assert {judged.name for judged in shown.judged} == {f"{name}支部" for name in NAMES}
    assert shown.told["spirit"].at_least == {"强": 15, "不强": 7, "": 0}
    assert shown.told["ties"].at_least == {"够": 12, "不够": 9, "": 1}
    assert shown.told["example"].nearly_all == "明显"  # twenty-two of a mind, told as two short of it or more
    assert shown.told["example"].at_least == {"明显": 20, "不明显": 0, "": 0}


def ordered(one: House) -> int:
    order = {"about": one.number["鱼林支部"], "problem": "台账不全", "demand": "补齐", "due": "2011-06-30"}
    notice = one.file("区办甲", "rectification", "2010-12-08", order)
    one.move("区办甲", notice, "issue", "2010-12-08")
    return notice


def reviewed(one: House, promises: dict[str, int]) -> None:
    """December: everybody reviews himself but 中心; 海澄's promise lapses on the 21st and is kept in January."""
    said = {"promiser": "organisation", "done": "承诺公开", "problems": "兑现慢", "measures": "按月查"}
    for who, of in (
        ("区办甲", "金湾区委"),
        ("三灶镇书记", "三灶镇党委"),
        ("海澄书记", "海澄支部"),
        ("鱼林书记", "鱼林支部"),
    ):
        one.file(who, "self_review", "2010-12-14", said, of=of)
    one.until("2010-12-20")
    assert one.state(promises["海澄"]) == "published"
    one.until("2010-12-21")
    assert one.state(promises["海澄"]) == "unfulfilled"
    assert one.figure("kept", "海澄支部", "2010-12-31") == 0
    one.move("海澄书记", promises["海澄"], "fulfil", "2011-01-10", values={"result": "窗口已改"})
    due = "2010年12月31日17:30到期。"
    assert [told for told in one.told("中心支部", "remind") if "（党组织）" in told[1]] == [
        ("12-28", f"请办理：公开承诺（党组织），2010年，{due}"),
        ("12-28", f"请办理：自我讲评（党组织），2010年年底，{due}"),
    ]


def commended(one: House, asked: EvaluationRound) -> None:
    """Five working days of notice from Wednesday 1 June 2011, Dragon Boat on Monday the 6th: to Thursday the 9th."""
    told = published.read(asked)
    assert told is not None
    given = {"occasion": "party_2011", "grounds": "承诺兑现，群众评议好"}
    records = {}
    for name in ("海澄", "鱼林"):
        nominee = {"nominee": one.number[f"{name}支部"], "award": "organisation"}
        records[name] = one.file(f"{name}书记", "commendation", "2011-05-16", {**given, **nominee})
        one.move(f"{name}书记", records[name], "nominate", "2011-05-16")
    member = {"nominee": one.number["海澄支部"], "award": "member", "person": one.jobs["海澄党员"].person}
    records["党员"] = one.file("海澄书记", "commendation", "2011-05-16", {**given, **member})
    one.move("海澄书记", records["党员"], "nominate", "2011-05-16")
    for number in records.values():
        one.move("三灶镇书记", number, "propose", "2011-05-18")
    for number in records.values():
        one.move("区办甲", number, "deliberate", "2011-05-25", values={"opinion": "群众评议84%说强，同意"})
    for number in records.values():
        one.move("区办甲", number, "notice", "2011-06-01")
    one.move("区办甲", records["鱼林"], "reject", "2011-06-07", reason="公示期内查实一次弄虚作假")
    approval = {"approval": "金委〔2011〕18号"}
    with refused("ledger.too_soon"):
        one.move("区办甲", records["海澄"], "award", "2011-06-08", values=approval)
    for name in ("海澄", "党员"):
        assert one.move("区办甲", records[name], "award", "2011-06-10", values=approval) == "awarded"
    assert one.figure("commended_2011", "金湾区", "2011-06-15") == 2
    one.move("区办甲", records["党员"], "revoke", "2011-06-20", reason="事迹材料不实")
    objection = one.object("海澄书记", records["党员"], "2011-06-22", "材料由支部核实过")
    one.move("区办乙", objection, "reject", "2011-06-28", values={"ruling": "当事人已承认"})
    assert one.state(one.object("鱼林书记", records["鱼林"], "2011-06-28", "弄虚作假的不是本支部")) == "raised"


def struck_off(one: House, notice: int) -> None:
    """An order of last December is a fact of this half-year until it is struck off, and was one on any day before."""
    one.move("鱼林书记", notice, "plan", "2011-06-28", values={"measures": "补记"})
    one.move("鱼林书记", notice, "answer", "2011-06-28", values={"result": "已补齐"})
    half = {"since": "2011-01-01"}
    assert one.figure("open_notices", "鱼林支部", "2011-06-28", **half) == 1
    one.move("区办乙", notice, "close", "2011-06-29", values={"second_look": "翻看过"})
    assert one.figure("open_notices", "鱼林支部", "2011-06-29", **half) == 0
    assert one.figure("open_notices", "金湾区", "2011-05-31", **half) == 1


def the_end(one: House, found: tuple[str, int]) -> None:
    one.until("2011-06-30")
    counted = {
        "commitments": 3,  # two of branches, one of a member
        "kept": 2,  # 鱼林 in time, 海澄 late
        "kept_rate": Decimal("0.666667"),
        "organisations_taking_part": Decimal("0.666667"),  # 中心 promised nothing
        "members_all": 90,
        "members_in": 78,
        "organisation_reviews": 4,
        "comments": 1,
        "inspections_made": 1,
        "findings": 1,
        "open_notices": 0,
        "commended_2011": 1,
    }
    assert {name: one.figure(name, "金湾区", "2011-06-30") for name in counted} == counted
    assert {name: one.figure("findings", f"{name}支部", "2011-06-30") for name in NAMES} == {
        name: int(name == found[0]) for name in NAMES
    }
