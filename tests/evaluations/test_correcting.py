"""A published round is corrected: counted again by another hand, told anew where that gives nobody away."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.evaluations.towns import NOW, Towns, closed, counted, twice
from tests.registry.trees import refused
from xianfeng.evaluations import correcting, published, results, sheets
from xianfeng.evaluations.batches import Counted
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.figures import engine
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.log.actors import ActorKind
from xianfeng.log.models import Entry

FIRST = counted(20, 5, 3, 1, kept=(20, 9, 0), invalid=1)
BETTER = counted(10, 15, 3, 1, kept=(20, 9, 0), invalid=1)


@pytest.fixture
def told(here: Towns) -> EvaluationRound:
    """Two villages, published."""
    row = closed(here, (40, 40), {1: 30, 2: 20})
    twice(here, row, 1, FIRST)
    twice(here, row, 2, counted(10, 8, 2, 0, kept=(11, 9, 0)))
    return results.publish(number=row.id, by=here.office())


def read(here: Towns, row: EvaluationRound, sheet: Counted, person: int, *, reason: str = "") -> None:
    correcting.correct(number=row.id, pool=1, batch=1, counted=sheet, reason=reason, by=here.office(person))


def correct(
    here: Towns, row: EvaluationRound, sheet: Counted, *, people: tuple[int, int] = (3, 4), reason: str = "两个选项录反"
) -> None:
    read(here, row, sheet, people[0], reason=reason)
    read(here, row, sheet, people[1])


def good(organisation: int) -> int | None:
    scheme = versions.current("judged-2012").hash
    found = engine().figure(Query(scheme=scheme, measure="good", organisation=organisation, until=NOW.date())).value
    return None if found is None else int(found)


def test_figures_page_and_log_tell_what_was_counted_again(here: Towns, told: EvaluationRound) -> None:
    assert (good(here.villages[0]), good(here.county)) == (20, 30)
    correct(here, told, BETTER)
    assert (good(here.villages[0]), good(here.county)) == (10, 20)
    found = published.read(told)
    assert found is not None
    assert [one.told["satisfied"].at_least["good"] for one in found.shown] == [10, 10]
    entry = Entry.objects.get(stream="evaluation", action="correct")
    assert json.loads(entry.body)["reason"] == "两个选项录反"


def test_the_same_again_changes_no_record(here: Towns, told: EvaluationRound) -> None:
    before = list(Entry.objects.filter(stream="evaluation").values_list("action", flat=True))
    records = Entry.objects.exclude(stream="evaluation").count()
    correct(here, told, FIRST)
    after = list(Entry.objects.filter(stream="evaluation").order_by("seq").values_list("action", flat=True))
    assert after[len(before) :] == ["count", "count", "correct"]
    assert Entry.objects.exclude(stream="evaluation").count() == records
    assert good(here.villages[0]) == 20


def test_one_reading_alone_changes_nothing(here: Towns, told: EvaluationRound) -> None:
    read(here, told, BETTER, 3, reason="两个选项录反")
    assert (good(here.villages[0]), good(here.county)) == (20, 30)
    assert not Entry.objects.filter(stream="evaluation", action="correct").exists()
    assert [pool.done for pool in sheets.pools(told)] == [True, True]


def test_the_same_person_twice_is_refused(here: Towns, told: EvaluationRound) -> None:
    read(here, told, BETTER, 3, reason="两个选项录反")
    with refused("evaluations.same_hand"):
        read(here, told, BETTER, 3)
    with refused("evaluations.same_hand"):
        correcting.correct(
            number=told.id,
            pool=1,
            batch=1,
            counted=BETTER,
            by=replace(here.office(9), person=None, kind=ActorKind.IMPORT),
        )
    assert good(here.villages[0]) == 20


def test_who_had_read_it_for_the_result_reads_it_no_more(here: Towns, told: EvaluationRound) -> None:
    for person in (1, 2):
        with refused("evaluations.same_hand"):
            read(here, told, BETTER, person, reason="两个选项录反")
    read(here, told, BETTER, 3, reason="两个选项录反")
    for person in (1, 2):
        with refused("evaluations.same_hand"):
            read(here, told, BETTER, person)


def test_what_two_differ_in_a_third_settles_who_has_not_read_it(here: Towns, told: EvaluationRound) -> None:
    read(here, told, BETTER, 3, reason="两个选项录反")
    read(here, told, FIRST, 4)
    with refused("evaluations.read_twice"):
        read(here, told, BETTER, 5)
    differing = {("satisfied", "good"): 10, ("satisfied", "fair"): 15}
    at = {"number": told.id, "pool": 1, "batch": 1}
    for person in (1, 2, 3, 4):
        with refused("evaluations.same_hand"):
            correcting.settle(**at, looked=differing, by=here.office(person))
    with refused("evaluations.not_looked"):
        correcting.settle(**at, looked={("satisfied", "good"): 10}, by=here.office(5))
    with refused("evaluations.not_now"):
        sheets.settle(**at, looked=differing, by=here.office(5))
    assert good(here.villages[0]) == 20
    correcting.settle(**at, looked=differing, by=here.office(5))
    assert (good(here.villages[0]), good(here.county)) == (10, 20)
    body = json.loads(Entry.objects.get(stream="evaluation", action="correct").body)
    assert body["reason"] == "两个选项录反"
    with refused("evaluations.nothing_differs"):
        correcting.settle(**at, looked=differing, by=here.office(6))


def test_a_ballot_that_turns_out_to_be_valid_would_be_told_apart_so_nothing_is_told(
    here: Towns, told: EvaluationRound
) -> None:
    correct(here, told, counted(20, 5, 4, 1, kept=(20, 10, 0)))
    assert good(here.county) == 10
    found = published.read(told)
    assert found is not None
    assert [one.name for one in found.unshown] == ["第1村"]
    with refused("evaluations.not_now"):
        results.publish(number=told.id, by=here.office())


def test_a_reason_is_given_and_it_is_the_same_batch(here: Towns, told: EvaluationRound) -> None:
    with refused("evaluations.no_reason"):
        correct(here, told, BETTER, reason=" ")
    with refused("evaluations.batch_other"):
        correct(here, told, counted(10, 15, 3, 1, kept=(20, 9, 0)))
    with refused("ledger.wrong_actor"):
        correcting.correct(number=told.id, pool=1, batch=1, counted=BETTER, reason="有误", by=here.village(0))
    assert good(here.villages[0]) == 20


def test_it_can_be_corrected_again_by_others_still(here: Towns, told: EvaluationRound) -> None:
    correct(here, told, BETTER)
    with refused("evaluations.same_hand"):
        correct(here, told, FIRST, people=(4, 5), reason="复查原件")
    correct(here, told, FIRST, people=(5, 6), reason="复查原件")
    assert good(here.county) == 30
    reasons = [json.loads(one.body)["reason"] for one in Entry.objects.filter(action="correct").order_by("seq")]
    assert reasons == ["两个选项录反", "复查原件"]
