"""Records under a plan: what is done is read from the books, whoever entered it and whenever."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tests.duties.offices import Office, at, campaign, day, office
from xianfeng.calendars import store
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.plans import planned
from xianfeng.plans.planned import Planned
from xianfeng.plans.procedures import procedures
from xianfeng.plans.standing import Light

BODY = """
kinds:
  project_note:
    title: 环节办结
    fields:
      project: {type: record, of: key_project, title: 项目, required: true}
      stage: {type: choice, title: 环节, required: true, choices: {survey: 勘察, permits: 报批}}
  project_request:
    title: 提请协调
    fields:
      project: {type: record, of: key_project, title: 项目, required: true}
      problem: {type: long_text, title: 问题, required: true}
    flow:
      initial: asked
      states: {asked: {title: 已提请}, answered: {title: 已答复, level: reviewed, open: false}}
      moves: {answer: {title: 答复, from: asked, to: answered, by: superior, within: 20 workdays}}
plans:
  projects:
    title: 项目计划
    for: key_project
    until: due
    where: "category != 'other'"
    steps:
      survey: {title: 勘察, takes: 10 workdays, done: {kind: project_note, matching: "stage == 'survey'"}}
      start: {title: 开工, takes: 5 workdays, after: survey, done: building}
      build: {title: 施工, takes: 20 workdays, after: start, done: finished}
"""


@pytest.fixture
def county(db: None) -> Office:
    return office(campaign(BODY))


def project(county: Office, name: str = "大桥", **values: object) -> Record:
    told = {"name": name, "investment": "1000.00", "category": "industry", "due": "2012-06-29", **values}
    return county.file("key_project", "闽侯县", "2012-03-01 09:00", told)


def standing(county: Office, moment: str) -> list[Planned]:
    plan = county.scheme.plans["projects"]
    rows = list(planned.records(county.scheme, plan))
    return list(planned.planned(county.scheme, plan, rows, now=at(moment)))


def note(county: Office, record: Record, stage: str, moment: str, **given: object) -> Record:
    return county.file("project_note", "闽侯县", moment, {"project": record.id, "stage": stage}, **given)


def test_a_step_is_done_by_a_state_or_by_a_record_that_names_the_project(county: Office) -> None:
    bridge, road = project(county), project(county, "公路")
    note(county, bridge, "survey", "2012-04-05 09:00")
    note(county, bridge, "permits", "2012-04-06 09:00")
    county.move(bridge, "start", "福州市", "2012-05-10 09:00")
    by_name = {one.name: one for one in standing(county, "2012-05-21 09:00")}
    assert by_name["大桥"].done == {"survey": day("2012-04-05"), "start": day("2012-05-10")}
    assert by_name["公路"].done == {}
    assert by_name["公路"].record.id == road.id
    assert [by_name["大桥"].standing.light, by_name["公路"].standing.light] == [Light.NORMAL, Light.NEAR]


def test_what_counts_is_the_day_on_which_it_was_done(county: Office) -> None:
    bridge = project(county)
    note(county, bridge, "survey", "2012-05-20 09:00", day=day("2012-04-05"))  # entered six weeks late
    (one,) = standing(county, "2012-04-04 18:00")
    assert one.done == {}
    (one,) = standing(county, "2012-04-05 18:00")
    assert one.done == {"survey": day("2012-04-05")}


def test_a_record_that_was_taken_back_shows_nothing(county: Office) -> None:
    bridge = project(county)
    mistaken = note(county, bridge, "survey", "2012-04-05 09:00")
    actions.withdraw(
        by=county.by("闽侯县", "2012-04-06 09:00"), record=mistaken.id, reason="填错了", day=day("2012-04-06")
    )
    (one,) = standing(county, "2012-04-10 09:00")
    assert one.done == {}


def test_without_a_date_or_outside_the_condition_there_is_no_plan(county: Office) -> None:
    county.file(
        "key_project", "闽侯县", "2012-03-01 09:00", {"name": "无期限", "investment": "1.00", "category": "town"}
    )
    project(county, "别的", category="other")
    project(county, "大桥")
    assert [one.name for one in standing(county, "2012-04-01 09:00")] == ["大桥"]


def test_a_finished_record_awaits_nothing(county: Office) -> None:
    bridge = project(county)
    county.move(bridge, "start", "福州市", "2012-05-10 09:00")
    county.move(bridge, "finish", "福州市", "2012-06-20 09:00")
    (one,) = standing(county, "2012-09-01 09:00")
    assert (one.standing.light, one.standing.why) == (Light.DONE, "2012年6月20日已办结。")
    (before,) = standing(county, "2012-06-15 09:00")
    assert before.standing.light is Light.LATE  # the survey was never shown to be done


def test_what_names_a_project_hangs_on_it(county: Office) -> None:
    bridge, road = project(county), project(county, "公路")
    asked = county.file("project_request", "闽侯县", "2012-04-02 09:00", {"project": bridge.id, "problem": "征地"})
    note(county, road, "survey", "2012-04-05 09:00")
    county.file("task_force", "青口镇", "2012-04-05 09:00", {"name": "突击队", "project": bridge.id})
    (one,) = planned.of_record(county.scheme, bridge, now=at("2012-04-10 09:00"))
    hanging = {some.kind.name: [row.id for row in some.records] for some in planned.attached(one, Record.objects.all())}
    assert list(hanging) == ["project_request", "task_force"]  # the campaign's own kinds first
    assert hanging["project_request"] == [asked.id]
    own = Record.objects.filter(organisation=county.number["青口镇"])
    assert [some.kind.name for some in planned.attached(one, own)] == ["task_force"]


def test_a_moved_date_is_looked_at_and_nothing_is_written(county: Office) -> None:
    bridge = project(county)
    (one,) = standing(county, "2012-05-02 09:00")
    change = one.moved(day("2012-05-31"))
    assert [shift.after.stage.step.name for shift in change.breaks] == ["survey", "start", "build"]
    assert json.loads(Record.objects.get(id=bridge.id).values)["due"] == "2012-06-29"


def test_a_procedure_cut_from_twenty_days_to_five_is_measured_by_its_own_clock(county: Office) -> None:
    bridge = project(county)

    def request(asked: str, answered: str) -> None:
        values = {"project": bridge.id, "problem": "征地"}
        record = county.file("project_request", "闽侯县", f"{asked} 09:00", values)
        county.move(record, "answer", "福州市", f"{answered} 09:00")

    request("2012-05-02", "2012-05-23")  # 15 working days
    county.adopt(campaign(BODY.replace("20 workdays}}", "5 workdays}}")))
    request("2012-07-02", "2012-07-05")  # 3
    request("2012-07-02", "2012-07-10")  # 6: too late
    rows = Record.objects.filter(kind="project_request")
    (found,) = procedures(county.scheme, rows, store.calendar(county.number["福州市"]))
    assert (found.kind.name, found.move.name) == ("project_request", "answer")
    told = [(one.promised.amount, one.count, one.median, one.kept) for one in found.timings]
    assert told == [(20, 1, Fraction(15), 1), (5, 2, Fraction(9, 2), 1)]
