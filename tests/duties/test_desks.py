"""Bodies owe what the people of their divisions do: who is asked, who is told about whom, and what is passed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.duties.offices import CHINA, OPERATOR, Office, adopt, at, campaign, day, office
from xianfeng.duties import circulars, expanding, ladder, owed, standing, tick
from xianfeng.duties.models import Circular, Round
from xianfeng.messages import words
from xianfeng.messages.models import Message
from xianfeng.registry import actions as registry
from xianfeng.registry import desks

VISITS = """
obligations:
  visits: {{title: 走访群众, kind: visit, of: organisations, where: "{where}", at_least: 1, every: month}}
"""
POINTS = """
roles: {leading_official: {title: 领导干部}}
obligations:
  visits: {title: 联系点, kind: contact_point, of: leading_official, at_least: 1, every: month}
"""
COMMITTEES = "type == 'body' and level == 'township'"
NOW, SINCE = "2012-03-20", "2012-02-01"


def visits(where: str) -> str:
    return campaign(VISITS.format(where=where), since=SINCE)


def committee(one: Office, division: str, level: str) -> int:
    name = f"{division}党委"
    founding = registry.Founding(
        code=f"P-{division}",
        name=name,
        type="body",
        level=level,
        parent=one.number[division],
        founded=day("2005-01-01"),
    )
    one.number[name] = registry.found(founding=founding, by=OPERATOR)
    return one.number[name]


@pytest.fixture
def county(db: None) -> Office:
    """Two towns whose committees owe something; people at the divisions of one town and of the county."""
    one = office(visits(COMMITTEES))
    for division, level in (("闽侯县", "county"), ("青口镇", "township"), ("荆溪镇", "township")):
        committee(one, division, level)
    one.appoint("镇经办", "青口镇", "reviewer", "2012-01-01")
    one.appoint("县经办", "闽侯县", "office", "2012-01-01")
    return one


def climb(since: str = "2012-02-20", until: str = NOW) -> None:
    first, last = at(since), at(until)
    for n in range((last - first).days + 1):
        tick.tick(now=first + dt.timedelta(days=n))


def told(one: Office, name: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(organisation=one.number[name]).order_by("at", "id")
    return [(row.step, str(words.told(row.words))) for row in rows]


def test_whoever_is_appointed_at_the_division_is_asked_for_its_bodys_work(county: Office) -> None:
    climb()
    february, march = owed.owed(county.number["青口镇"], now=at(NOW)).rows
    assert {february.organisation, march.organisation} == {county.number["青口镇党委"]}
    assert owed.overdue(county.number["青口镇"], now=at(NOW)) == 1
    assert told(county, "青口镇") == [
        ("remind", "青口镇党委：请办理：走访群众，2012年2月，2012年2月29日17:30到期。"),
        ("urge", "青口镇党委：催办：走访群众，2012年2月，2012年2月29日17:30已到期，还没有办。"),
    ]
    campaign = county.scheme.name
    (line,) = standing.of_organisation(county.number["青口镇"], [campaign], now=at(NOW))[campaign]
    assert line.owing == (county.number["青口镇党委"],)
    assert standing.below(_place(county, "青口镇"), [campaign], now=at(NOW)) == ()


def test_whoever_is_appointed_at_the_body_is_asked_for_its_divisions_work(db: None) -> None:
    one = office(visits("type == 'division' and level == 'township'"))
    committee(one, "青口镇", "township")
    one.appoint("书记", "青口镇党委", "secretary", "2012-01-01")
    climb(until="2012-03-02")
    assert [step for step, _ in told(one, "青口镇党委")] == ["remind", "urge"]
    rows = owed.owed(one.number["青口镇党委"], now=at("2012-03-02")).rows
    assert {row.organisation for row in rows} == {one.number["青口镇"]}


def test_the_superior_is_the_desk_above_with_one_circular_of_all_names(county: Office) -> None:
    climb()
    assert [step for step, _ in told(county, "青口镇")] == ["remind", "urge"]
    (row,) = Circular.objects.all()
    (one,) = circulars.told([row])
    assert one.organisation == county.number["闽侯县"]
    assert one.names == ("青口镇党委", "荆溪镇党委")
    reached = [text for step, text in told(county, "闽侯县") if step == "superior"]
    assert reached == ["下级逾期：走访群众，2012年2月，2个组织催办后仍没有办。"]
    circulars.decide(circular=row.id, decision="issued", by=county.by("闽侯县党委", "2012-03-12 09:00"))


def test_a_desk_without_anybody_is_passed_over_and_that_is_said(county: Office) -> None:
    county.adopt(visits("level == 'village'"))
    climb()
    drafted = {one.organisation: one for one in circulars.told(list(Circular.objects.all()))}
    assert drafted[county.number["青口镇"]].names == ("青口村", "东台村")
    passed = drafted[county.number["闽侯县"]]
    assert (passed.names, passed.skipped) == (("荆溪村",), ("荆溪镇",))
    (text,) = [text for step, text in told(county, "闽侯县") if step == "superior"]
    assert text.endswith("1个组织催办后仍没有办。荆溪镇没有审核人，直接报给您。")


def test_the_superior_of_what_was_handed_up_is_above_whoever_answers_for_it(db: None) -> None:
    one = office(campaign(POINTS, since=SINCE))
    held = one.appoint("镇长", "青口镇", "leading_official", "2012-01-01")
    one.appoint("县经办", "闽侯县", "office", "2012-01-01")
    one.appoint("市经办", "福州市", "office", "2012-01-01")
    tick.tick(now=at("2012-02-20"))
    one.end(held, "2012-02-22")
    climb("2012-02-23", "2012-03-12")
    assert [step for step, _ in told(one, "闽侯县")] == ["remind", "urge"]
    assert [step for step, _ in told(one, "福州市")] == ["superior", "circular"]


def test_of_what_a_desk_owes_a_persons_own_is_counted_apart(db: None) -> None:
    one = office(campaign(POINTS, since=SINCE))
    held = one.appoint("镇长", "青口镇", "leading_official", "2012-01-01")
    inspector = one.appoint("督查员", "青口镇", "inspector", "2012-01-01")
    tick.tick(now=at("2012-02-20"))
    town, late = one.number["青口镇"], at("2012-03-12")
    everything = owed.overdue(town, now=late)
    assert everything > 0
    assert owed.overdue(town, now=late, appointment=held) == everything
    assert owed.overdue(town, now=late, appointment=inspector) == 0


def test_what_the_own_body_owes_is_not_counted_among_those_below(db: None) -> None:
    one = office(visits("type == 'body' and level == 'city'"))
    committee(one, "福州市", "city")
    one.appoint("市经办", "福州市", "office", "2012-01-01")
    tick.tick(now=at("2012-02-20"))
    place, february = _place(one, "福州市"), Round.objects.get(since=day("2012-02-01"))
    assert owed.arrears(one.scheme.name, place, now=at(NOW)) == ()
    assert owed.lacking(february.id, place, now=at(NOW)) == ()
    assert owed.overdue(one.number["福州市"], now=at(NOW)) == 1


def test_those_below_a_body_of_the_desk_are_counted_as_the_desks(county: Office) -> None:
    founding = registry.Founding(
        code="B-1",
        name="机关支部",
        type="body",
        level="branch",
        parent=county.number["青口镇党委"],
        founded=day("2005-01-01"),
    )
    branch = county.number["机关支部"] = registry.found(founding=founding, by=OPERATOR)
    county.adopt(visits("level == 'branch'"))
    tick.tick(now=at("2012-02-20"))
    place, february = (
        _place(county, "青口镇"),
        Round.objects.get(since=day("2012-02-01"), scheme=county.scheme.name, obligation="visits"),
    )
    (line,) = [one for one in owed.arrears(county.scheme.name, place, now=at(NOW)) if one.round.id == february.id]
    assert (line.open, line.overdue) == (1, 1)
    assert owed.lacking(february.id, place, now=at(NOW)) == (branch,)


def test_whoever_is_late_later_on_a_day_stands_in_the_same_circular(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "_SOME", 1)
    climb()
    (row,) = Circular.objects.all()
    (one,) = circulars.told([row])
    assert one.names == ("青口镇党委", "荆溪镇党委")


def _place(one: Office, name: str) -> int:
    desk = desks.at(one.number[name])
    assert desk is not None
    return desk.place


def test_what_is_owed_of_a_campaign_that_is_over_comes_last_on_the_first_page_and_on_the_next(db: None) -> None:
    """Of January to March and of a campaign that is over; of April, by 2 May, and of May, of one that runs."""
    rule = VISITS.format(where="code == '350121100'")
    first = office(campaign(rule, until="2012-03-31"))
    second = adopt(campaign(rule, name="second-2012", since="2012-04-01"), first.number["福州市"])
    first.expand("2012-04-02")
    expanding.expand(second, now=at("2012-05-10"))
    months: list[int] = []
    after, town = "", first.number["青口镇"]
    while len(months) < 5:
        page = owed.owed(town, now=at("2012-05-10"), after=after, limit=2)
        months += [row.due.astimezone(CHINA).month for row in page.rows]
        after = page.following
    assert months == [5, 5, 1, 2, 3]


def test_what_is_owed_is_read_by_organisation_by_campaign_and_of_one_alone(db: None) -> None:
    """Of the town and of its committee, in two campaigns, page by page."""
    rule = VISITS.format(where="level == 'township' and code != '350121101'")
    one = office(campaign(rule, until="2012-02-29"))
    body = committee(one, "青口镇", "township")
    second = adopt(campaign(rule, name="a-second-2012", until="2012-02-29"), one.number["福州市"])
    one.expand("2012-02-02")
    expanding.expand(second, now=at("2012-02-02"))
    town = one.number["青口镇"]

    def read(**asked: Any) -> list[tuple[str, int, int]]:
        found, after = [], ""
        while True:
            page = owed.owed(town, now=at("2012-02-10"), after=after, limit=3, **asked)
            found += [(row.scheme, row.organisation, row.due.astimezone(CHINA).month) for row in page.rows]
            after = page.following
            if not after:
                return found

    names = sorted([one.scheme.name, "a-second-2012"])
    every = [(name, organisation, month) for name in names for organisation in (town, body) for month in (1, 2)]
    assert sorted(read()) == sorted(every)
    assert [month for *_, month in read()] == [1, 1, 1, 1, 2, 2, 2, 2]
    assert [(at_, month) for _, at_, month in read(by="organisation")] == [
        (at_, month) for at_ in sorted((town, body)) for month in (1, 1, 2, 2)
    ]
    assert [(name, month) for name, _, month in read(by="campaign")] == [
        (name, month) for name in names for month in (1, 1, 2, 2)
    ]
    assert {at_ for _, at_, _ in read(at=body)} == {body}
    for place in ("1", "1~2", "x~2012-02-01T00:00:00+00:00~1", "0~2012-02-01T00:00:00~1", f"0~2012-02-01~{'9' * 30}"):
        with pytest.raises(ValueError):  # noqa: PT011 - a page that is none, whatever is wrong with it
            owed.owed(town, now=at("2012-02-10"), after=place)
