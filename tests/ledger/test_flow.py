"""Moving a record: from where, by whom, under which conditions, and what a review leaves behind."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.ledger.factories import DAY, SCHEME, World, package
from xianfeng.ledger import actions
from xianfeng.log.actors import CLOCK
from xianfeng.log.models import Entry, Posting
from xianfeng.problems import Problem

LATER = DAY + dt.timedelta(days=5)


def test_a_superior_reviews_and_is_the_reviewer(world: World) -> None:
    record = actions.move(by=world.of(world.county), record=world.file().id, move="check", day=LATER)
    assert (record.state, record.level, record.reviewer) == ("checked", 2, world.county)
    assert json.loads(record.entered)["checked"] == LATER.isoformat()
    assert record.day == DAY


@pytest.mark.parametrize("who", ["village", "other_town", "other_village"])
def test_nobody_but_a_superior_reviews(world: World, who: str) -> None:
    with pytest.raises(Problem, match="wrong_actor"):
        actions.move(by=world.of(getattr(world, who)), record=world.file().id, move="check", day=LATER)


def test_a_role_of_the_scheme_reviews_where_it_stands_above(world: World) -> None:
    record = world.file()
    with pytest.raises(Problem, match="wrong_actor"):
        actions.move(by=world.of(world.other_village, "supervisor"), record=record.id, move="check", day=LATER)
    assert actions.move(by=world.of(world.village, "supervisor"), record=record.id, move="check", day=LATER).level == 2


def test_the_office_is_the_role_at_the_root_or_above(world: World) -> None:
    record = actions.move(by=world.of(world.town), record=world.file().id, move="check", day=LATER)
    for organisation in (world.county, world.village):
        with pytest.raises(Problem, match="wrong_actor"):
            actions.move(by=world.of(organisation, "office"), record=record.id, move="archive", day=LATER)
    archived = actions.move(by=world.of(world.city, "office"), record=record.id, move="archive", day=LATER)
    assert (archived.level, archived.reviewer) == (3, world.city)


def test_the_clock_moves_what_is_due_and_nothing_else(world: World) -> None:
    record = world.file(values={"started": "2012-03-01", "ended": "2012-03-10"})
    with pytest.raises(Problem, match="wrong_actor"):
        actions.move(by=CLOCK, record=record.id, move="check", day=LATER)
    actions.move(by=world.of(world.town), record=record.id, move="check", day=DAY)
    with pytest.raises(Problem, match="too_soon"):
        actions.move(by=CLOCK, record=record.id, move="expire", day=dt.date(2012, 3, 12))
    assert actions.move(by=CLOCK, record=record.id, move="expire", day=dt.date(2012, 3, 13)).state == "lapsed"


def test_a_guard_reads_the_record(world: World) -> None:
    with pytest.raises(Problem) as refused:
        actions.move(by=world.of(world.town), record=world.file(values={"count": 0}).id, move="check", day=LATER)
    assert (refused.value.code, refused.value.hint) == ("ledger.guard", "条件：人数大于 0。")


def test_a_guard_reads_one_hop_away(world: World) -> None:
    guard = "count > 0 and organisation.tier == 'village' and host.level == 'township' and earlier.count == 12"
    actions.adopt(package(SCHEME.replace('when: "count > 0"', f'when: "{guard}"')), by=world.importer)
    first = world.file()
    without = world.file(values={"host": world.town})
    record = world.file(values={"host": world.town, "earlier": first.id})
    with pytest.raises(Problem, match="guard"):
        actions.move(by=world.of(world.town), record=without.id, move="check", day=LATER)
    assert actions.move(by=world.of(world.town), record=record.id, move="check", day=LATER).state == "checked"


def test_what_a_move_needs_is_asked_for(world: World) -> None:
    record = world.file()
    with pytest.raises(Problem) as refused:
        actions.move(by=world.of(world.town), record=record.id, move="redo", day=LATER, reason="  ")
    assert (refused.value.code, refused.value.place) == ("ledger.reason", "理由")
    redone = actions.move(by=world.of(world.town), record=record.id, move="redo", day=LATER, reason="人数不实")
    assert (redone.state, redone.level) == ("draft", 0)
    assert json.loads(Entry.objects.get(seq=redone.seq).body)["reason"] == "人数不实"
    held = actions.move(by=world.author, record=record.id, move="hold", day=LATER, values={"count": 11})
    assert json.loads(held.values)["count"] == 11
    assert json.loads(held.entered) == {"draft": LATER.isoformat(), "held": LATER.isoformat()}


def test_others_write_only_what_the_move_asks_of_them(world: World) -> None:
    with pytest.raises(Problem, match="not_asked"):
        actions.move(by=world.of(world.town), record=world.file().id, move="check", day=LATER, values={"count": 99})


def test_moving_from_a_state_to_itself_enters_nothing(world: World) -> None:
    record = actions.move(by=world.of(world.town), record=world.file().id, move="check", day=DAY)
    adjusted = actions.move(
        by=world.author, record=record.id, move="adjust", day=LATER, reason="地点变了", values={"text": "改在村部"}
    )
    assert json.loads(adjusted.entered)["checked"] == DAY.isoformat()


def test_a_move_starts_where_it_may_and_not_before_the_last(world: World) -> None:
    record = world.file(state=None)
    with pytest.raises(Problem, match="wrong_state"):
        actions.move(by=world.of(world.town), record=record.id, move="check", day=LATER)
    with pytest.raises(Problem, match="too_early"):
        actions.move(by=world.author, record=record.id, move="hold", day=DAY - dt.timedelta(days=1))
    with pytest.raises(Problem, match="in_the_future"):
        actions.move(by=world.author, record=record.id, move="hold", day=dt.date(2999, 1, 1))
    with pytest.raises(Problem, match="unknown_move"):
        actions.move(by=world.author, record=record.id, move="hodl", day=LATER)
    with pytest.raises(Problem, match="unknown_record"):
        actions.move(by=world.author, record=10**9, move="hold", day=LATER)


def test_whoever_saw_an_older_record_is_told(world: World) -> None:
    record = world.file()
    seen = record.seq
    actions.amend(by=world.author, record=record.id, values={"count": 13}, reason="数错了")
    with pytest.raises(Problem, match="stale"):
        actions.move(by=world.of(world.town), record=record.id, move="check", day=LATER, seq=seen)


def test_a_record_keeps_the_version_it_was_filed_under(world: World) -> None:
    record = world.file()
    actions.adopt(package(SCHEME.replace("by: [superior, supervisor]", "by: [office]")), by=world.importer)
    assert actions.move(by=world.of(world.town), record=record.id, move="check", day=LATER).state == "checked"
    with pytest.raises(Problem, match="wrong_actor"):
        actions.move(by=world.of(world.town), record=world.file().id, move="check", day=LATER)


def test_each_review_level_is_posted(world: World) -> None:
    record = world.file()
    actions.move(by=world.of(world.town), record=record.id, move="check", day=LATER)
    posted = Posting.objects.filter(record=record.id).order_by("id").values_list("sign", "level", "reviewer")
    assert list(posted) == [(1, 1, None), (-1, 1, None), (1, 2, world.town)]
