"""The bank supervisor's rules, from a scheme of its own: groups of up to three people, agreed tasks within five days,
two contact points at least for each leader, three exactly for each department."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.duties.offices import OPERATOR, Office, at, day
from xianfeng.duties import check, owed, text, tick
from xianfeng.duties.ladder import link
from xianfeng.duties.models import Round
from xianfeng.duties.status import TITLES, Status
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.messages.models import Message
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry
from xianfeng.registry import desks
from xianfeng.scheme import loader

SCHEME = Path(__file__).parents[1] / "schemes" / "cbrc-2014"
ROWS = [
    ("CBRC", "银监会", "central", None, ""),
    ("CBRC-1", "法规部", "central", "CBRC", "department"),
    ("CBRC-2", "统计部", "central", "CBRC", "department"),
    ("CBRC-35", "福建银监局", "province", "CBRC", "bureau"),
    ("CBRC-42", "湖北银监局", "province", "CBRC", "bureau"),
    *((f"CBRC-35-{n}", f"第{n}分局", "city", "CBRC-35", "branch") for n in range(1, 5)),
]


@pytest.fixture
def bank(db: None) -> Office:
    """The supervisor with two departments and two bureaus, of which one has four branches; its chairman."""
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type="unit", level=level, parent=parent, category=category)
            for code, name, level, parent, category in ROWS
        ],
        by=OPERATOR,
    )
    known = {row[1]: number for row, number in zip(ROWS, numbers, strict=True)}
    actions.adopt(loader.package(SCHEME), by=Actor(kind=ActorKind.IMPORT, id=1, organisation=known["银监会"]))
    one = Office(known, versions.current("cbrc-2014"))
    one.appoint("主席", "银监会", "leader", "2014-01-01")
    return one


def group(bank: Office, people: int) -> Record:
    values = {"head": bank.people["主席"], "people": people}
    return bank.file("research_group", "银监会", "2014-02-17 10:00", values)


def researched(bank: Office, bureau: str, ended: str) -> Record:
    """A group's research at a bureau, which ended at a moment."""
    held = bank.file("research", bureau, "2014-02-18 10:00", {"group": group(bank, 3).id})
    return bank.move(held, "end", bureau, ended)


def agree(bank: Office, bureau: str, of: Record, moment: str) -> Record:
    return bank.file("agreed_tasks", bureau, moment, {"research": of.id, "text": "防范钢贸风险蔓延"})


def point(bank: Office, who: str, place: str, target: str, day_: str) -> Record:
    values = {"leader": bank.people["主席"], "rank": "department", "place": place, "target": bank.number[target]}
    return bank.file("contact_point", who, f"{day_} 10:00", values)


def test_a_group_is_of_up_to_three_people(bank: Office) -> None:
    assert group(bank, 3).state == "filed"
    with pytest.raises(Problem) as refused:
        group(bank, 4)
    assert "3" in str(refused.value)


def test_agreed_tasks_are_due_five_calendar_days_after_the_research_has_ended(bank: Office) -> None:
    """Friday 21 February: Wednesday the 26th, the weekend counted. Monday the 24th: Saturday 1 March, so Monday."""
    fujian = researched(bank, "福建银监局", "2014-02-21 16:00")
    hubei = researched(bank, "湖北银监局", "2014-02-24 16:00")
    bank.catch_up("2014-02-25")
    due = {bank.name_of(duty.organisation): duty.due for duty in bank.duties("agreed")}
    assert due == {"福建银监局": at("2014-02-26 17:30"), "湖北银监局": at("2014-03-03 17:30")}
    agree(bank, "福建银监局", fujian, "2014-02-27 10:00")
    agree(bank, "湖北银监局", hubei, "2014-03-03 10:00")
    bank.catch_up("2014-03-04")
    assert bank.owing("agreed") == {"福建银监局": "late", "湖北银监局": "met"}


def test_tasks_of_another_research_do_not_count_and_the_bureau_is_urged(bank: Office) -> None:
    bank.appoint("局办公室", "福建银监局", "clerk", "2014-01-01")
    first = researched(bank, "福建银监局", "2014-02-20 16:00")
    agree(bank, "福建银监局", first, "2014-02-21 10:00")
    researched(bank, "福建银监局", "2014-02-21 16:00")
    tick.tick(now=at("2014-02-24"))
    tick.tick(now=at("2014-02-27"))
    (waiting,) = [duty for duty in bank.duties("agreed") if not duty.met]
    assert waiting.due == at("2014-02-26 17:30")
    assert [row.step for row in Message.objects.filter(link=link(waiting))] == ["urge"]


def test_agreed_tasks_are_supervised_and_appraised(bank: Office) -> None:
    tasks = agree(bank, "福建银监局", researched(bank, "福建银监局", "2014-02-21 16:00"), "2014-02-24 10:00")
    bank.move(tasks, "supervise", "银监会", "2014-03-10 10:00")
    appraised = bank.move(tasks, "appraise", "银监会", "2014-12-20 10:00", values={"result": "已建立预警名单"})
    assert appraised.state == "appraised"


def test_a_leader_has_two_bureaus_at_least_and_branches_do_not_count(bank: Office) -> None:
    bank.expand("2014-01-06")
    point(bank, "银监会", "bureau", "福建银监局", "2014-02-10")
    point(bank, "银监会", "branch", "第1分局", "2014-02-10")
    bank.catch_up("2014-02-11")
    assert bank.owing("leaders_points") == {"银监会": "open"}
    point(bank, "银监会", "bureau", "湖北银监局", "2014-02-12")
    bank.catch_up("2014-02-13")
    assert bank.owing("leaders_points") == {"银监会": "met"}


def test_a_department_has_three_branches_and_with_a_fourth_has_too_many(bank: Office) -> None:
    bank.expand("2014-01-06")
    (year,) = Round.objects.filter(obligation="departments_points")
    for number in (1, 2, 3):
        for department in ("法规部", "统计部"):
            point(bank, department, "branch", f"第{number}分局", "2014-02-10")
    bank.catch_up("2014-02-11")
    assert bank.owing("departments_points") == {"法规部": "met", "统计部": "met"}
    fourth = point(bank, "法规部", "branch", "第4分局", "2014-02-12")
    bank.catch_up("2014-02-13")
    assert bank.owing("departments_points") == {"法规部": "over", "统计部": "met"}
    now, root = at("2014-02-13"), desks.at(bank.number["银监会"])
    assert root is not None
    (line,) = owed.exceeded(bank.number["法规部"], now=now)
    assert (line.met, line.most, line.status, TITLES[line.status]) == (4, 3, Status.OVER, "超过规定次数")
    (arrears,) = [one for one in owed.arrears("cbrc-2014", root.place, now=now) if one.round.id == year.id]
    assert (arrears.open, arrears.met, arrears.over) == (0, 1, 1)
    exceeding = owed.exceeding(year.id, root.place)
    assert text.missing(year, (), exceeding, now=now, link="https://x") == (
        "截至2月13日8时，“会机关部门的基层联系点，2014年”超过规定次数：法规部，共1个。"
    )
    assert list(check.check()) == []
    author = bank.by("法规部", "2014-02-14 10:00")
    actions.withdraw(by=author, record=fourth.id, reason="只留三家", day=day("2014-02-14"))
    bank.catch_up("2014-02-15")
    assert bank.owing("departments_points")["法规部"] == "met"
    assert owed.exceeding(year.id, root.place) == ()
    assert list(check.check()) == []
