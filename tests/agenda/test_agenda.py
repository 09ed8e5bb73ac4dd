"""Agendas and their feeds, read back as a calendar program reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from icalendar import Calendar

from tests.duties.offices import Office, at, campaign, day, office
from tests.plans.test_planned import BODY
from xianfeng.agenda import calendar_file
from xianfeng.agenda.item import Item
from xianfeng.agenda.items import agenda

OBLIGATION = """
obligations:
  reports: {title: 项目进展月报, kind: statement, of: organisations, where: "level == 'county'", every: month}
"""
NOW = "2012-03-05 09:00"


@pytest.fixture
def county(db: None) -> Office:
    return office(campaign(BODY + OBLIGATION))


def items(county: Office, name: str = "闽侯县", moment: str = NOW) -> tuple[Item, ...]:
    return agenda(county.number[name], since=day("2012-03-01"), until=day("2012-06-30"), now=at(moment))


def told(found: Iterable[Item]) -> list[tuple[str, str]]:
    return [(str(item.day), str(item.title)) for item in found]


def read(found: Iterable[Item]) -> Calendar:
    content = calendar_file.written(found, name="闽侯县", address=lambda path: f"https://example.gov.cn{path}")
    calendar = Calendar.from_ical(content.decode())
    assert isinstance(calendar, Calendar)
    return calendar


def fill(county: Office) -> None:
    leader = county.appoint("林某某", "闽侯县", "secretary", "2012-01-01")
    del leader
    county.expand("2012-03-02")
    project = {"name": "大桥", "investment": "1.00", "category": "industry", "due": "2012-05-31"}
    county.file("key_project", "闽侯县", "2012-03-01 09:00", project)
    meeting = {"category": "joint", "at": "2012-03-20T15:00", "text": "研究林某某同志反映的问题"}
    county.file("meeting", "闽侯县", "2012-03-02 09:00", meeting)
    roster = {"tier": "county", "leader": county.people["林某某"], "duty_day": "2012-04-04"}
    county.file("duty_roster", "闽侯县", "2012-03-02 09:00", roster)
    county.file("duty_roster", "闽侯县", "2012-03-03 09:00", {"tier": "county", "leader": county.people["林某某"]})


def test_duties_steps_meetings_and_rosters_stand_in_order(county: Office) -> None:
    fill(county)
    assert told(items(county)) == [
        ("2012-03-03", "值班带班（县级）"),  # its date was left empty: the day of the record
        ("2012-03-20", "会议（党建联席会议）"),
        ("2012-03-31", "截止：项目进展月报"),
        ("2012-04-04", "值班带班（县级）"),
        ("2012-04-25", "最迟完成：大桥，勘察"),  # 28 April was worked, 29 April to 1 May were off
        ("2012-05-03", "最迟完成：大桥，开工"),
        ("2012-05-31", "最迟完成：大桥，施工"),
    ]
    assert items(county, "青口镇") == ()


def test_two_of_a_day_that_read_alike_are_told_apart(county: Office) -> None:
    meeting = {"category": "joint", "at": "2012-03-20T15:00", "text": "研究项目"}
    first, second = (county.file("meeting", "闽侯县", "2012-03-02 09:00", meeting) for _ in range(2))
    county.file("meeting", "闽侯县", "2012-03-02 09:00", {**meeting, "at": "2012-03-21T15:00"})
    assert set(told(items(county))) == {
        ("2012-03-20", f"会议（党建联席会议）（第 {first.id} 号记录）"),
        ("2012-03-20", f"会议（党建联席会议）（第 {second.id} 号记录）"),
        ("2012-03-21", "会议（党建联席会议）"),
    }


def test_a_superior_may_see_meetings_and_rosters_below_and_not_what_is_owed_there(county: Office) -> None:
    fill(county)
    span = {"since": day("2012-03-01"), "until": day("2012-06-30"), "now": at(NOW)}
    city = county.number["福州市"]
    assert agenda(city, **span) == ()
    assert told(agenda(city, below=True, **span)) == [
        ("2012-03-03", "闽侯县：值班带班（县级）"),
        ("2012-03-20", "闽侯县：会议（党建联席会议）"),
        ("2012-04-04", "闽侯县：值班带班（县级）"),
    ]
    assert agenda(county.number["闽侯县"], below=True, **span) == agenda(county.number["闽侯县"], **span)


def test_what_is_done_leaves_the_agenda(county: Office) -> None:
    fill(county)
    county.file("statement", "闽侯县", "2012-03-06 09:00", {"item": "进展", "value": "1.00"})
    county.catch_up("2012-03-06 10:00")
    assert "截止：项目进展月报" not in dict(map(reversed, told(items(county, moment="2012-03-06 11:00"))))


def test_a_calendar_program_reads_instants_in_utc_and_days_as_days(county: Office) -> None:
    fill(county)
    calendar = read(items(county))
    events = {str(event["summary"]): event for event in calendar.events}
    assert calendar["x-wr-calname"] == "闽侯县"
    assert events["会议（党建联席会议）"]["dtstart"].dt == dt.datetime(2012, 3, 20, 7, 0, tzinfo=dt.UTC)
    assert events["截止：项目进展月报"]["dtstart"].dt == dt.datetime(2012, 3, 31, 9, 30, tzinfo=dt.UTC)
    assert events["最迟完成：大桥，施工"]["dtstart"].dt == dt.date(2012, 5, 31)
    assert events["会议（党建联席会议）"]["transp"] == "OPAQUE"
    assert events["最迟完成：大桥，施工"]["transp"] == "TRANSPARENT"
    assert str(events["最迟完成：大桥，施工"]["url"]).startswith(
        "https://example.gov.cn/office/plans/trial-2012/projects/"
    )


def test_names_of_people_and_what_was_written_stay_in_the_house(county: Office) -> None:
    fill(county)
    content = calendar_file.written(items(county), name="闽侯县", address=str).decode()
    assert "林某某" not in content.replace("\r\n ", "")
    assert "反映" not in content.replace("\r\n ", "")


def test_a_thing_is_known_again_and_what_did_not_change_is_told_the_same(county: Office) -> None:
    fill(county)
    first, again = items(county), items(county, moment="2012-03-08 15:00")
    one = calendar_file.written(first, name="闽侯县", address=str)
    assert one == calendar_file.written(again, name="闽侯县", address=str)
    assert len({str(event["uid"]) for event in read(first).events}) == len(first)
    county.file("meeting", "闽侯县", "2012-03-08 16:00", {"category": "joint", "at": "2012-03-30T09:00"})
    more = calendar_file.written(items(county, moment="2012-03-08 17:00"), name="闽侯县", address=str)
    assert calendar_file.tag(more) != calendar_file.tag(one)
    known = {str(event["uid"]) for event in read(first).events}
    assert known < {str(event["uid"]) for event in Calendar.from_ical(more.decode()).events}


def test_what_is_owed_about_each_subordinate_names_it(db: None) -> None:
    rule = "{title: 点评, kind: leader_comment, of: superior_head, about: each_subordinate, every: quarter}"
    county = office(campaign(f"obligations:\n  comments: {rule}\n"))
    county.appoint("书记", "闽侯县", "superior_head", "2012-01-01")
    county.expand("2012-03-02")
    assert told(agenda(county.number["闽侯县"], since=day("2012-03-01"), until=day("2012-04-05"), now=at(NOW))) == [
        ("2012-03-31", "截止：点评，青口镇"),
        ("2012-03-31", "截止：点评，荆溪镇"),
    ]
