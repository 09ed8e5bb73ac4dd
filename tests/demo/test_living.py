"""The campaign that goes on, lived up to a day: something late, something coming, something for a person to decide."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tests import databases
from xianfeng import figures
from xianfeng.demo import asking, enclosures, evaluating, grading, living, plan, visitors
from xianfeng.demo.plan import Plan
from xianfeng.demo.prepare import SCHEMES, office
from xianfeng.duties import check, owed, tick
from xianfeng.duties.models import Circular
from xianfeng.duties.status import Status
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.figures.interface import Query
from xianfeng.inspections import outcome, visiting
from xianfeng.inspections.listing import Listing
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.stages import Stage
from xianfeng.ledger import turns, versions
from xianfeng.ledger.models import Record
from xianfeng.log import verify
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head
from xianfeng.messages.models import Message
from xianfeng.paths import PROJECT
from xianfeng.plans import planned
from xianfeng.plans.standing import Light
from xianfeng.registry import desks, divisions
from xianfeng.registry.models import Organisation
from xianfeng.signals import answering

CHINA = ZoneInfo("Asia/Shanghai")
TODAY = dt.date(2025, 7, 9)  # a Wednesday
NOW = dt.datetime(2025, 7, 9, 12, tzinfo=CHINA)
FOLDER = SCHEMES / "gulou-today"
PLAN = FOLDER / "demo.yaml"
NEVER = {"350102004003", "350102008002", "350102100005", "350102100009"}  # as the plan says of first_on_time


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Plan]:
    """Nothing but the district and its campaign, at noon of that day."""
    from tests.conftest import session

    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        session.copy(session.fresh()) as database,
        databases.using(database),
    ):
        settled = living.settle(PLAN, plan.read(PLAN), today=TODAY)
        first = living.first_morning(settled)
        assert first == dt.datetime(2025, 3, 19, 8, 30, tzinfo=CHINA)  # 112 days before, as 10 March is before 30 June
        by = Actor(kind=ActorKind.IMPORT, at=first)
        divisions.import_(PROJECT / divisions.SOURCE, under=["350102"], by=by)
        versions.adopt(living.package(settled, FOLDER), by=by)
        visitors.open_doors(by=by)
        living.live(settled, first=first, now=NOW)
        yield settled


def organisation(code: str) -> int:
    return Organisation.objects.values_list("id", flat=True).get(code=code)


def test_its_scheme_is_moved_with_its_plan(lived: Plan) -> None:
    scheme = versions.current("gulou-today")
    assert (scheme.since, scheme.until) == (lived.begins, TODAY + dt.timedelta(days=90))
    assert scheme.phases["second"].since == TODAY - dt.timedelta(days=17)


def test_a_community_owes_something_by_tomorrow(lived: Plan) -> None:
    rows = owed.owed(organisation("350102100004"), now=NOW).rows
    due = [(row.title, row.due.astimezone(CHINA), row.status) for row in rows if row.obligation == "deeds"]
    assert due == [("办成一件民生实事", dt.datetime(2025, 7, 10, 17, 30, tzinfo=CHINA), Status.OPEN)]


def test_four_communities_are_late_and_the_district_sees_them(lived: Plan) -> None:
    desk = desks.at(organisation("350102"))
    assert desk is not None
    arrears = owed.arrears("gulou-today", desk.place, now=NOW)
    (late,) = (one for one in arrears if one.round.obligation == "deeds" and one.overdue)
    behind = Organisation.objects.filter(id__in=owed.lacking(late.round.id, desk.place, now=NOW))
    assert set(behind.values_list("code", flat=True)) == NEVER


def test_the_ladder_was_climbed_day_by_day_up_to_a_circular_that_waits(lived: Plan) -> None:
    """The first batch ended on Tuesday 17 June: urged the day after, the town told three working days after."""
    told = Message.objects.filter(words__contains="办成一件民生实事").filter(words__contains="第一批")
    town = organisation("350102100")
    days = {row.step: row.at.astimezone(CHINA).date() for row in told if row.step in ("urge", "superior", "circular")}
    assert days == {"urge": dt.date(2025, 6, 18), "superior": dt.date(2025, 6, 20), "circular": dt.date(2025, 6, 24)}
    decided = dict(Circular.objects.filter(organisation=town).order_by("id").values_list("day", "decision"))
    assert list(decided.values())[:2] == ["dropped", ""]
    assert Circular.objects.filter(organisation=organisation("350102"), decision="issued").exists()


def test_plans_show_every_light(lived: Plan) -> None:
    scheme = versions.current("gulou-today")
    rows = list(planned.records(scheme, scheme.plans["projects"]))
    lights = [one.standing.light for one in planned.planned(scheme, scheme.plans["projects"], rows, now=NOW)]
    assert sorted(lights) == sorted(Light)


def test_matters_stand_everywhere_on_their_way(lived: Plan) -> None:
    states = set(Record.objects.filter(register="matter").values_list("state", flat=True))
    assert states == {"received", "assigned", "limited", "extended", "answered", "resolved", "closed"}
    assert Record.objects.filter(register="matter", values__contains='"reopened":1').count() == 1


def test_shares_of_matters_are_computed_from_them(lived: Plan) -> None:
    """Eleven were brought, six answered; three of those were resolved and rated, one of them as unsatisfied."""
    scheme, shares = versions.current("gulou-today"), ("response_rate", "resolution_rate", "satisfaction_rate")
    asked = [Query(scheme=scheme.hash, measure=one, organisation=organisation("350102"), until=TODAY) for one in shares]
    assert [str(figure.value) for figure in figures.from_log().figures(asked)] == ["0.545455", "0.272727", "0.666667"]


def test_an_inspection_was_held_and_what_it_found_is_on_its_way(lived: Plan) -> None:
    plan_ = InspectionPlan.objects.get()
    assert plan_.stage == Stage.REVEALED
    made = visiting.outcome(plan_)
    assert made is not None
    assert outcome.faults(made, fingerprint=plan_.fingerprint) == ()
    drawn = list(plan_.visits.order_by("number"))
    assert [visit.unit for visit in drawn] == [visit.unit for visit in made.visits]
    visits = Record.objects.filter(kind="inspection_visit", id__in=[visit.record for visit in drawn])
    assert {record.subject for record in visits} == {visit.organisation for visit in drawn}
    found = Record.objects.filter(kind__in=("finding", "rectification")).order_by("id")
    assert [(one.kind, one.state) for one in found] == [
        ("finding", "upheld"),
        ("finding", "upheld"),
        ("rectification", "closed"),
        ("rectification", "planned"),
        ("finding", "found"),
    ]
    assert {one.subject for one in found} == {visit.organisation for visit in drawn}


def test_the_last_stretch_s_classes_are_published_with_one_departure_and_its_reason(lived: Plan) -> None:
    assert grading.hold(lived.scheme, now=NOW) == 67  # of 69 communities two have no figures to go by
    assert grading.hold(lived.scheme, now=NOW) == 0
    decided = [json.loads(values) for values in Record.objects.filter(kind="grading").values_list("values", flat=True)]
    assert set(Record.objects.filter(kind="grading").values_list("state", flat=True)) == {"published"}
    (departing,) = (one for one in decided if one["grade"] != one["proposed"])
    assert departing["departure"].startswith("样例理由")
    assert {one["proposal"] for one in decided} == {1}


def test_promises_lapsed_by_the_clock_alone(lived: Plan) -> None:
    lapsed = Record.objects.filter(register="commitment", state="unfulfilled")
    assert lapsed.count() == 4


def test_a_round_of_an_evaluation_stands_ready_once(lived: Plan) -> None:
    assert evaluating.ready() is None
    assert evaluating.freeze(lived.scheme, now=NOW) == 1
    assert evaluating.freeze(lived.scheme, now=NOW) == 0
    ready = EvaluationRound.objects.get(id=evaluating.ready())
    assert ready.electorates.filter(electors__gte=20).count() == 69  # communities of the district


def test_the_last_stretch_s_round_is_published_once_and_gradings_read_it(lived: Plan) -> None:
    assert evaluating.hold(lived.scheme, now=NOW) == 1
    assert evaluating.hold(lived.scheme, now=NOW) == 0
    scheme = versions.current("gulou-today")
    asked = Query(scheme=scheme.hash, measure="resident_rate", organisation=organisation("350102004003"), until=TODAY)
    rate = figures.from_log().figure(asked).value
    assert rate is not None
    assert 0 < rate < 1


def test_two_kinds_of_signals_are_explained_and_one_is_its_author_s_alone(lived: Plan) -> None:
    assert enclosures.enclose(lived, by=office(lived.scheme, at=NOW)) == 2
    assert asking.ask(lived, now=NOW) == 3
    entries = head()
    assert (asking.ask(lived, now=NOW), head()) == (3, entries)
    told = list(answering.told([lived.scheme], TODAY))
    assert {one.rule for one in told} == {"copied", "same_file"}
    assert all(words.startswith("样例说明") for words in answering.explanations(told))
    (own,) = answering.of_author(organisation("350102100004"))
    assert (own.rule, own.explained, own in told) == ("copied", None, False)

    scheme = versions.current(lived.scheme)
    rule = scheme.inspections["quarterly"]
    listed = Listing(organisation("350102"), TODAY).organisations(rule, scheme.key(rule.kind), scheme)
    drawn = {listed.organisations[one.code] for one in listed.units if one.stratum == rule.strata["asked"].title}
    assert drawn > {one.organisation for one in told}
    assert len(drawn) == 4, "beside each is one that has none"


def test_books_duties_and_the_log_s_clock_agree(lived: Plan) -> None:
    assert list(check.check()) == []
    report = verify.verify()
    assert [finding.code for finding in report.findings if finding.code != "log.unsealed"] == []


def test_it_is_lived_once_and_stays_where_it_lies(lived: Plan) -> None:
    later = living.settle(PLAN, plan.read(PLAN), today=TODAY + dt.timedelta(days=3))
    assert later == lived
    assert living.first_morning(later) is None


def test_what_nobody_received_is_late_on_a_monday_before_work_too(db: None) -> None:
    monday = dt.date(2025, 7, 7)
    settled = living.settle(PLAN, plan.read(PLAN), today=monday)
    first = dt.datetime(2025, 6, 30, 8, 30, tzinfo=CHINA)
    by = Actor(kind=ActorKind.IMPORT, at=first)
    divisions.import_(PROJECT / divisions.SOURCE, under=["350102"], by=by)
    versions.adopt(living.package(settled, FOLDER), by=by)
    lamp = tuple(one for one in settled.filings if one.id == "lamp")
    now = dt.datetime(2025, 7, 7, 8, tzinfo=CHINA)
    living.live(replace(settled, filings=lamp, circulars=(), inspections=(), quiet=()), first=first, now=now)
    (awaited,) = turns.due(Record.objects.get(register="matter"))
    assert (awaited.move.name, awaited.deadline.due < now) == ("accept", True)


def test_books_whose_clock_has_told_later_moments_do_not_take_it_in(db: None) -> None:
    settled = living.settle(PLAN, plan.read(PLAN), today=TODAY)
    assert not living.comes_too_late(settled)
    tick.tick(now=NOW)
    assert living.comes_too_late(settled)
