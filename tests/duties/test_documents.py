"""The documents' rules, from the schemes as they stand: which rounds there are, how much each asks, by when."""

from __future__ import annotations

import pytest

from tests.duties.offices import Office, at, campaign, day, office
from xianfeng.duties import periods, tick
from xianfeng.duties.ladder import link
from xianfeng.duties.models import Round, State
from xianfeng.ledger import versions
from xianfeng.messages.models import Message
from xianfeng.paths import PROJECT
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme


def scheme(name: str) -> Scheme:
    loaded = load(PROJECT / "schemes" / name)
    assert isinstance(loaded, Scheme)
    return loaded


def rounds(name: str, obligation: str) -> list[tuple[str, str, str, int, int | None]]:
    whole = scheme(name)
    return [
        (one.title, str(one.since), str(one.until), one.least, one.most)
        for one in periods.periods(whole.obligations[obligation], whole)
    ]


def test_fuzhou_2012_serves_in_three_windows_once_in_each() -> None:
    assert rounds("fuzhou-2012", "contact_service") == [
        ("2月份", "2012-02-01", "2012-02-29", 1, None),
        ("7月份", "2012-07-01", "2012-07-31", 1, None),
        ("10月底或11月初", "2012-10-21", "2012-11-10", 1, None),
    ]


def test_fuzhou_2012_officials_have_one_or_two_contact_points() -> None:
    ((_, _, _, least, most),) = rounds("fuzhou-2012", "leaders_contact_points")
    assert (least, most) == (1, 2)


def test_jinwan_comments_every_half_year_and_reviews_at_the_year_s_end() -> None:
    halves = [(since, until) for _, since, until, *_ in rounds("jinwan-2010", "leaders_comment")]
    assert halves[:3] == [("2010-04-01", "2010-06-30"), ("2010-07-01", "2010-12-31"), ("2011-01-01", "2011-06-30")]
    assert [(title, since, until) for title, since, until, *_ in rounds("jinwan-2010", "organisation_review")] == [
        ("年底", "2010-12-01", "2010-12-31"),
        ("年底", "2011-12-01", "2011-12-31"),
    ]


def test_fuzhou_2010_inspects_its_projects_every_month() -> None:
    months = rounds("fuzhou-2010", "inspections")
    assert all(until[:7] == since[:7] for _, since, until, *_ in months)
    assert all(least == 1 for *_, least, _ in months)
    whole = scheme("fuzhou-2010")
    assert (months[0][1], months[-1][2]) == (str(whole.since), str(whole.until))


CBRC = """
roles: {supervisor: {title: 联系领导}}
obligations:
  minutes:
    {title: 座谈纪要, kind: statement, of: organisations, every: event, after: seminar.filed, due: 5 days}
  pairs: {title: 结对, kind: pairing, of: organisations, where: "level == 'township'", at_least: 2, every: year}
  visits: {title: 走访, kind: visit, of: organisations, where: "level == 'township'", exactly: 3, every: year}
  groups:
    {title: 督导组, kind: leading_group, of: organisations, where: "level == 'township'", at_least: 1, at_most: 3,
     every: year}
kinds:
  seminar:
    flow:
      initial: filed
      states: {filed: {title: 已报, level: filed}}
"""


@pytest.fixture
def bank(db: None) -> Office:
    return office(campaign(CBRC))


def test_five_calendar_days_run_over_a_weekend_and_end_on_a_working_day(bank: Office) -> None:
    """Held on Thursday 1 March; five calendar days later is Tuesday the 6th. On Monday the 26th: Saturday 31 March, a
    working day in 2012 for the Qingming holiday."""
    bank.file("seminar", "青口村", "2012-03-01 10:00", {"topic": "座谈"}, day=day("2012-03-01"))
    bank.file("seminar", "东台村", "2012-03-26 10:00", {"topic": "座谈"}, day=day("2012-03-26"))
    bank.catch_up("2012-03-27")
    due = {bank.name_of(one.organisation): f"{one.due:%m-%d}" for one in bank.duties("minutes")}
    assert due == {"青口村": "03-06", "东台村": "03-31"}


def test_what_follows_an_event_meets_its_duty_late_or_in_time(bank: Office) -> None:
    for village in ("青口村", "东台村"):
        bank.file("seminar", village, "2012-03-01 10:00", {"topic": "座谈"})
    bank.file("statement", "青口村", "2012-03-06 10:00", {"item": "纪要", "value": "1"})
    bank.file("statement", "东台村", "2012-03-07 10:00", {"item": "纪要", "value": "1"})
    bank.catch_up("2012-03-08")
    assert bank.owing("minutes") == {"青口村": "met", "东台村": "late"}


def test_quotas_at_least_two_exactly_three_and_groups_of_up_to_three(bank: Office) -> None:
    bank.expand("2012-02-01")
    quotas = {name: {(one.least, one.most) for one in bank.duties(name)} for name in ("pairs", "visits", "groups")}
    assert quotas == {"pairs": {(2, None)}, "visits": {(3, 3)}, "groups": {(1, 3)}}
    for number in range(4):
        bank.file("visit", "青口镇", f"2012-03-0{number + 1} 10:00", {"people": {"villagers": 1}})
    bank.catch_up("2012-03-10")
    (one,) = [duty for duty in bank.duties("visits") if bank.name_of(duty.organisation) == "青口镇"]
    assert (one.met, one.state) == (4, State.MET)


def test_five_days_after_its_seminar_a_village_without_minutes_is_urged(bank: Office) -> None:
    for village in ("青口村", "东台村"):
        bank.appoint(f"{village}支书", village, "clerk", "2012-01-01")
        bank.file("seminar", village, "2012-03-01 10:00", {"topic": "座谈"})
    tick.tick(now=at("2012-03-01 12:00"))
    bank.file("statement", "青口村", "2012-03-06 10:00", {"item": "纪要", "value": "1"})
    tick.tick(now=at("2012-03-07 08:30"))
    late = {bank.name_of(duty.organisation): link(duty) for duty in bank.duties("minutes") if not duty.met}
    assert late.keys() == {"东台村"}
    assert [row.step for row in Message.objects.filter(link=late["东台村"])] == ["urge"]


def test_two_campaigns_that_ask_for_one_record_ask_once(bank: Office) -> None:
    text = campaign(
        "obligations:\n  seen:\n"
        "    {title: 走访, kind: visit, of: organisations, where: \"level == 'township'\", every: year}\n",
        name="other-2012",
    )
    other = Office(bank.number, bank.adopt(text))
    bank.scheme = versions.current("trial-2012")
    for one in (bank, other):
        one.expand("2012-02-01")
    bank.file("visit", "荆溪镇", "2012-03-01 10:00", {"people": {"villagers": 1}})
    bank.catch_up("2012-03-02")
    assert other.owing("seen")["荆溪镇"] == "met"
    assert {row.scheme for row in Round.objects.filter(register="visit")} == {"trial-2012", "other-2012"}


def test_an_upper_limit_alone_demands_nothing(db: None) -> None:
    one = office(
        campaign("obligations:\n  a: {title: 会议, kind: seminar, of: organisations, at_most: 3, every: year}\n")
    )
    one.expand("2012-02-01")
    assert one.duties() == []
