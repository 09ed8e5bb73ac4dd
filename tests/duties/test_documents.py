"""The documents' rules, from the schemes as they stand: which rounds there are, how much each asks, by when."""

from __future__ import annotations

import datetime as dt

from tests.duties.offices import Office, at, campaign, office
from xianfeng.duties import periods, tick
from xianfeng.duties.models import Duty, Round
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


VISITS = """
obligations:
  visits: {title: 走访, kind: visit, of: organisations, where: "level == 'township'", at_least: 2, every: year}
"""


def test_two_campaigns_that_ask_for_one_record_ask_once(db: None) -> None:
    asking = office(campaign(VISITS))
    text = campaign(
        "obligations:\n  seen:\n"
        "    {title: 走访, kind: visit, of: organisations, where: \"level == 'township'\", every: year}\n",
        name="other-2012",
    )
    other = Office(asking.number, asking.adopt(text))
    asking.scheme = versions.current("trial-2012")
    for one in (asking, other):
        one.expand("2012-02-01")
    asking.file("visit", "荆溪镇", "2012-03-01 10:00", {"people": {"villagers": 1}})
    asking.catch_up("2012-03-02")
    assert other.owing("seen")["荆溪镇"] == "met"
    assert {row.scheme for row in Round.objects.filter(register="visit")} == {"trial-2012", "other-2012"}


def test_two_campaigns_that_demand_the_same_remind_once(db: None) -> None:
    seen = (
        "obligations:\n  seen:\n"
        "    {{title: 走访, kind: visit, of: organisations, where: \"level == 'township'\", every: year{more}}}\n"
    )
    one = office(campaign(seen.format(more="")))
    one.appoint("镇长", "荆溪镇", "clerk", "2012-01-01")
    one.adopt(campaign(seen.format(more=""), name="same-2012"))
    one.adopt(campaign(seen.format(more=", at_least: 2"), name="more-2012"))
    for n in range((dt.date(2013, 1, 2) - dt.date(2012, 2, 1)).days):
        tick.tick(now=at("2012-02-01") + dt.timedelta(days=n))
    told = Message.objects.filter(organisation=one.number["荆溪镇"], step="remind")
    assert Duty.objects.filter(organisation=one.number["荆溪镇"]).count() == 3
    assert told.count() == 2


def test_an_upper_limit_alone_demands_nothing(db: None) -> None:
    one = office(
        campaign("obligations:\n  a: {title: 会议, kind: seminar, of: organisations, at_most: 3, every: year}\n")
    )
    one.expand("2012-02-01")
    assert one.duties() == []
