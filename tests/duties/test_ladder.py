"""A duty that nobody meets climbs: reminded, urged, told to the superior, and at last a circular for a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.duties.offices import OPERATOR, Office, at, campaign, office
from tests.registry.trees import refused
from xianfeng.duties import check, circulars, owed, terms, tick
from xianfeng.duties.models import Circular, Duty, Round, Term
from xianfeng.ledger import actions
from xianfeng.messages import words
from xianfeng.messages.models import Message
from xianfeng.problems import Problem
from xianfeng.scheme.loader import with_libraries

VISITS = """
obligations:
  visits: {title: 走访群众, kind: visit, of: organisations, where: "code == '350121100200'", at_least: 1, every: month}
"""


@pytest.fixture
def village(db: None) -> Office:
    one = office(campaign(VISITS, since="2012-02-01"))
    one.appoint("村支书", "青口村", "clerk", "2012-01-01")
    one.appoint("镇经办", "青口镇", "office", "2012-01-01")
    return one


def told(one: Office) -> list[tuple[str, str, str]]:
    return [
        (row.step, one.name_of(row.organisation), row.at.astimezone(at("2012-01-01").tzinfo).strftime("%m-%d"))
        for row in Message.objects.order_by("at", "id")
    ]


def days(since: str, until: str) -> list[dt.datetime]:
    first, last = at(since), at(until)
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def test_each_step_is_taken_on_its_working_day(village: Office) -> None:
    for moment in days("2012-02-20", "2012-03-20"):
        tick.tick(now=moment)
    # due on Wednesday 29 February, when offices close
    assert told(village)[:4] == [
        ("remind", "青口村", "02-24"),
        ("urge", "青口村", "03-01"),
        ("superior", "青口镇", "03-05"),
        ("circular", "青口镇", "03-07"),
    ]
    assert Circular.objects.count() == 1


def test_what_was_met_climbs_no_further(village: Office) -> None:
    for moment in days("2012-02-20", "2012-03-02"):
        tick.tick(now=moment)
    village.file("visit", "青口村", "2012-02-28 10:00", {"people": {"villagers": 2}})
    for moment in days("2012-03-03", "2012-03-20"):
        tick.tick(now=moment)
    assert [step for step, *_ in told(village)] == ["remind", "urge"]


def test_what_was_overdue_before_a_campaign_began_is_urged_first_and_climbs_a_step_a_day(village: Office) -> None:
    """February was due on the 29th: by the 20th of March its lateness has passed every step."""
    for moment in days("2012-03-20", "2012-03-23"):
        tick.tick(now=moment)
    assert told(village) == [
        ("urge", "青口村", "03-20"),
        ("superior", "青口镇", "03-21"),
        ("circular", "青口镇", "03-22"),
    ]


def test_nobody_is_told_what_he_missed_in_a_campaign_that_is_over(village: Office) -> None:
    for moment in days("2012-12-30", "2013-01-02"):
        tick.tick(now=moment)
    assert {day for *_, day in told(village)} == {"12-30", "12-31"}
    village.file("visit", "青口村", "2012-02-28 10:00", {"people": {"villagers": 2}})
    tick.tick(now=at("2013-01-03"))
    assert list(check.check()) == []


def test_in_a_campaign_that_was_over_when_it_was_brought_in_nothing_climbs(village: Office) -> None:
    village.file("visit", "青口村", "2012-02-28 10:00", {"people": {"villagers": 2}})
    tick.tick(now=at("2013-01-04"))
    assert list(check.check()) == []
    assert not Duty.objects.filter(next_at__isnull=False).exists()
    assert told(village) == []


def test_a_clock_that_was_moved_back_does_nothing(village: Office) -> None:
    tick.tick(now=at("2012-02-27"))
    before = told(village)
    behind = tick.tick(now=at("2012-02-26"))
    assert behind.behind
    assert "什么也没有做" in behind.told
    assert told(village) == before


def test_a_campaign_that_cannot_be_expanded_stops_no_other_s_ladder(village: Office) -> None:
    tick.tick(now=at("2012-02-27"))
    nowhere = campaign(VISITS, name="a-trial-2012").replace('at: "350100"', 'at: "990100"')
    actions.adopt(with_libraries({"scheme.yaml": nowhere}), by=OPERATOR)
    for moment in days("2012-02-28", "2012-03-05"):
        with pytest.raises(Problem):
            tick.tick(now=moment)
    assert ("superior", "青口镇", "03-05") in told(village)
    assert village.owing("visits", "2012-04-01") == {"青口村": "open"}


def drafted(one: Office) -> Circular:
    for moment in days("2012-02-20", "2012-03-09"):
        tick.tick(now=moment)
    return Circular.objects.get()


def test_a_circular_says_what_is_so_and_a_person_decides(village: Office) -> None:
    row = drafted(village)
    (one,) = circulars.told([row])
    assert "“走访群众，2012年2月”办理情况的通报：应于2012年2月29日17:30前办理" in circulars.text(one)
    assert "青口村" in circulars.text(one)
    nested = circulars.dispatch(replace(one, what="受理“群众诉求”"))
    assert nested.title == ("关于“受理‘群众诉求’”", "办理情况的通报")
    circulars.decide(
        circular=row.id, decision="dropped", reason="已当面督促", by=village.by("青口镇", "2012-03-12 09:00")
    )
    (one,) = circulars.told([Circular.objects.get()])
    assert (one.decision, one.reason) == ("dropped", "已当面督促")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"decision": "dropped", "reason": " "}, "duties.no_reason", id="without a reason"),
        pytest.param({"by": "青口村"}, "duties.not_yours", id="by those it is about"),
        pytest.param({"circular": 1}, "duties.no_circular", id="there is none"),
    ],
)
def test_a_decision_is_refused(village: Office, changed: dict[str, Any], code: str) -> None:
    row = drafted(village)
    given: dict[str, Any] = {"circular": row.id, "decision": "issued", "by": "青口镇", **changed}
    given["by"] = village.by(given["by"], "2012-03-12 09:00")
    with refused(code):
        circulars.decide(**given)


def test_whoever_left_without_successor_is_answered_for_above(db: None) -> None:
    text = """
