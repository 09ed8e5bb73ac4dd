"""From a visit to the last item struck off: the one concerned is heard, and nothing is closed without a second look."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from tests.duties.offices import Office, at, campaign, office
from xianfeng.accounts import reader as readers
from xianfeng.duties import tick
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.models import Record
from xianfeng.messages.models import Message
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.web.record import waiting
from xianfeng.web.scope import Scope

COUNTY, VILLAGE = "闽侯县", "青口村"
FOUND = "2012-03-05 10:00"  # a Monday


@pytest.fixture
def county(db: None) -> Office:
    one = office(campaign("", since="2012-01-01"))
    one.appoint("村支书", VILLAGE, "clerk", "2012-01-01")
    one.appoint("镇经办", "青口镇", "office", "2012-01-01")
    return one


def found(one: Office) -> Record:
    visit = one.file("inspection_visit", COUNTY, FOUND, {"about": one.number[VILLAGE], "form": "random"})
    values = {"about": one.number[VILLAGE], "visit": visit.id, "text": "公示栏三个月没有更新"}
    return one.file("finding", COUNTY, FOUND, values)


def issued(one: Office) -> Record:
    values = {
        "about": one.number[VILLAGE],
        "finding": found(one).id,
        "problem": "公示栏三个月没有更新",
        "demand": "补齐公示",
        "due": "2012-03-30",
    }
    record = one.file("rectification", COUNTY, FOUND, values, state="drafted")
    return one.move(record, "issue", COUNTY, FOUND)


def test_what_the_one_concerned_says_nobody_says_for_it(county: Office) -> None:
    for kind, name in (("finding", "statement"), ("rectification", "measures"), ("rectification", "result")):
        values = {"about": county.number[VILLAGE], "text": "公示栏没有更新", "problem": "没有更新", "demand": "补齐"}
        given = {key: value for key, value in values.items() if key in county.scheme.kinds[kind].fields}
        given |= {"due": "2012-03-30"} if kind == "rectification" else {}
        with pytest.raises(Problem, match=r"ledger\.said_later"):
            county.file(kind, COUNTY, FOUND, {**given, name: "本单位承认，没有意见"})
    record = found(county)
    with pytest.raises(Problem, match=r"ledger\.said_by_another"):
        actions.amend(
            by=county.by(COUNTY, FOUND), record=record.id, values={"statement": "没有意见"}, reason="代为补上"
        )
    record = county.move(record, "state", VILLAGE, "2012-03-06 09:00", values={"statement": "公示栏正在重修"})
    with pytest.raises(Problem, match=r"ledger\.said_by_another"):
        actions.amend(
            by=county.by(COUNTY, "2012-03-06 15:00"), record=record.id, values={"statement": ""}, reason="不实"
        )


def test_a_finding_is_upheld_once_the_one_concerned_was_heard(county: Office) -> None:
    record = found(county)
    with pytest.raises(Problem, match=r"ledger\."):
        county.move(record, "uphold", COUNTY, FOUND, reason="属实")
    county.move(record, "state", VILLAGE, "2012-03-06 09:00", values={"statement": "公示栏正在重修"})
    upheld = county.move(record, "uphold", COUNTY, "2012-03-06 15:00", reason="重修期间应另设公示处")
    assert upheld.state == "upheld"


def waits(one: Office, record: Record, name: str) -> bool:
    number = one.number[name]
    node = tree.named([number], timezone.localdate())[number]
    rows = waiting.waiting(Scope(readers.standing_in(node, "")), node, roles=frozenset())
    return rows.filter(id=record.id).exists()


def test_whoever_found_it_is_told_once_it_was_explained(county: Office) -> None:
    record = found(county)
    assert waits(county, record, VILLAGE)
    county.move(record, "state", VILLAGE, "2012-03-06 09:00", values={"statement": "公示栏正在重修"})
    assert (waits(county, record, COUNTY), waits(county, record, VILLAGE)) == (True, False)
    county.move(record, "uphold", COUNTY, "2012-03-06 15:00", reason="重修期间应另设公示处")
    assert not waits(county, record, COUNTY)


@pytest.mark.parametrize("silent", [False, True])
def test_whoever_found_it_is_told_once_nobody_explained_it_in_time(county: Office, silent: bool) -> None:
    then = timezone.localtime() - dt.timedelta(days=40 if silent else 0)
    told = {"about": county.number[VILLAGE], "text": "公示栏三个月没有更新"}
    record = county.file("finding", COUNTY, then.isoformat(" ", "seconds"), told)
    assert waits(county, record, COUNTY) is silent
    assert waits(county, record, VILLAGE), "it can still explain"


def test_an_order_waits_for_its_second_look(county: Office) -> None:
    record = issued(county)
    county.move(record, "plan", VILLAGE, "2012-03-06 09:00", values={"measures": "换新公示栏"})
    assert not waits(county, record, COUNTY)
    county.move(record, "answer", VILLAGE, "2012-03-20 09:00", values={"result": "已换新"})
    assert waits(county, record, COUNTY)


def test_silence_delays_a_finding_and_does_not_stop_it(county: Office) -> None:
    record = found(county)
    with pytest.raises(Problem, match="too_soon"):
        county.move(record, "uphold_unstated", COUNTY, "2012-03-07 09:00", reason="没有说明")
    assert county.move(record, "uphold_unstated", COUNTY, "2012-03-09 09:00", reason="没有说明").state == "upheld"


def test_an_upheld_finding_can_still_be_dropped(county: Office) -> None:
    record = found(county)
    county.move(record, "uphold_unstated", COUNTY, "2012-03-09 09:00", reason="没有说明")
    assert county.move(record, "drop", COUNTY, "2012-03-12 09:00", reason="查错了村").level == 0


def test_from_the_notice_to_the_striking_off(county: Office) -> None:
    record = issued(county)
    county.move(record, "plan", VILLAGE, "2012-03-07 09:00", values={"measures": "三天内补齐"})
    county.move(record, "answer", VILLAGE, "2012-03-12 09:00", values={"result": "已补齐"})
    proof = county.file(
        "rectification_proof", VILLAGE, "2012-03-12 09:10", {"rectification": record.id, "text": "公示栏"}
    )
    again = {"second_look": "还缺二月的账", "due": "2012-04-10"}
    county.move(record, "return", COUNTY, "2012-03-14 09:00", values=again, reason="没有补齐")
    county.move(record, "answer", VILLAGE, "2012-03-16 09:00", values={"result": "二月的也已补齐"})
    with pytest.raises(Problem, match=r"ledger\."):
        county.move(record, "close", COUNTY, "2012-03-19 09:00", values={"second_look": ""})
    closed = county.move(record, "close", COUNTY, "2012-03-19 09:00", values={"second_look": "都已补齐"})
    assert (closed.state, proof.state) == ("closed", "filed")


def test_what_was_found_before_closes_nothing(county: Office) -> None:
    record = issued(county)
    county.move(record, "plan", VILLAGE, "2012-03-07 09:00", values={"measures": "三天内补齐"})
    county.move(record, "answer", VILLAGE, "2012-03-12 09:00", values={"result": "已补齐"})
    again = {"second_look": "还缺二月的账", "due": "2012-04-10"}
    returned = county.move(record, "return", COUNTY, "2012-03-14 09:00", values=again, reason="没有补齐")
    kept = json.loads(returned.values)
    assert ("result" in kept, kept["second_look"], kept["measures"]) == (False, "还缺二月的账", "三天内补齐")
    with pytest.raises(Problem, match=r"ledger\.needs"):
        county.move(record, "answer", VILLAGE, "2012-03-16 09:00", values={})
    county.move(record, "answer", VILLAGE, "2012-03-16 09:00", values={"result": "二月的也已补齐"})
    with pytest.raises(Problem, match=r"ledger\.needs"):
        county.move(record, "close", COUNTY, "2012-03-19 09:00", values={})
    assert list(rebuild.check()) == []


def test_who_is_to_rectify_neither_closes_nor_puts_off(county: Office) -> None:
    record = issued(county)
    county.move(record, "plan", VILLAGE, "2012-03-07 09:00", values={"measures": "三天内补齐"})
    later = {"due": "2012-04-20"}
    with pytest.raises(Problem, match="wrong_actor"):
        county.move(record, "postpone", VILLAGE, "2012-03-08 09:00", values=later, reason="忙")
    assert county.move(record, "postpone", COUNTY, "2012-03-08 09:00", values=later, reason="雨季").state == "planned"
    county.move(record, "answer", VILLAGE, "2012-03-12 09:00", values={"result": "已补齐"})
    with pytest.raises(Problem, match="wrong_actor"):
        county.move(record, "close", VILLAGE, "2012-03-12 10:00", values={"second_look": "已补齐"})


def test_what_is_overdue_climbs_the_ladder(county: Office) -> None:
    record = issued(county)
    county.move(record, "plan", VILLAGE, "2012-03-07 09:00", values={"measures": "三天内补齐"})
    for number in range(40):
        tick.tick(now=at("2012-03-08") + dt.timedelta(days=number))
    steps = [(row.step, county.name_of(row.organisation)) for row in Message.objects.order_by("at", "id")]
    assert ("remind", VILLAGE) in steps
    assert ("urge", VILLAGE) in steps
    assert ("superior", "青口镇") in steps


def test_a_call_that_was_not_answered_has_no_answer(county: Office) -> None:
    given = {"about": county.number[VILLAGE], "reached": "unreached", "answer": "so"}
    with pytest.raises(Problem, match=r"ledger\."):
        county.file("recipient_call", COUNTY, FOUND, given)
    assert county.file("recipient_call", COUNTY, FOUND, {**given, "reached": "reached"}).state == "filed"
