"""The documents' rules lived through with the schemes that come with the project: the clock tells, work meets."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from tests.duties.offices import CHINA, OPERATOR, Office, at, campaign, day, office
from xianfeng.duties import check, tick
from xianfeng.duties.ladder import link
from xianfeng.duties.models import Circular, Duty, State
from xianfeng.duties.terms import STEPS
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.messages.models import Message
from xianfeng.paths import PROJECT
from xianfeng.registry import actions as registry
from xianfeng.scheme import loader


def shipped(name: str, known: dict[str, int], root: str) -> Office:
    """Adopted by its root's office, among organisations that are there."""
    files = loader.package(PROJECT / "schemes" / name)
    actions.adopt(files, by=Actor(kind=ActorKind.IMPORT, id=1, organisation=known[root]))
    return Office(known, versions.current(name))


def lived(*moments: str) -> None:
    for moment in moments:
        tick.tick(now=at(moment))


def told(one: Office, obligation: str, since: str) -> dict[str, list[tuple[str, str]]]:
    """By organisation, the steps that were taken about its duties of a round, told alone or with others."""
    found: dict[str, list[tuple[str, str]]] = {}
    for duty in one.duties(obligation, since):
        alone, shared = Q(link=link(duty)), Q(link__endswith=f"&round={duty.round}", step__in=STEPS[: duty.step])
        rows = Message.objects.filter(alone | shared).order_by("at")
        steps = ((row.step, f"{row.at.astimezone(CHINA):%m-%d}") for row in rows)
        found[one.name_of(duty.about or duty.organisation)] = list(dict.fromkeys(steps))  # each told to several people
    return found


def due(one: Office, obligation: str, since: str) -> set[dt.datetime]:
    return {duty.due for duty in one.duties(obligation, since)}


def test_fuzhou_2012_officials_serve_at_their_contact_point_in_july(db: None) -> None:
    """Due on Tuesday 31 July; three working days before is Thursday the 26th."""
    one = shipped("fuzhou-2012", office(campaign("")).number, "福州市")
    for name in ("闽侯县", "青口镇"):
        one.appoint(f"{name}领导", name, "leading_official", "2012-01-01")
    leader = one.people["闽侯县领导"]
    values = {"leader": leader, "rank": "county", "target": one.number["青口村"]}
    point = one.file("contact_point", "闽侯县", "2012-07-02 10:00", values)
    lived("2012-07-03", "2012-07-26")
    one.file("contact_visit", "闽侯县", "2012-07-30 10:00", {"contact_point": point.id, "leader": leader})
    lived("2012-08-01")
    assert due(one, "contact_service", "2012-07-01") == {at("2012-07-31 17:30")}
    assert one.owing("contact_service", "2012-07-01") == {"闽侯县": "met", "青口镇": "open"}
    assert told(one, "contact_service", "2012-07-01") == {
        "闽侯县": [("remind", "07-26")],
        "青口镇": [("remind", "07-26"), ("urge", "08-01")],
    }
    assert one.owing("leaders_contact_points") == {"闽侯县": "met", "青口镇": "open"}
    assert list(check.check()) == []


NOTICE = {"cause": "hollow", "problem": "活动流于形式", "demand": "重新开展", "due": "2012-03-21"}  # a Wednesday


def noticed() -> tuple[Office, Record]:
    """A notice of 闽侯县 to 青口镇, issued on Monday 5 March."""
    one = shipped("fuzhou-2012", office(campaign("")).number, "福州市")
    one.appoint("县经办", "闽侯县", "office", "2012-01-01")
    one.appoint("镇经办", "青口镇", "clerk", "2012-01-01")
    given = {"about": one.number["青口镇"], **NOTICE}
    record = one.file("rectification", "闽侯县", "2012-03-05 09:00", given, state="drafted")
    return one, one.move(record, "issue", "闽侯县", "2012-03-05 10:00")


def daily(since: str, until: str) -> None:
    first, last = day(since), day(until)
    lived(*(str(first + dt.timedelta(days=n)) for n in range((last - first).days + 1)))


def climbed(one: Office) -> list[tuple[str, str, str]]:
    rows = Message.objects.order_by("at", "id")
    return [(row.step, one.name_of(row.organisation), f"{row.at.astimezone(CHINA):%m-%d}") for row in rows]


