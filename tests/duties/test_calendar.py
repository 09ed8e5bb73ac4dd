"""The working calendar: an edit leaves what was told, and in a quiet period nobody is urged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.duties.offices import CHINA, Office, adopt, at, campaign, day, office
from xianfeng.calendars import actions as calendars
from xianfeng.calendars import wording
from xianfeng.calendars.days import DayKind
from xianfeng.calendars.deadline import Deadline
from xianfeng.duties import check, tick
from xianfeng.duties.ladder import link
from xianfeng.duties.models import Term
from xianfeng.messages.models import Message

VISITS = """
obligations:
  visits: {title: 走访, kind: visit, of: organisations, where: "code == '350121100200'", every: month}
"""


@pytest.fixture
def village(db: None) -> Office:
    one = office(campaign(VISITS, since="2012-02-01"))
    one.appoint("村支书", "青口村", "clerk", "2012-01-01")
    return one


def test_a_day_off_declared_later_leaves_what_was_told(village: Office) -> None:
    village.expand("2012-02-10")
    city = village.number["福州市"]
    calendars.set_days(
        organisation=city,
        since=day("2012-02-29"),
        until=day("2012-02-29"),
        kind=DayKind.HOLIDAY,
        title="市庆",
        day=day("2012-02-12"),
        by=replace(village.by("福州市", "2012-02-12 09:00"), role="office"),
    )
    assert village.expand("2012-02-13") == ()
    (february,) = village.duties("visits", "2012-02-01")
    assert february.due == at("2012-02-29 17:30")
    assert list(check.check()) == []


COUNTY = """
obligations:
  visits: {title: 走访, kind: visit, of: organisations, where: "category == 'village'", every: month}
  reports: {title: 小结, kind: statement, of: organisations, where: "level == 'city'", every: month}
"""


def test_a_county_with_a_holiday_of_its_own_counts_by_it(db: None) -> None:
    """29 February is a holiday in 闽侯县, and its Thursday the next day on which anything falls due."""
    one = office(campaign(COUNTY, since="2012-02-01"))
    calendars.set_days(
        organisation=one.number["闽侯县"],
        since=day("2012-02-29"),
        until=day("2012-02-29"),
        kind=DayKind.HOLIDAY,
        title="县庆",
        day=day("2012-01-12"),
        by=replace(one.by("闽侯县", "2012-01-12 09:00"), role="office"),
    )
    one.expand("2012-02-10")
    assert {duty.due for duty in one.duties("visits", "2012-02-01")} == {at("2012-03-01 17:30")}
    assert {duty.due for duty in one.duties("reports", "2012-02-01")} == {at("2012-02-29 17:30")}
    one.found("350121101299", "新村", "荆溪镇", "2012-02-16")
    one.expand("2012-03-01")
    assert {duty.due for duty in one.duties("visits", "2012-03-01")} == {at("2012-03-31 17:30")}
    assert list(check.check()) == []


def test_nobody_is_urged_in_a_quiet_period(village: Office) -> None:
    city = village.number["福州市"]
    calendars.declare_quiet(
        organisation=city,
        since=day("2012-02-20"),
        until=day("2012-03-04"),
        title="防汛",
        day=day("2012-02-12"),
        by=replace(village.by("福州市", "2012-02-12 09:00"), role="office"),
    )
    for moment in ("2012-02-10", "2012-02-24", "2012-03-01", "2012-03-04"):
        tick.tick(now=at(moment))
    assert not Message.objects.exists()
    tick.tick(now=at("2012-03-05"))
    assert [row.step for row in Message.objects.all()] == ["urge"]


PAUSED = """
quiet: {flood: {title: 防汛, from: 06-20, to: 07-10}}
obligations:
  visits: {title: 走访, kind: visit, of: organisations, where: "code == '350121100200'", every: month}
"""


def test_a_campaign_that_pauses_steps_over_the_time_and_nobody_is_reminded_in_it(db: None) -> None:
    """June would fall due on Monday 2 July, for the 30th is a Saturday: instead on Wednesday the 11th, and its reminder
    is three days that count before, on Friday 15 June. Another campaign goes on as ever."""
    one = office(campaign(PAUSED, since="2012-06-01"))
    one.appoint("村支书", "青口村", "clerk", "2012-01-01")
    other = Office(one.number, adopt(campaign(VISITS, name="other-2012", since="2012-06-01"), one.number["福州市"]))
    for number in range(43):
        tick.tick(now=at("2012-06-01") + dt.timedelta(days=number))
    (june,) = one.duties("visits", "2012-06-01")
    assert june.due == at("2012-07-11 17:30")
    assert [duty.due for duty in other.duties("visits", "2012-06-01")] == [at("2012-07-02 17:30")]
    told = [
        (row.step, f"{row.at.astimezone(CHINA):%m-%d}")
        for row in Message.objects.filter(link=link(june)).order_by("at")
    ]
    assert told == [("remind", "06-15"), ("urge", "07-12")]
    deadline = Deadline.from_json(Term.objects.get(id=june.term).deadline)
    assert any("防汛" in sentence for sentence in wording.words(deadline))
