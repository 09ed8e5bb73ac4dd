"""Procedures laid out backwards: by hand around National Day 2010, and by the rules over any calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendars.made import DAYS, NATIONAL, at, calendars
from tests.plans.made import day, plan, plans
from xianfeng.calendars import arithmetic
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.plans.schedule import schedule
from xianfeng.scheme.planning import Plan

# 2010: off 22-24 September (Mid-Autumn) and 1-7 October; worked on 19, 25, 26 September and 9 October.


@pytest.mark.parametrize(
    ("takes", "target", "first", "last"),
    [
        ("1 workdays", "2010-08-31", "2010-08-31", "2010-08-31"),
        ("5 workdays", "2010-08-27", "2010-08-23", "2010-08-27"),
        ("5 workdays", "2010-08-29", "2010-08-23", "2010-08-27"),  # a Sunday: done by Friday
        ("5 workdays", "2010-10-09", "2010-09-28", "2010-10-09"),  # 28, 29, 30 September, 8 and 9 October
        ("7 workdays", "2010-10-01", "2010-09-21", "2010-09-30"),  # 21, 25 to 30 September
        ("10 days", "2010-09-10", "2010-09-01", "2010-09-10"),
        ("1 months", "2010-09-30", "2010-08-31", "2010-09-30"),
    ],
)
def test_one_step(takes: str, target: str, first: str, last: str) -> None:
    (stage,) = schedule(plan(build=takes), day(target), NATIONAL).stages.values()
    assert (stage.first, stage.last) == (day(first), day(last))


def test_steps_are_laid_backwards_over_what_waits_for_them() -> None:
    building = plan(
        survey="10 workdays",
        land="15 workdays",
        permits="5 workdays after survey",
        build="20 workdays after permits land",
        accept="3 workdays after build",
    )
    laid = schedule(building, day("2010-12-31"), NATIONAL)
    assert {name: (str(stage.first), str(stage.last)) for name, stage in laid.stages.items()} == {
        "accept": ("2010-12-29", "2010-12-31"),
        "build": ("2010-12-01", "2010-12-28"),
        "permits": ("2010-11-24", "2010-11-30"),
        "land": ("2010-11-10", "2010-11-30"),
        "survey": ("2010-11-10", "2010-11-23"),
    }
    assert (laid.first, laid.last) == (day("2010-11-10"), day("2010-12-31"))


def test_a_stage_tells_how_its_beginning_was_computed() -> None:
    (stage,) = schedule(plan(build="5 workdays"), day("2010-10-09"), NATIONAL).stages.values()
    assert stage.begin == at("2010-09-27 17:30")
    assert "holiday" in {step.code for step in stage.deadline.steps}


@given(plans(), DAYS, calendars())
def test_steps_begin_and_end_on_working_days_and_never_overlap_what_they_wait_for(
    template: Plan, target: dt.date, calendar: WorkingCalendar
) -> None:
    laid = schedule(template, target, calendar)
    assert laid.last == arithmetic.on_or_before(target, calendar)
    for stage in laid.stages.values():
        assert calendar.counts(stage.first)
        assert calendar.counts(stage.last)
        assert stage.begin < stage.end
        assert stage.first <= stage.last
        for before in stage.step.after:
            assert laid.stages[before].end <= stage.begin


@given(plans(units=("workdays",)), DAYS, calendars(), st.integers(1, 200))
def test_a_target_so_many_working_days_later_moves_every_step_by_as_many(
    template: Plan, target: dt.date, calendar: WorkingCalendar, n: int
) -> None:
    before = schedule(template, target, calendar)
    after = schedule(template, arithmetic.add_workdays(before.last, n, calendar), calendar)
    for name, stage in before.stages.items():
        assert after.stages[name].last == arithmetic.add_workdays(stage.last, n, calendar)
        assert after.stages[name].first == arithmetic.add_workdays(stage.first, n, calendar)


@given(plans(), DAYS, calendars(), st.integers(0, 200))
def test_an_earlier_target_never_leaves_more_time(
    template: Plan, target: dt.date, calendar: WorkingCalendar, earlier: int
) -> None:
    late = schedule(template, target, calendar)
    early = schedule(template, target - dt.timedelta(days=earlier), calendar)
    assert all(early.stages[name].begin <= stage.begin for name, stage in late.stages.items())
