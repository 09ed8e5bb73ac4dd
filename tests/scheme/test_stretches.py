"""For which stretches of time a rule is owed."""

from __future__ import annotations

import datetime as dt

import pytest

from xianfeng.scheme import stretches
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch

YEAR_END = "every: year, windows: [{title: 年底, from: 12-01, to: 12-31}]"
SCHEME = """
xianfeng: 1
scheme: trial
title: 试点
historical: true
at: "350100"
include: [core]
runs: {{from: 2010-04-20, to: 2012-11-07, timezone: Asia/Shanghai}}
phases:
  - {{id: one, title: 第一阶段, from: 2010-04-20, to: 2010-09-30}}
  - {{id: two, title: 第二阶段, from: 2011-01-01, to: 2012-11-07}}
obligations:
  rule: {{title: 走访, kind: visit, of: organisations, at_least: 1, {said}}}
"""


def scheme(said: str) -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": SCHEME.format(said=said)}))
    assert isinstance(loaded, Scheme), loaded
    return loaded


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("said", "on", "since", "until", "window"),
    [
        ("every: week", "2010-06-02", "2010-05-31", "2010-06-06", ""),
        ("every: week", "2010-04-21", "2010-04-20", "2010-04-25", ""),  # the campaign began on a Tuesday
        ("every: month", "2012-02-10", "2012-02-01", "2012-02-29", ""),
        ("every: month", "2010-04-25", "2010-04-20", "2010-04-30", ""),
        ("every: quarter", "2011-05-01", "2011-04-01", "2011-06-30", ""),
        ("every: half_year", "2011-07-01", "2011-07-01", "2011-12-31", ""),
        ("every: year", "2012-11-07", "2012-01-01", "2012-11-07", ""),
        ("every: once", "2011-01-01", "2010-04-20", "2012-11-07", ""),
        ("every: phase", "2010-05-01", "2010-04-20", "2010-09-30", "第一阶段"),
        ("every: phase", "2011-01-01", "2011-01-01", "2012-11-07", "第二阶段"),
        (YEAR_END, "2011-12-31", "2011-12-01", "2011-12-31", "年底"),
    ],
)
def test_the_stretch_of_a_day(said: str, on: str, since: str, until: str, window: str) -> None:
    assert holding(said, on) == [Stretch(day(since), day(until), window)]


@pytest.mark.parametrize(("said", "on"), [("every: phase", "2010-11-01"), (YEAR_END, "2011-11-30")])
def test_between_phases_and_out_of_windows_nothing_is_owed(said: str, on: str) -> None:
    assert holding(said, on) == []


@pytest.mark.parametrize(
    ("said", "on", "since", "until"),
    [
        ("every: quarter", "2011-05-01", "2011-01-01", "2011-03-31"),
        ("every: quarter", "2011-06-30", "2011-04-01", "2011-06-30"),  # its last day is a day to grade it
        ("every: year", "2014-01-01", "2012-01-01", "2012-11-07"),  # the campaign is over
    ],
)
def test_the_stretch_that_ended_last(said: str, on: str, since: str, until: str) -> None:
    trial = scheme(said)
    found = stretches.ended(trial.obligations["rule"], trial, day(on))
    assert found is not None
    assert (found.since, found.until) == (day(since), day(until))


def test_of_the_first_stretch_none_has_ended() -> None:
    trial = scheme("every: quarter")
    assert stretches.ended(trial.obligations["rule"], trial, day("2010-05-01")) is None


def holding(said: str, on: str) -> list[Stretch]:
    trial = scheme(said)
    return [one for one in stretches.through(trial.obligations["rule"], trial) if one.since <= day(on) <= one.until]
