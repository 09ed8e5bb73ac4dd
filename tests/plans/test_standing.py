"""How a plan stands, and what another date would make of it. Times and sentences by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from tests.calendars.made import DAYS, MOMENTS, NATIONAL, at, calendars
from tests.plans.made import day, plan, plans
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.plans.moving import moved
from xianfeng.plans.schedule import schedule
from xianfeng.plans.standing import Light, Standing, standing
from xianfeng.scheme.planning import Plan

ROAD = plan(survey="10 workdays", permits="5 workdays after survey", build="20 workdays after permits")
# By 2010-12-31: survey 11-12 to 11-25 at the latest, permits to 12-02 … see `test_laid`.


def road(now: str, **done: str) -> Standing:
    laid = schedule(ROAD, day("2010-12-31"), NATIONAL)
    return standing(laid, {name: day(said) for name, said in done.items()}, NATIONAL, now=at(now))


def test_laid() -> None:
    stages = road("2010-11-01 09:00").schedule.stages
    assert {name: f"{stage.first:%m-%d} {stage.last:%m-%d}" for name, stage in stages.items()} == {
        "survey": "11-15 11-26",
        "permits": "11-29 12-03",
        "build": "12-06 12-31",
    }


@pytest.mark.parametrize(
    ("now", "done", "light", "why"),
    [
        ("2010-11-01 09:00", {}, "normal", "survey：最迟2010年11月26日完成。"),
        ("2010-11-19 17:00", {}, "normal", "survey：最迟2010年11月26日完成。"),
        ("2010-11-22 09:00", {}, "near", "survey：最迟2010年11月26日完成，还有4个工作日。"),
        ("2010-11-26 17:30", {}, "near", "survey：最迟2010年11月26日完成，还有0个工作日。"),
        ("2010-11-29 09:00", {}, "late", "survey：最迟2010年11月26日完成，已超期1个工作日。"),
        ("2010-11-29 09:00", {"survey": "2010-11-26"}, "near", "permits：最迟2010年12月3日完成，还有4个工作日。"),
        (
            "2010-12-02 09:00",
            {"survey": "2010-12-01"},
            "near",
            "permits：照现在的进度要到2010年12月8日，比最迟的2010年12月3日晚3个工作日。另有1步也是这样。",
        ),
        (
            "2010-12-06 09:00",
            {"survey": "2010-11-10", "permits": "2010-11-20"},
            "normal",
            "build：最迟2010年12月31日完成。",
        ),
        (
            "2011-01-10 09:00",
            {"survey": "2010-11-10", "permits": "2010-11-20", "build": "2011-01-05"},
            "done",
            "2011年1月5日各步都已办完。",
        ),
    ],
)
def test_light_and_why(now: str, done: dict[str, str], light: str, why: str) -> None:
    stands = road(now, **done)
    assert (stands.light, stands.why) == (light, why)


def test_expected_against_actual() -> None:
    stands = road("2010-12-06 09:00", survey="2010-11-10")
    assert (stands.due, stands.done) == (2, 1)
    assert stands.steps["permits"].light is Light.LATE
    assert stands.steps["survey"].slack == 12
    assert stands.next is not None
    assert stands.next.stage.step.name == "permits"
    # 20 working days after the 6th; 1-3 January are New Year's.
    assert stands.steps["build"].foreseen == day("2011-01-04")


def test_nobody_can_tell_when_what_is_late_will_be_done() -> None:
    stands = road("2010-12-06 09:00", survey="2010-11-10")
    assert (stands.steps["permits"].foreseen, stands.foreseen) == (None, None)
    assert road("2010-11-22 09:00", survey="2010-11-19").foreseen == day("2010-12-24")


@pytest.mark.parametrize("survey", [{}, {"survey": "2010-11-25"}])
def test_what_was_done_before_what_it_waits_for_is_said_and_lights_the_plan(survey: dict[str, str]) -> None:
    stands = road("2010-11-26 09:00", permits="2010-11-22", **survey)
    permits = stands.steps["permits"]
    assert (permits.light, permits.why) == (Light.CROSSED, "2010年11月22日办完，那时要先办的survey还没有办完。")
    assert (stands.light is Light.CROSSED) == bool(survey)  # what is near at hand comes before it


def test_a_plan_that_is_done_out_of_order_says_so() -> None:
    stands = road("2011-01-10 09:00", survey="2010-12-20", permits="2010-11-22", build="2010-12-27")
    assert (stands.light, stands.why) == (
        Light.CROSSED,
        "permits：2010年11月22日办完，那时要先办的survey还没有办完。",
    )


def test_what_was_done_late_says_so() -> None:
    assert road("2010-12-06 09:00", survey="2010-11-30").steps["survey"].why == "2010年11月30日办完，晚了2个工作日。"


def test_nothing_is_awaited_of_a_record_that_has_ended() -> None:
    laid = schedule(ROAD, day("2010-12-31"), NATIONAL)
    stands = standing(laid, {}, NATIONAL, now=at("2011-03-01 09:00"), ended=day("2010-12-20"))
    assert (stands.light, stands.why) == (Light.DONE, "2010年12月20日已办结。")


def test_an_earlier_date_breaks_what_cannot_be_done_by_then() -> None:
    now = at("2010-11-22 09:00")
    stands = road("2010-11-22 09:00", survey="2010-11-19")
    change = moved(stands, day("2010-12-17"), {"survey": day("2010-11-19")}, NATIONAL, now=now)
    assert [shift.after.stage.step.name for shift in change.breaks] == ["permits", "build"]
    assert {shift.by for shift in change.shifts} == {-10}
    assert change.words == "改到2010年12月17日，有2步赶不上。"
    assert moved(stands, day("2010-12-30"), {}, NATIONAL, now=now).breaks == ()


def test_a_later_date_mends() -> None:
    now = at("2010-12-06 09:00")
    stands = road("2010-12-06 09:00", survey="2010-12-01")
    change = moved(stands, day("2011-01-31"), {"survey": day("2010-12-01")}, NATIONAL, now=now)
    assert [shift.mends for shift in change.shifts] == [False, True, True]
    assert change.words == "改到2011年1月31日，各步都来得及。"


@given(plans(), DAYS, calendars(), MOMENTS)
def test_before_its_first_beginning_a_plan_can_always_be_kept(
    template: Plan, target: dt.date, calendar: WorkingCalendar, now: dt.datetime
) -> None:
    laid = schedule(template, target, calendar)
    stands = standing(laid, {}, calendar, now=now)
    if now <= min(stage.begin for stage in laid.stages.values()):
        assert stands.light in (Light.NORMAL, Light.NEAR)
        assert all(step.slack >= 0 for step in stands.steps.values())
    if now > laid.stages[next(iter(laid.stages))].end:
        assert stands.light is Light.LATE


@given(plans(), DAYS, calendars(), MOMENTS)
def test_the_same_date_changes_nothing(
    template: Plan, target: dt.date, calendar: WorkingCalendar, now: dt.datetime
) -> None:
    stands = standing(schedule(template, target, calendar), {}, calendar, now=now)
    change = moved(stands, target, {}, calendar, now=now)
    assert not any(shift.by or shift.breaks or shift.mends for shift in change.shifts)
