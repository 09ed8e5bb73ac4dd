"""Of an online round: above the sealed rate of codes that others used nothing counts; and who is called afterwards."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ballots.closed import hand_over
from tests.ballots.voter import fill_in
from tests.evaluations import towns
from tests.evaluations.polling import MIXED, Sides, closed, poll, told
from tests.evaluations.towns import NOW, SCHEME, Towns, counted, frozen, twice
from tests.registry.trees import refused
from xianfeng.ballots import lists, observing
from xianfeng.ballots.calls import Outcome
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import calls, freezing, polls, published, results
from xianfeng.evaluations.calls import Calls
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot
from xianfeng.log.actors import Actor
from xianfeng.log.models import Entry, Seal

VALUE = Lot(value="双色球第2012072期", known=NOW.date() + dt.timedelta(days=3))
HEARD = Calls(used=Outcome(2, 0, 1), unused=Outcome(2, 1, 0))


@pytest.fixture
def here(db: None) -> Towns:
    strict = "merged: superior\n    annulled_above: 15\n    calls: 3"
    return towns.towns(SCHEME.replace("merged: superior", strict))


def handed(keys: Sides, poll: Poll, folder: Path, disputed: int, *, void: int = 2) -> Path:
    """Of twenty codes thirteen were used, and of so many of these somebody else used them."""
    kept = [fill_in(poll, each) for each in MIXED]
    cast = [(each, each.signature(keys.signer.sign(each.blinded))) for each in kept]
    given = hand_over(folder, poll, cast)
    issued = replace(lists.issued(given.issued, poll), disputed=disputed, used="ab" * 32, void=void)
    opened = observing.open_all(poll, lists.sealed(given.sealed), Opener(*keys.shares[:2], public=keys.observers))
    observing.publish(given.published, given.sealed, issued=issued, opened=opened)
    return given.published


def later(here: Towns, person: int = 1, days: int = 4) -> Actor:
    return replace(here.office(person), at=NOW + dt.timedelta(days=days))


def taken(here: Towns, keys: Sides, folder: Path, *, disputed: int) -> EvaluationRound:
    """One village online, closed and counted."""
    row = frozen(here, 25)
    files = handed(keys, poll(here, row, keys), folder, disputed)
    closed(here, row, {1: 0}, {1: 0})
    polls.take(number=row.id, folder=files, by=here.office())
    return row


def test_what_the_scheme_says_is_sealed_with_the_poll(here: Towns, keys: Sides) -> None:
    made = poll(here, frozen(here, 25), keys)
    assert (made.annulled_above, made.calls) == (15, 3)
    assert json.loads(made.text)["annulled_above"] == 15


def test_up_to_the_rate_results_are_told_with_the_number(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)  # of thirteen: eight percent
    results.publish(number=row.id, by=here.office())
    assert told(row)[here.villages[0], "satisfied", "good"] == 8
    found = published.read(row)
    assert found is not None
    assert [(one.electorate, one.used, one.disputed, one.is_annulled) for one in found.online] == [(1, 13, 1, False)]
    assert found.annulled == ()


def test_above_it_nothing_is_told_of_the_electorate_and_of_others_all(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = frozen(here, 25, 40)
    files = handed(keys, poll(here, row, keys), tmp_path, disputed=2)  # fifteen percent and a little
    closed(here, row, {1: 0, 2: 40}, {1: 0, 2: 30})
    assert polls.take(number=row.id, folder=files, by=here.office()).is_annulled
    twice(here, row, 2, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    results.publish(number=row.id, by=here.office())
    assert {at for at, _, _ in told(row)} == {here.villages[1]}
    found = published.read(row)
    assert found is not None
    assert [unit.organisation for unit in found.annulled] == [here.villages[0]]
    assert found.unshown == ()
    assert [(one.used, one.disputed, one.is_annulled) for one in found.online] == [(13, 2, True)]


def test_paper_goes_with_it_and_so_does_what_lies_in_one_heap_with_that(
    here: Towns, keys: Sides, tmp_path: Path
) -> None:
    """The first two villages of a town have too little paper each, and are counted together; the third stands alone."""
    row = frozen(here, 40, 40, 40)
    files = handed(keys, poll(here, row, keys), tmp_path, disputed=2, void=7)
    closed(here, row, {1: 5, 2: 30, 3: 40}, {1: 5, 2: 18, 3: 30})
    polls.take(number=row.id, folder=files, by=here.office())
    assert set(row.electorates.filter(number__in=(1, 2)).values_list("together", flat=True)) == {1}
    twice(here, row, 1, counted(15, 5, 3, 0, kept=(15, 8, 0)))
    twice(here, row, 3, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    results.publish(number=row.id, by=here.office())
    assert {at for at, _, _ in told(row)} == {here.villages[2]}
    found = published.read(row)
    assert found is not None
    assert {unit.organisation for unit in found.annulled} == {*here.villages[:2]}
    assert published.read(row) == found


def test_nobody_decides_it(here: Towns, keys: Sides, tmp_path: Path) -> None:
    """The office cannot take the files without it, nor publish what they do not show."""
    row = taken(here, keys, tmp_path, disputed=2)
    body = json.loads(Entry.objects.get(stream="evaluation", action="take").body)
    assert (body["annulled"], body["tallies"], body["counts"]["disputed"]) == (True, {}, 2)
    results.publish(number=row.id, by=here.office())
    assert told(row) == {}
    with refused("evaluations.not_now"):
        freezing.annul(number=row.id, reason="重来", by=here.office())


def test_the_value_that_decides_is_sealed_before_it_is_known(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=0)
    with refused("lots.known"):
        calls.announce(number=row.id, lot=replace(VALUE, known=NOW.date()), by=here.office())
    with refused("evaluations.calls_unannounced"):
        calls.enter(number=row.id, electorate=1, called=HEARD, by=later(here))
    with refused("ledger.wrong_actor"):
        calls.announce(number=row.id, lot=VALUE, by=here.village(0))
    calls.announce(number=row.id, lot=VALUE, by=here.office())
    entry = Entry.objects.get(stream="evaluation", action="lot")
    assert Seal.objects.order_by("size").last().size >= entry.seq  # type: ignore[union-attr]
    assert calls.announced(row) == VALUE
    with refused("evaluations.calls_announced"):
        calls.announce(number=row.id, lot=VALUE, by=here.office())
    with refused("lots.too_early"):
        calls.enter(number=row.id, electorate=1, called=HEARD, by=here.office())


def test_it_is_not_chosen_while_a_poll_is_not_counted(here: Towns, keys: Sides) -> None:
    row = frozen(here, 25)
    poll(here, row, keys)
    closed(here, row, {1: 0}, {1: 0})
    with refused("evaluations.calls_none"):
        calls.announce(number=row.id, lot=VALUE, by=here.office())


def test_what_was_heard_is_told_when_two_people_typed_the_same(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=0)
    calls.announce(number=row.id, lot=VALUE, by=here.office())
    with refused("evaluations.calls_sum"):
        calls.enter(number=row.id, electorate=1, called=replace(HEARD, used=Outcome(2, 0, 0)), by=later(here))
    assert not calls.enter(number=row.id, electorate=1, called=HEARD, by=later(here, 1))
    with refused("evaluations.same_hand"):
        calls.enter(number=row.id, electorate=1, called=HEARD, by=later(here, 1))
    with refused("evaluations.same_hand"):
        calls.enter(number=row.id, electorate=1, called=HEARD, by=replace(later(here), person=None))
    other = replace(HEARD, used=Outcome(1, 1, 1))
    assert not calls.enter(number=row.id, electorate=1, called=other, by=later(here, 2))
    assert calls.due(row)[1].told is None
    results.publish(number=row.id, by=here.office())
    assert calls.enter(number=row.id, electorate=1, called=other, by=later(here, 1)), "also once it is published"
    assert calls.due(row)[1].told == other
    with refused("evaluations.calls_told"):
        calls.enter(number=row.id, electorate=1, called=HEARD, by=later(here, 3))


def test_no_entry_says_whose_code_was_used(here: Towns, keys: Sides, tmp_path: Path) -> None:
    """The house is told sums, and a hash that nobody can try: it has no number of a code at all."""
    row = taken(here, keys, tmp_path, disputed=1)
    calls.announce(number=row.id, lot=VALUE, by=here.office())
    for person in (1, 2):
        calls.enter(number=row.id, electorate=1, called=HEARD, by=later(here, person))
    said = [json.loads(one.body) for one in Entry.objects.filter(stream="evaluation", action__in=("take", "called"))]
    assert {name for body in said for name in body} == {
        *("electorate", "hash", "counts", "tallies", "bands", "annulled", "acting", "person", "called", "agreed")
    }
    assert said[0]["counts"]["used"] == "ab" * 32