def test_fuzhou_2012_rectification_that_is_not_reported_climbs_from_its_date(db: None) -> None:
    one, record = noticed()
    daily("2012-03-08", "2012-03-30")
    assert climbed(one) == [
        ("remind", "青口镇", "03-16"),
        ("urge", "青口镇", "03-22"),
        ("superior", "闽侯县", "03-26"),
        ("circular", "闽侯县", "03-28"),
    ]
    assert Circular.objects.get().decision == ""
    one.move(record, "answer", "青口镇", "2012-03-30 15:00", values={"result": "已重新开展"})
    closed = one.move(record, "close", "闽侯县", "2012-03-30 16:00", values={"second_look": "到现场看过"})
    assert closed.state == "closed"
    lived("2012-03-31")
    assert list(check.check()) == []


def test_fuzhou_2012_rectification_is_due_from_its_notice_on(db: None) -> None:
    """The document asks for no measures first: its date holds for who planned none."""
    one, record = noticed()
    owed = Duty.objects.filter(begun_by=record.id, due=at("2012-03-21 17:30"))
    lived("2012-03-06")
    assert [State(duty.state) for duty in owed] == [State.OPEN]
    one.move(record, "answer", "青口镇", "2012-03-19 15:00", values={"result": "已重新开展"})
    lived("2012-03-20")
    assert [State(duty.state) for duty in owed.all()] == [State.MET]
    assert list(check.check()) == []


def test_jinwan_heads_comment_on_each_below_by_the_half_year_s_end(db: None) -> None:
    """Due on Wednesday 30 June 2010; the year's review by organisations on Friday 31 December."""
    rows = [
        ("440404", "金湾区", "division", "county", None),
        ("440404001", "三灶镇", "division", "township", "440404"),
        ("440404002", "红旗镇", "division", "township", "440404"),
        ("440404003", "区机关党委", "body", "county", "440404"),
    ]
    numbers = registry.found_many(
        foundings=[
            registry.Founding(code=code, name=name, type=type_, level=level, parent=parent)
            for code, name, type_, level, parent in rows
        ],
        by=OPERATOR,
    )
    one = shipped("jinwan-2010", {row[1]: number for row, number in zip(rows, numbers, strict=True)}, "金湾区")
    one.appoint("区委书记", "金湾区", "superior_head", "2010-01-01")
    one.appoint("经办", "区机关党委", "clerk", "2010-01-01")
    lived("2010-06-01", "2010-06-25")
    said = {"achievements": "路修好了", "problems": "账没有公开", "direction": "按月公开"}
    one.file("leader_comment", "金湾区", "2010-06-28 10:00", {"about": one.number["三灶镇"], **said}, state="published")
    lived("2010-07-01")
    assert due(one, "leaders_comment", "2010-04-01") == {at("2010-06-30 17:30")}
    steps = told(one, "leaders_comment", "2010-04-01")
    assert steps["三灶镇"] == [("remind", "06-25")]
    assert steps["红旗镇"] == [("remind", "06-25"), ("urge", "07-01")]
    lived("2010-12-01", "2010-12-28")
    assert due(one, "organisation_review", "2010-12-01") == {at("2010-12-31 17:30")}
    assert told(one, "organisation_review", "2010-12-01") == {"区机关党委": [("remind", "12-28")]}


def test_fuzhou_2010_inspects_a_project_in_every_month(db: None) -> None:
    """May ended on a Monday: reminded on Wednesday the 26th, and in June urged on the 1st."""
    known = office(campaign("")).number
    founding = registry.Founding(code="B-1", name="市委", type="body", level="city", parent="350100")
    known["市委"] = registry.found(founding=founding, by=OPERATOR)
    one = shipped("fuzhou-2010", known, "福州市")
    one.appoint("市委书记", "市委", "office", "2010-01-01")
    head = one.people["市委书记"]
    lists = {"projects": "二环快速路", "responsibility": "市建委", "deadlines": "2010年底"}
    values = {"name": "工业战役领导小组", "first": head, "second": head, **lists}
    group = one.file("leading_group", "市委", "2010-04-06 10:00", values)
    listed = {"name": "二环快速路", "investment": 3_000_000_000}
    project = one.file("key_project", "市委", "2010-04-06 10:00", listed)
    seen = {"leading_group": group.id, "project": project.id}
    one.file("project_inspection", "市委", "2010-04-20 10:00", seen)
    lived("2010-04-21", "2010-05-26", "2010-06-01")
    assert one.owing("inspections", "2010-04-01") == {"市委": "met"}
    assert told(one, "inspections", "2010-05-01") == {"市委": [("remind", "05-26"), ("urge", "06-01")]}
    one.file("project_inspection", "市委", "2010-06-02 10:00", seen, day=day("2010-05-31"))
    lived("2010-06-03")
    assert one.owing("inspections", "2010-05-01") == {"市委": "late"}
