"""Shunhe's year of 2012 from its scheme: five times one, three communities and their stars, flats that were promised.

The stars: livelihood works (two points each) and joint activities (five each) out of twenty for sixty of a hundred,
the share of residents who are satisfied for forty.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.registry.trees import refused
from tests.years.house import House, Person, Unit, day, house
from xianfeng.duties import check
from xianfeng.evaluations import freezing, results, sheets, slips
from xianfeng.evaluations.batches import Counted
from xianfeng.gradings import deciding
from xianfeng.gradings.models import ProposalLine

PLACES = ("顺河", "前进", "黄河")
UNITS = [
    Unit("321311001", "顺河镇", "division", "township"),
    *(
        Unit(f"32131100100{n}", f"{name}居委会", "division", "village", "顺河镇", "community")
        for n, name in enumerate(PLACES)
    ),
    *(Unit(f"3213110010{n}Z", f"{name}支部", "body", "branch", f"{name}居委会") for n, name in enumerate(PLACES)),
]
PEOPLE = [
    Person("镇办甲", "顺河镇", "office"),
    Person("镇办乙", "顺河镇", "office"),
    Person("镇干部", "顺河镇", "member_official"),
    *(Person(f"{name}主任", f"{name}居委会", "secretary") for name in PLACES),
    Person("黄河书记", "黄河支部", "secretary"),
]
WORKS, JOINT = {"顺河": 5, "前进": 4, "黄河": 0}, {"顺河": 2, "前进": 1, "黄河": 0}
SATISFIED = {"顺河": (22, 2, 1), "前进": (18, 5, 2), "黄河": (10, 9, 6)}  # of twenty-five each
# 顺河: 20 of 20, 88 of 100: 60 + 35.2, and an open notice; 前进: 13 of 20, 72: 39 + 28.8; 黄河: 0, 40: 16
PROPOSED = {"顺河": (95_20, "two"), "前进": (67_80, "two"), "黄河": (16_00, "one")}


@pytest.fixture
def shunhe(db: None) -> House:
    return house("shunhe-2010", UNITS, PEOPLE, since="2012-01-04")


def test_a_year_of_stars(shunhe: House) -> None:
    one = shunhe
    five_ones(one)
    built(one)
    judged(one)
    starred(one)
    one.until("2012-12-31")
    reminders = [told for _, told in one.told("顺河镇", "remind") if "创业致富技术" in told]
    assert len(reminders) == 1  # four of the five were done
    counted = {
        "words": 1,
        "deeds": 1,
        "skills": 0,
        "buildings_delivered": 37,
        "flats_delivered": 1200,
        "buildings_started": 21,
        "livelihood_works": 9,
        "joint_activities": 3,
        "good_rate": Decimal("0.666667"),  # 50 of 75
        "five_good_share": Decimal("0.333333"),
        "open_notices": 0,
    }
    assert {name: one.figure(name, "顺河镇", "2012-12-31") for name in counted} == counted
    assert list(check.check()) == []


def five_ones(one: House) -> None:
    own = {"person": one.jobs["镇干部"].person}
    for item in ("word", "idea", "deed", "pair"):
        one.file("镇办甲", "five_one", "2012-02-20", {**own, "item": item, "text": "到居民小区去"})
    good = dict.fromkeys(("team", "ranks", "working", "results", "public"), True)
    for name, given in (("顺河", good), ("黄河", {**good, "public": False})):
        about = {"target": one.number[f"{name}支部"], "grounds": "走访二十户"}
        found = one.file("镇办甲", "five_good", "2012-03-12", {**about, **given})
    objection = one.object("黄河书记", found, "2012-03-14", "群众意见已经改")
    assert one.values(objection)["due"] == "2012-03-28"
    one.move("镇办乙", objection, "reject", "2012-03-20", values={"ruling": "年底再看"})


def built(one: House) -> None:
    for name in PLACES:
        for number in range(WORKS[name]):
            given = {"name": f"{name}民生工作{number}", "project": "hygiene"}
            one.file(f"{name}主任", "livelihood_project", "2012-04-09", given)
        for number in range(JOINT[name]):
            given = {"name": f"{name}共建{number}", "partners": ["women"]}
            one.file(f"{name}主任", "joint_activity", "2012-04-09", given)
    flats = {"一期": (20, 700), "二期": (8, 280), "三期": (9, 220)}
    for name, (buildings, number) in flats.items():
        estate = one.file("镇办甲", "housing", "2012-05-07", {"name": name, "buildings": buildings})
        one.move("镇办甲", estate, "start", "2012-05-07")
        one.move("镇办甲", estate, "deliver", "2012-05-07", values={"flats": number})
    estate = one.file("镇办甲", "housing", "2012-05-08", {"name": "四期", "buildings": 21})
    one.move("镇办甲", estate, "start", "2012-05-08")


def judged(one: House) -> None:
    """Twenty-five residents of each community, by list; each box is counted by two."""
    by = one.by("镇办甲", "2012-09-10")
    row = freezing.begin(scheme=one.scheme, evaluation="units", day=day("2012-09-10"), by=by)
    roll = {unit.code: tuple(f"{unit.name}{n}" for n in range(25)) for unit in UNITS if unit.category == "community"}
    freezing.freeze(number=row.id, roll=roll, by=by)
    back = dict.fromkeys((1, 2, 3), 25)
    slips.issue(number=row.id, issued=back, by=by)
    slips.close(number=row.id, returned=back, by=one.by("镇办甲", "2012-09-17"))
    for pool, name in enumerate(PLACES, start=1):
        works = dict(zip(("good", "fair", "poor"), SATISFIED[name], strict=True))
        counts = {"works": {**works, "": 0}, "service": {"kind": 18, "unkind": 7, "": 0}}
        for who in ("镇办甲", "镇办乙"):
            counted = Counted(slips=25, invalid=0, counts=counts)
            sheets.enter(number=row.id, pool=pool, batch=1, counted=counted, by=one.by(who, "2012-09-18"))
    results.publish(number=row.id, by=one.by("镇办甲", "2012-09-19"))


def starred(one: House) -> None:
    """顺河 has the points of three stars and an open notice, so two are proposed; the town gives 前进 three."""
    order = {"about": one.number["顺河居委会"], "problem": "征地公示不全", "demand": "补公示", "due": "2012-11-30"}
    notice = one.file("镇办甲", "rectification", "2012-10-08", order)
    one.move("镇办甲", notice, "issue", "2012-10-08")
    proposal = one.proposal("镇办甲", "stars", "2012-10-15")
    names = {one.number[f"{name}居委会"]: name for name in PLACES}
    lines = ProposalLine.objects.filter(proposal=proposal)
    assert {names[line.organisation_id]: (line.total, line.grade) for line in lines} == PROPOSED
    chosen = {"顺河居委会": "", "前进居委会": "three", "黄河居委会": ""}
    with refused("gradings.no_reason"):
        one.decide("镇办甲", proposal, "2012-10-16", chosen)
    one.decide("镇办甲", proposal, "2012-10-16", chosen, 前进居委会="动迁四百户没有一件上访")
    held = deciding.decisions(proposal, names)
    for step, moment in (("review", "2012-10-17"), ("publish", "2012-10-18")):
        for found in held.values():
            one.move("镇办甲", found.record, step, moment)

    record = held[one.number["顺河居委会"]].record
    one.move("顺河主任", notice, "plan", "2012-10-19", values={"measures": "逐户公示"})
    objection = one.object("顺河主任", record, "2012-10-19", "公示已在补")
    one.move("顺河主任", notice, "answer", "2012-10-22", values={"result": "已补公示"})
    one.move("镇办乙", notice, "close", "2012-10-24", values={"second_look": "现场看过"})
    one.move("镇办乙", objection, "uphold", "2012-10-25", values={"ruling": "整改已销号，按三星"})
    raised = {"grade": "three", "departure": "异议成立，整改已销号"}
    one.move("镇办乙", record, "regrade", "2012-10-26", values=raised)
    one.move("镇办乙", record, "publish", "2012-10-26")
    found = {names[number]: (each.grade, each.because) for number, each in deciding.decisions(proposal, names).items()}
    assert found == {
        "顺河": ("three", "异议成立，整改已销号"),
        "前进": ("three", "动迁四百户没有一件上访"),
        "黄河": ("one", ""),
    }
