"""A promise whose day has gone by is broken by itself: once, not before, and only while its campaign goes on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.ledger.factories import SCHEME, World, package
from xianfeng.duties import tick
from xianfeng.duties.models import Duty
from xianfeng.ledger import actions, clockwork, rebuild
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.log.actors import clock
from xianfeng.log.models import Entry
from xianfeng.problems import Problem

CHINA = dt.timezone(dt.timedelta(hours=8))
MONDAY = dt.datetime(2012, 3, 5, 9, 0, tzinfo=CHINA)
DUE = dt.date(2012, 3, 14)
BEFORE_CLOSE = dt.datetime(2012, 3, 14, 17, 29, tzinfo=CHINA)
CLOSE = dt.datetime(2012, 3, 14, 17, 30, tzinfo=CHINA)


def promised(world: World, due: dt.date | None = DUE, **values: object) -> Record:
    given = {"promiser": "organisation", "topic": "service", "text": "修好村道", **values}
    if due is not None:
        given["due"] = due.isoformat()
    by = replace(world.author, at=MONDAY)
    record = actions.file(
        by=by, scheme="trial-2012", kind="commitment", organisation=world.village, day=MONDAY.date(), values=given
    )
    actions.move(by=by, record=record.id, move="submit", day=MONDAY.date())
    reviewer = replace(world.of(world.town), at=MONDAY)
    return actions.move(by=reviewer, record=record.id, move="review", day=MONDAY.date())


def adjusted(world: World, record: Record, due: str, at: dt.datetime = MONDAY) -> None:
    by = replace(world.author, at=at)
    actions.move(by=by, record=record.id, move="adjust", day=at.date(), values={"due": due}, reason="汛期")


def state(record: Record) -> str:
    return Record.objects.get(id=record.id).state


def test_it_is_broken_at_the_first_tick_after_its_deadline_and_no_earlier(world: World) -> None:
    record = promised(world)
    tick.tick(now=BEFORE_CLOSE)
    assert state(record) == "published"
    tick.tick(now=CLOSE)
    lapse = history(record.id)[-1]
    assert (state(record), lapse.action, lapse.day, lapse.actor) == ("unfulfilled", "lapse", DUE, "clock")
    assert list(rebuild.check()) == []


def test_the_clock_itself_is_refused_before_the_deadline(world: World) -> None:
    record = promised(world)
    with pytest.raises(Problem) as refused:
        actions.move(by=clock(BEFORE_CLOSE), record=record.id, move="lapse", day=DUE)
    assert refused.value.code == "ledger.too_soon"


def test_nobody_is_reminded_of_what_makes_itself(world: World) -> None:
    record = promised(world)
    tick.tick(now=MONDAY)
    assert not Duty.objects.filter(begun_by=record.id).exists()


def test_a_day_off_is_made_up_by_the_next_working_day(world: World) -> None:
    record = promised(world, dt.date(2012, 3, 10))
    clockwork.run(now=dt.datetime(2012, 3, 12, 17, 29, tzinfo=CHINA))
    assert state(record) == "published"
    clockwork.run(now=dt.datetime(2012, 3, 12, 17, 30, tzinfo=CHINA))
    assert state(record) == "unfulfilled"


def test_another_day_puts_it_off(world: World) -> None:
    record = promised(world)
    adjusted(world, record, "2012-03-20")
    clockwork.run(now=CLOSE)
    assert state(record) == "published"
    clockwork.run(now=CLOSE + dt.timedelta(days=6))
    assert state(record) == "unfulfilled"


def test_without_a_day_it_is_never_broken_until_one_is_said(world: World) -> None:
    undated, dated_later = promised(world, None), promised(world, None)
    adjusted(world, dated_later, DUE.isoformat())
    assert clockwork.run(now=dt.datetime(2012, 12, 31, 18, 0, tzinfo=CHINA)) == 1
    assert (state(undated), state(dated_later)) == ("published", "unfulfilled")


def test_a_day_that_is_taken_back_breaks_nothing(world: World) -> None:
    record = promised(world)
    by = replace(world.of(world.town), at=MONDAY)
    actions.amend(by=by, record=record.id, values={"due": None}, reason="没有答应过日期", day=MONDAY.date())
    assert clockwork.run(now=CLOSE) == 0
    assert state(record) == "published"


def test_a_promise_published_after_its_day_is_broken_at_once(world: World) -> None:
    record = promised(world, dt.date(2012, 3, 1))
    assert clockwork.run(now=MONDAY) == 1
    assert state(record) == "unfulfilled"


def test_many_are_made_in_batches_and_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "_SOME", 3)
    late = [promised(world) for _ in range(7)]
    kept, last_day = promised(world), dt.datetime(2012, 3, 14, 9, 0, tzinfo=CHINA)
    by = replace(world.author, at=last_day)
    actions.move(by=by, record=kept.id, move="fulfil", day=DUE, values={"result": "已修好"})
    assert clockwork.run(now=CLOSE) == 7
    entries = Entry.objects.count()
    assert clockwork.run(now=CLOSE) == 0
    assert Entry.objects.count() == entries
    assert ({state(record) for record in late}, state(kept)) == ({"unfulfilled"}, "fulfilled")


def test_one_whose_condition_does_not_hold_keeps_no_other_back(world: World) -> None:
    lapse = "kinds:\n  commitment: {flow: {moves: {lapse: {when: \"topic == 'service'\"}}}}\n"
    actions.adopt(package(SCHEME.replace("kinds:\n", lapse, 1)), by=world.importer)
    records = [promised(world, topic=topic) for topic in ("service", "work", "service", "other", "service")]
    assert clockwork.run(now=CLOSE) == 3
    states = [state(record) for record in records]
    assert states == ["unfulfilled", "published", "unfulfilled", "published", "unfulfilled"]


def test_a_campaign_that_is_over_breaks_no_promise_any_more(world: World) -> None:
    record = promised(world)
    assert clockwork.run(now=dt.datetime(2013, 1, 1, 0, 0, tzinfo=CHINA)) == 0
    assert clockwork.run(now=dt.datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)) == 0
    assert state(record) == "published"


def test_a_campaign_that_was_prolonged_goes_on_for_records_of_its_earlier_version(world: World) -> None:
    record = promised(world)
    actions.adopt(package(SCHEME.replace("to: 2012-12-31", "to: 2013-12-31")), by=world.importer)
    assert clockwork.run(now=dt.datetime(2013, 1, 7, 9, 0, tzinfo=CHINA)) == 1
    assert state(record) == "unfulfilled"


def test_what_others_may_make_as_well_is_theirs_until_the_day_and_then_makes_itself(world: World) -> None:
    """A consent that is not given by the day counts as given."""
    review = (
        "kinds:\n  study_plan:\n    title: 计划\n    fields: {due: {type: date, title: 期限}}\n    flow:\n"
        "      initial: filed\n      states: {filed: {title: 已报}, agreed: {title: 已同意, open: false}}\n"
        "      moves: {agree: {title: 同意, from: filed, to: agreed, by: [superior, clock], until: due}}\n"
    )
    actions.adopt(package(SCHEME.replace("kinds:\n", review, 1)), by=world.importer)
    first, second = (
        actions.file(
            by=replace(world.author, at=MONDAY),
            scheme="trial-2012",
            kind="study_plan",
            organisation=world.village,
            day=MONDAY.date(),
            values={"due": DUE.isoformat()},
        )
        for _ in range(2)
    )
    tick.tick(now=MONDAY)
    assert Duty.objects.filter(begun_by=second.id, state=0).count() == 1
    actions.move(by=replace(world.of(world.town), at=MONDAY), record=first.id, move="agree", day=MONDAY.date())
    assert clockwork.run(now=BEFORE_CLOSE) == 0
    assert clockwork.run(now=CLOSE) == 1
    assert history(second.id)[-1].actor == "clock"


def test_when_a_record_wakes_is_kept_with_it_and_checked(world: World) -> None:
    record = promised(world)
    assert Record.objects.get(id=record.id).wakes == "2012-03-14T09:30:00.000000Z"
    adjusted(world, record, "2012-03-15")
    assert Record.objects.get(id=record.id).wakes == "2012-03-15T09:30:00.000000Z"
    Record.objects.filter(id=record.id).update(wakes=None)
    (found,) = rebuild.check()
    assert (found.about, found.what, found.stored) == (f"record {record.id}", "wakes", "None")
    Record.objects.filter(id=record.id).update(wakes="2012-03-15T09:30:00.000000Z")
    clockwork.run(now=dt.datetime(2012, 3, 15, 17, 30, tzinfo=CHINA))
    assert (state(record), Record.objects.get(id=record.id).wakes) == ("unfulfilled", None)
