"""What the reference says of obligations, ladders and plans holds by the nation's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.calendars.made import NATIONAL, at
from tests.scheme.spec import obligations, plans
from tests.scheme.spec.format import Spec, Table
from tests.scheme.spec.obligations import DutySpec
from xianfeng.calendars.deadline import Deadline
from xianfeng.calendars.pausing import paused
from xianfeng.duties import terms
from xianfeng.duties.periods import periods
from xianfeng.plans.schedule import schedule
from xianfeng.scheme.explain.pages import demand
from xianfeng.scheme.faults import Faults
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.surface import grammar, yaml
from xianfeng.scheme.surface.reading import Reading
from xianfeng.scheme.surface.tables import Key, Keys

BY_TITLE: Callable[[Spec], str] = lambda spec: spec.title  # noqa: E731

SHOWN = (grammar.OBLIGATION, grammar.WINDOW, grammar.LADDER, grammar.PLAN, grammar.PLAN_STEP, grammar.DONE.long)


def rule_of(scheme: Scheme) -> Obligation:
    (rule,) = scheme.obligations.values()
    return rule


def moment(when: dt.datetime) -> str:
    return f"{NATIONAL.local(when):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("spec", [*obligations.SPECS, *obligations.FOLLOWED], ids=BY_TITLE)
def test_obligations_in_words(spec: DutySpec) -> None:
    scheme = spec.loaded()
    assert demand(scheme, rule_of(scheme)) == spec.says


@pytest.mark.parametrize("spec", obligations.SPECS, ids=BY_TITLE)
def test_periods_and_deadlines(spec: DutySpec) -> None:
    scheme = spec.loaded()
    rule, calendar = rule_of(scheme), paused(NATIONAL, scheme)
    rows = tuple(
        (
            f"{one.since}",
            f"{one.until}",
            one.title,
            str(one.least),
            "" if one.most is None else str(one.most),
            moment(terms.of_period(rule, one, calendar).due),
        )
        for one in periods(rule, scheme)
    )
    assert Table(spec.expected.columns, rows) == spec.expected


def deadline_of(rule: Obligation, scheme: Scheme, on: str) -> Deadline:
    if rule.after:
        return terms.of_event(rule, at(on), NATIONAL)
    (period,) = (one for one in periods(rule, scheme) if one.since <= dt.date.fromisoformat(on) <= one.until)
    return terms.of_period(rule, period, NATIONAL)


@pytest.mark.parametrize("spec", obligations.FOLLOWED, ids=BY_TITLE)
def test_ladders(spec: DutySpec) -> None:
    scheme = spec.loaded()
    rule = rule_of(scheme)
    timed = terms.timed(deadline_of(rule, scheme, spec.on), scheme.ladder(rule.ladder), NATIONAL)
    rows = (("到期", moment(timed.deadline.due)), *((step, moment(when)) for step, when in timed.steps))
    assert Table(spec.expected.columns, rows) == spec.expected


@pytest.mark.parametrize("spec", plans.SPECS, ids=BY_TITLE)
def test_plans(spec: Spec) -> None:
    (plan,) = spec.loaded().plans.values()
    stages = schedule(plan, plans.TARGET, NATIONAL).stages
    rows = tuple((name, f"{stage.first}", f"{stage.last}") for name, stage in stages.items())
    assert Table(spec.expected.columns, rows) == spec.expected


@pytest.mark.parametrize(("name", "key"), [(name, key) for shape in SHOWN for name, key in shape.keys.items()])
def test_every_key_of_the_clock_has_an_example_that_can_be_read(name: str, key: Key) -> None:
    tree, faults = yaml.read(f"{name}: {key.example}", "example")
    reading = Reading(tree.mark)
    assert key.example
    assert Keys({name: key}).read(tree, reading, "")
    assert [*faults, *reading.faults] == []


@pytest.mark.parametrize(
    ("scheme", "meant"),
    [
        ("roles: {clerk: 经办人}", "title: 经办人"),
        ("phases: [起步]", "title: 起步"),
        ("ladders: {strict: [1]}", "title: …"),
        ("measures: [甲]", "key: …"),
    ],
)
def test_whoever_writes_a_word_where_a_table_belongs_is_told_how_to_begin_it(scheme: str, meant: str) -> None:
    faults = Spec(title="", words="", scheme=scheme, expected=Table((), ())).load()
    assert isinstance(faults, Faults)
    assert [one.hint for one in faults if one.code == "not_a_table"] == [
        f"另起一行，缩进两格写 {meant}；已经这样写的，检查缩进。"
    ]
