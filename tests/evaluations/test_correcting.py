"""A published round is corrected: counted again by another hand, told anew where that gives nobody away."""

from __future__ import annotations

import json

import pytest

from tests.evaluations.towns import NOW, Towns, closed, counted, twice
from tests.registry.trees import refused
from xianfeng.evaluations import correcting, published, results
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sheets import Counted
from xianfeng.figures import engine
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
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


def correct(
    here: Towns, row: EvaluationRound, sheet: Counted, *, person: int = 3, reason: str = "两个选项录反"
) -> None:
    correcting.correct(number=row.id, pool=1, batch=1, counted=sheet, reason=reason, by=here.office(person))


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
    before = Entry.objects.count()
    correct(here, told, FIRST)
    assert Entry.objects.count() == before + 1
    assert good(here.villages[0]) == 20


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


def test_who_counted_before_counts_no_more_and_a_reason_is_given(here: Towns, told: EvaluationRound) -> None:
    with refused("evaluations.same_hand"):
        correct(here, told, BETTER, person=2)
    with refused("evaluations.no_reason"):
        correct(here, told, BETTER, reason=" ")
    with refused("evaluations.batch_other"):
        correct(here, told, counted(10, 15, 3, 1, kept=(20, 9, 0)))
    assert good(here.villages[0]) == 20


def test_it_can_be_corrected_again(here: Towns, told: EvaluationRound) -> None:
    correct(here, told, BETTER)
    correct(here, told, FIRST, person=4, reason="复查原件")
    assert good(here.county) == 30
