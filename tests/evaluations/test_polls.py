"""A round online: its polls are what was frozen, and their results are taken from what anybody can count again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.evaluations.polling import MIXED, Sides, closed, poll, told
from tests.evaluations.towns import Towns, counted, frozen, twice
from tests.registry.trees import refused
from xianfeng.ballots import blind, lists
from xianfeng.evaluations import freezing, polls, reading, results
from xianfeng.log.models import Entry, Seal
from xianfeng.problems import Problems
from xianfeng.web import voters

SITE = polls.Site(issuing="https://issuer.example", box="https://box.example", delay=30)


def test_a_poll_is_what_was_frozen_and_its_fingerprint_is_sealed(here: Towns, keys: Sides) -> None:
    row = frozen(here, 25, 30)
    frozen_ = freezing.read(row)
    made = poll(here, row, keys, electorate=2)
    assert (made.round, made.electorate, made.electors) == (frozen_.hash, frozen_.electorates[1].hash, 30)
    assert [question.title for question in made.form.counted] == ["是否满意", "承诺兑现了没有"]
    entry = Entry.objects.get(stream="evaluation", action="poll")
    assert json.loads(entry.body)["poll"] == made.fingerprint
    assert Seal.objects.order_by("size").last().size >= entry.seq  # type: ignore[union-attr]


def test_a_poll_is_made_once_by_the_office_and_of_a_frozen_electorate(here: Towns, keys: Sides) -> None:
    row = frozen(here, 25)
    with refused("ledger.wrong_actor"):
        polls.make(number=row.id, electorate=1, key=keys.key, observers=keys.observers, by=here.village(0))
    with refused("evaluations.no_electorate"):
        poll(here, row, keys, electorate=2)
    poll(here, row, keys)
    with refused("evaluations.poll_made"):
        poll(here, row, keys)


def test_the_page_is_sealed_before_codes_go_out(here: Towns, keys: Sides) -> None:
    row = frozen(here, 25)
    made = poll(here, row, keys)
    polls.seal_pages([polls.SealedPage(made, SITE, "ab" * 32)], number=row.id, by=here.office())
    with refused("evaluations.page_sealed"):
        polls.seal_pages([polls.SealedPage(made, SITE, "cd" * 32)], number=row.id, by=here.office())
    entry = Entry.objects.get(stream="evaluation", action="page")
    assert json.loads(entry.body)["hash"] == "ab" * 32
    assert Seal.objects.order_by("size").last().size >= entry.seq  # type: ignore[union-attr]
    closed(here, row, {1: 0}, {1: 0})
    with refused("evaluations.not_now"):
        polls.seal_pages([polls.SealedPage(made, SITE, "cd" * 32)], number=row.id, by=here.office())


def test_results_are_taken_from_what_was_published_and_become_records(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = frozen(here, 25)
    made = poll(here, row, keys)
    folder = keys.published(made, tmp_path, MIXED)
    closed(here, row, {1: 0}, {1: 0})
    with refused("evaluations.not_taken"):
        results.publish(number=row.id, by=here.office())
    taken = polls.take(number=row.id, folder=folder, by=here.office())
    assert (taken.cast, taken.invalid) == (12, 0)
    with refused("evaluations.taken"):
        polls.take(number=row.id, folder=folder, by=here.office())
    body = json.loads(Entry.objects.get(stream="evaluation", action="take").body)
    assert body["hash"] == lists.hash_of(folder, lists.COUNTS)
    results.publish(number=row.id, by=here.office())
    village = here.villages[0]
    assert told(row)[village, "satisfied", "good"] == 8
    assert told(row)[village, "satisfied", "poor"] == 4
    assert told(row)[village, "kept", "yes"] == 8


def test_what_does_not_stand_when_counted_again_is_not_taken(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = frozen(here, 25)
    folder = keys.published(poll(here, row, keys), tmp_path, MIXED)
    closed(here, row, {1: 0}, {1: 0})
    (folder / lists.LIST_B).write_text((folder / lists.LIST_B).read_text().replace("不满意", "满意"))
    with pytest.raises(Problems) as refused_:
        polls.take(number=row.id, folder=folder, by=here.office())
    assert refused_.value.code == "evaluations.recount"
    assert not Entry.objects.filter(stream="evaluation", action="take").exists()


def test_the_results_of_another_round_are_not_taken(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = frozen(here, 25, 30)
    made = poll(here, row, keys)
    folder = keys.published(made, tmp_path, MIXED)
    freezing.annul(number=row.id, reason="名单有误", by=here.office())
    again = frozen(here, 25, 30)
    poll(here, again, keys)
    closed(here, again, {1: 0, 2: 0}, {1: 0, 2: 0})
    with refused("evaluations.other_poll"):
        polls.take(number=again.id, folder=folder, by=here.office())


@pytest.mark.parametrize(("slips_out", "slips_back"), [(3, 3), (3, 0)])
def test_a_slip_for_which_no_code_is_void_keeps_the_round_from_being_published(
    here: Towns, keys: Sides, tmp_path: Path, slips_out: int, slips_back: int
) -> None:
    row = frozen(here, 25)
    folder = keys.published(poll(here, row, keys), tmp_path, MIXED)
    closed(here, row, {1: slips_out}, {1: slips_back})
    polls.take(number=row.id, folder=folder, by=here.office())
    with pytest.raises(Problems) as told_:
        results.publish(number=row.id, by=here.office())
    assert told_.value.code == "evaluations.voted_twice"
    assert told(row) == {}


def test_too_few_ballots_are_taken_and_not_told(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = frozen(here, 25)
    folder = keys.published(poll(here, row, keys), tmp_path, MIXED[:9])
    closed(here, row, {1: 0}, {1: 0})
    assert polls.take(number=row.id, folder=folder, by=here.office()).counts is None
    results.publish(number=row.id, by=here.office())
    assert told(row) == {}


def test_where_nearly_all_agreed_online_the_record_tells_what_list_b_does(
    here: Towns, keys: Sides, tmp_path: Path
) -> None:
    row = frozen(here, 25)
    folder = keys.published(poll(here, row, keys), tmp_path, [{"satisfied": "满意", "kept": "是"}] * 12)
    closed(here, row, {1: 0}, {1: 0})
    polls.take(number=row.id, folder=folder, by=here.office())
    results.publish(number=row.id, by=here.office())
    assert told(row) == {
        (here.villages[0], "satisfied", "good"): 11,
        (here.villages[0], "satisfied", "?"): 1,
        (here.villages[0], "kept", "yes"): 11,
        (here.villages[0], "kept", "?"): 1,
    }


def test_paper_of_others_beside_an_online_poll_is_told_apart(here: Towns, keys: Sides, tmp_path: Path) -> None:
    """An electorate that voted online lends its electors to nobody's paper."""
    row = frozen(here, 25, 40)
    folder = keys.published(poll(here, row, keys), tmp_path, MIXED)
    closed(here, row, {1: 0, 2: 40}, {1: 0, 2: 30})
    polls.take(number=row.id, folder=folder, by=here.office())
    twice(here, row, 2, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    results.publish(number=row.id, by=here.office())
    assert told(row)[here.villages[0], "satisfied", "good"] == 8
    assert told(row)[here.villages[1], "satisfied", "good"] == 20
    assert reading.told(row) == {2}, "what was cast online tells of no slip"


def test_polls_and_pages_of_many_units_ask_no_more_than_of_few(here: Towns, keys: Sides) -> None:
    row, public = frozen(here, 20, 21, 22, 23, 24, 25), [blind.fresh()[1] for _ in range(6)]
    made, sealed = [], []
    for numbers in ((1,), (2, 3, 4, 5, 6)):
        several = {number: public[number - 1] for number in numbers}
        with CaptureQueriesContext(connection) as asked:
            polls.make_many(number=row.id, keys=several, observers=keys.observers, by=here.office())
        made.append(len(asked))
        those = [one for one in polls.held(row) if one.electorate in numbers]
        with CaptureQueriesContext(connection) as asked:
            voters.seal_many(those, replace(SITE, address="https://v.example/"), number=row.id, by=here.office())
        sealed.append(len(asked))
    assert made[1] <= made[0]
    assert sealed[1] <= sealed[0]
    assert [one.site.address for one in polls.held(row) if one.site] == [
        f"https://v.example/{number}/" for number in range(1, 7)
    ]