roles: {leading_official: {title: 领导干部}}
obligations:
  visits: {title: 联系点, kind: contact_point, of: leading_official, at_least: 1, every: month}
"""
    one = office(campaign(text, since="2012-02-01"))
    held = one.appoint("镇长", "青口镇", "leading_official", "2012-01-01")
    one.appoint("县经办", "闽侯县", "office", "2012-01-01")
    tick.tick(now=at("2012-02-20"))
    one.end(held, "2012-02-22")
    for moment in days("2012-02-23", "2012-03-03"):
        tick.tick(now=moment)
    assert [(step, name) for step, name, _ in told(one)] == [("remind", "闽侯县"), ("urge", "闽侯县")]
    page = owed.owed(one.number["闽侯县"], now=at("2012-03-03"))
    february = next(row for row in page.rows if row.stretch == "2012年2月")
    assert february.handed_up


def test_nobody_is_reminded_of_what_was_not_there_yet(db: None) -> None:
    one = office(campaign("kinds: {commitment: {flow: {moves: {review: {within: 1 workdays}}}}}\n"))
    one.appoint("镇经办", "青口镇", "office", "2012-01-01")
    for moment in ("2012-03-01 09:00", "2012-03-12 09:00"):
        one.file("commitment", "青口村", moment, {"promiser": "organisation", "text": "修路"}, state="submitted")
        tick.tick(now=at(moment) + dt.timedelta(hours=1))
    first, second = Duty.objects.order_by("id")
    for duty, filed in ((first, "2012-03-01 09:00"), (second, "2012-03-12 09:00")):
        steps = terms.steps(Term.objects.get(id=duty.term).steps)
        assert [step for step, _ in steps] == ["urge", "superior", "circular"]
        assert min(moment for _, moment in steps) > at(filed)
    assert "remind" not in {step for step, *_ in told(one)}


def test_a_reminder_for_a_day_before_a_round_was_made_is_none_of_its_steps() -> None:
    known = (("remind", at("2012-02-24")), ("urge", at("2012-03-01")))
    assert terms.ahead(known, 0, at("2012-03-20")) == ((2, at("2012-03-01")),)
    assert [number for number, _ in terms.ahead(known, 0, at("2012-02-20"))] == [1, 2]


EVERYWHERE = VISITS.replace("code == '350121100200'", "level == 'village'")


@pytest.fixture
def town(db: None) -> Office:
    """Six villages, five of them with nobody, for whom the town is asked."""
    more = [(f"35012110020{n}", f"第{n}村", "division", "village", "350121100", "village") for n in (2, 3, 4, 5)]
    one = office(campaign(EVERYWHERE, since="2012-02-01"), more)
    one.appoint("村支书", "青口村", "clerk", "2012-01-01")
    one.appoint("镇经办", "青口镇", "office", "2012-01-01")
    return one


def words_to(one: Office, name: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(organisation=one.number[name]).order_by("id")
    return [(str(words.told(row.words)), row.link) for row in rows]


def test_what_nobody_below_is_there_to_do_comes_to_the_superior_in_one_message(town: Office) -> None:
    for moment in (*days("2012-02-20", "2012-02-24"), at("2012-02-24 09:00"), at("2012-02-25")):
        tick.tick(now=moment)
    assert [said for said, _ in words_to(town, "青口村")] == ["请办理：走访群众，2012年2月，2012年2月29日17:30到期。"]
    ((said, link),) = words_to(town, "青口镇")
    assert said == (
        "东台村、第2村、第3村等5个组织现在无人任职，这件事转到您这里："
        "请办理：走访群众，2012年2月，2012年2月29日17:30到期。"
    )
    (number,) = Round.objects.filter(since=dt.date(2012, 2, 1)).values_list("id", flat=True)
    assert link == f"/desk/duties/?scheme={town.scheme.name}&round={number}"
    page = owed.owed(town.number["青口镇"], now=at("2012-02-25"), round_=number)
    named = {town.name_of(row.organisation) for row in page.rows}
    assert named == {"青口村", "东台村", "第2村", "第3村", "第4村", "第5村"}


def test_what_falls_to_the_superior_later_is_told_then_and_nothing_twice(town: Office) -> None:
    for moment in days("2012-02-20", "2012-02-24"):
        tick.tick(now=moment)
    town.file("visit", "东台村", "2012-02-28 10:00", {"people": {"villagers": 2}})
    for moment in (at("2012-03-01"), at("2012-03-01 10:00")):
        tick.tick(now=moment)
    assert [said.partition("现在")[0] for said, _ in words_to(town, "青口镇")][:2] == [
        "东台村、第2村、第3村等5个组织",
        "第2村、第3村、第4村等4个组织",
    ]
    assert [step for step, name, _ in told(town) if name == "青口镇" and step == "urge"] == ["urge"]
