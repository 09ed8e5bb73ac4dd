"""Shunhe's speech of 7 August 2012 from records: every figure it states, as it states it; stars that people give."""

from __future__ import annotations

import pytest

from tests.registry.trees import refused
from tests.years.house import IMPORTER, SCHEMES, House, Person, Unit, day, house
from xianfeng import figures
from xianfeng.acceptance import books, compare, expected
from xianfeng.duties.models import Duty, Round
from xianfeng.gradings.models import ProposalLine
from xianfeng.ledger.models import Record
from xianfeng.registry import actions as registry

RAISED = ("雨露", "顺河", "豫苑", "陆河", "文昌", "卓圩")
UNITS = [
    Unit("321311001", "顺河镇", "division", "township"),
    *(
        Unit(f"32131100100{n}", f"{name}居委会", "division", "village", "顺河镇", "community")
        for n, name in enumerate(RAISED)
    ),
    Unit("321311001009", "林苗圃居委会", "division", "village", "顺河镇", "community"),
    *(
        Unit(f"32131100100{n}DZ", f"{name}党总支", "body", "general_branch", f"{name}居委会")
        for n, name in enumerate(RAISED)
    ),
]
PEOPLE = [
    Person("镇党委书记", "顺河镇", "secretary"),
    Person("镇办", "顺河镇", "office"),
    Person("雨露主任", "雨露居委会", "clerk"),
    Person("陆河干部", "陆河居委会", "member_official"),
]
SPOKEN = "2012-08-07"
HOUSING = {"安泰佳园四期": (20, 700), "陆河小区二期": (8, 280), "农园新村二期": (9, 220)}
ECONOMY = {  # the year's goals are ours: the speech gives shares of them alone
    "gdp": "2085260000",
    "gdp_target": "3570000000",
    "revenue": "95000000",
    "revenue_target": "180000000",
    "budget": "50200000",
    "budget_target": "100000000",
    "income": "7682",
    "income_target": "13206",
}


@pytest.fixture
def shunhe(db: None) -> House:
    return house("shunhe-2010", UNITS, PEOPLE, since="2012-06-25")


def bodies(one: House) -> None:
    for name in RAISED:
        registry.raise_(organisation=one.number[f"{name}党总支"], level="committee", day=day("2012-06-26"), by=IMPORTER)
    branches = [
        registry.Founding(
            code=f"estate{n}",
            name=f"第{n}小区党支部",
            type="body",
            level="branch",
            parent=one.number["雨露居委会"],
            founded=day("2012-06-27"),
        )
        for n in range(1, 39)
    ]
    registry.found_many(foundings=branches, by=IMPORTER)


def works(one: House) -> None:
    projects = ("stability", "hygiene", "land", "bustle", "investment", "revenue", "welfare", "culture")
    for n in range(66):
        values = {"name": f"第{n + 1}项", "project": projects[n % 8]}
        one.file("镇办", "livelihood_project", "2012-06-28", values)
    for name, (buildings, flats) in HOUSING.items():
        number = one.file("镇办", "housing", "2012-06-28", {"name": name, "buildings": buildings, "flats": flats})
        one.move("镇办", number, "start", "2012-06-28")
        one.move("镇办", number, "deliver", "2012-06-28")
    number = one.file("镇办", "housing", "2012-06-28", {"name": "豫东新城", "buildings": 21})
    one.move("镇办", number, "start", "2012-06-28")
    for name in ("中粮肉食", "中大纺织", "恒正家纺"):
        one.file("镇办", "firm_settled", "2012-06-28", {"name": name})
    for name in ("林苗圃", "雨露", "陆河"):
        number = one.file("镇办", "model_village", "2012-06-28", {"community": one.number[f"{name}居委会"]})
        if name == "林苗圃":
            one.move("镇办", number, "achieve", "2012-06-28")
    one.file("镇办", "economy", "2012-06-30", ECONOMY)


def test_the_speech_is_what_the_records_come_to(shunhe: House) -> None:
    bodies(shunhe)
    works(shunhe)
    shunhe.until(SPOKEN)
    system = expected.read(SCHEMES / "shunhe-2010" / "figures.yaml")
    outcomes = compare.outcomes(system, books.of(system, figures.engine()))
    assert [(outcome.row.row, outcome.row.part, outcome.wrong) for outcome in outcomes if not outcome.equal] == []


def test_a_figure_that_the_records_do_not_come_to_is_found_out(shunhe: House) -> None:
    shunhe.file("镇办", "firm_settled", "2012-06-28", {"name": "中粮肉食"})
    system = expected.read(SCHEMES / "shunhe-2010" / "figures.yaml")
    outcomes = compare.outcomes(system, books.of(system, figures.engine()))
    wrong = {outcome.row.part: outcome.wrong for outcome in outcomes if outcome.row.row == "F12"}
    assert wrong["落户企业"] == "印的是“1”"


def test_each_of_the_five_things_is_met_by_itself(shunhe: House) -> None:
    values = {"person": shunhe.jobs["陆河干部"].person, "item": "deed", "text": "修好三号楼路灯"}
    shunhe.file("陆河干部", "five_one", "2012-07-02", values)
    shunhe.until("2012-07-03")
    duties = Duty.objects.filter(appointment=shunhe.jobs["陆河干部"].appointment)
    asked = dict(Round.objects.values_list("id", "obligation"))
    assert {asked[duty.round]: duty.met for duty in duties} == {"word": 0, "idea": 0, "deed": 1, "pair": 0, "skill": 0}


def test_work_alone_makes_two_stars_and_people_decide_otherwise_only_with_a_reason(shunhe: House) -> None:
    """Five works and two joint activities are the full 60 points of their part; nobody was asked, so the other is 0."""
    for n in range(5):
        shunhe.file("雨露主任", "livelihood_project", "2012-06-28", {"name": f"第{n + 1}项", "project": "welfare"})
    for n in range(2):
        given = {"name": f"第{n + 1}次", "partners": ["union"], "deed": "义诊"}
        shunhe.file("雨露主任", "joint_activity", "2012-06-28", given)
    proposal = shunhe.proposal("镇办", "stars", "2012-07-02")
    rows = ProposalLine.objects.filter(proposal=proposal)
    lines = {line.organisation_id: (line.total, line.grade) for line in rows}
    assert lines[shunhe.number["雨露居委会"]] == (6000, "two")
    assert lines[shunhe.number["林苗圃居委会"]] == (0, "one")
    with refused("gradings.no_reason"):
        shunhe.decide("镇办", proposal, "2012-07-03", {"林苗圃居委会": "two"})
    shunhe.decide("镇办", proposal, "2012-07-03", {"林苗圃居委会": "two"}, 林苗圃居委会="创建成省三星级康居示范村")
    number = Record.objects.get(kind="grading").id
    assert shunhe.values(number)["grade"] == "two"
    assert shunhe.values(number)["proposed"] == "one"
