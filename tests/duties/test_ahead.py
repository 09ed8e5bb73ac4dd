"""A clock that was ahead of time: once somebody says that it is right, everything goes on from there."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.duties.offices import OPERATOR, Office, at, campaign, office
from xianfeng.clockwork import ticks
from xianfeng.duties import ahead, tick
from xianfeng.duties.models import Round
from xianfeng.log.models import Entry
from xianfeng.problems import Problem

VISITS = """
obligations:
  visits: {title: 走访群众, kind: visit, of: organisations, where: "category == 'village'", at_least: 1, every: month}
"""
NOW = at("2012-02-10")
EARLY = NOW + dt.timedelta(days=400)


@pytest.fixture
def villages(db: None) -> Office:
    return office(campaign(VISITS))


def test_nothing_is_done_until_somebody_says_that_the_clock_is_right(villages: Office) -> None:
    ticks.begin(now=EARLY)
    tick.tick(now=EARLY)
    assert tick.tick(now=NOW).behind
    assert ahead.until(now=NOW) == EARLY
    seq = ahead.accept(now=NOW, by=OPERATOR)
    assert ahead.until(now=NOW) is None
    assert not tick.tick(now=NOW).behind
    assert set(ticks.begin(now=NOW).begun) == set(ticks.names())
    entry = Entry.objects.get(seq=seq)
    assert (entry.stream, entry.action, entry.actor) == ("clock", "accept", OPERATOR.ref)
    assert dt.datetime.fromisoformat(json.loads(entry.body)["ahead"]) == EARLY


def test_whoever_is_founded_afterwards_owes_the_periods_that_were_over_by_the_clock_that_was_ahead(
    villages: Office,
) -> None:
    tick.tick(now=EARLY)
    assert Round.objects.filter(until__lt=EARLY.date()).count() == 12
    ahead.accept(now=NOW, by=OPERATOR)
    villages.found("350121101201", "新村", "荆溪镇", "2012-02-11")
    tick.tick(now=at("2012-02-12"))
    assert villages.owing("visits", "2012-03-01")["新村"] == "open"


def test_a_clock_that_never_was_ahead_is_not_accepted(villages: Office) -> None:
    tick.tick(now=NOW)
    with pytest.raises(Problem) as refused:
        ahead.accept(now=NOW, by=OPERATOR)
    assert refused.value.code == "duties.clock_accepted"
