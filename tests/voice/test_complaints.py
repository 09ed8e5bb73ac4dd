"""这个要求太重了: from whoever fills the form in to the answer that stands on it."""

from __future__ import annotations

import pytest

from tests.voice.conftest import KIND, SCHEME, Square
from xianfeng.log.append import head
from xianfeng.problems import Problem
from xianfeng.voice import complaints
from xianfeng.voice.citizens import CITIZEN
from xianfeng.voice.complaints import Said
from xianfeng.voice.models import Complaint, Outcome


def test_it_reaches_the_office_and_is_counted_by_kind(square: Square) -> None:
    square.complain(minutes=10)
    square.complain(minutes=30)
    square.complain()
    weight = complaints.weights(SCHEME)[KIND]
    assert (weight.said, weight.waiting, weight.minutes) == (3, 3, 20)


def test_answered_it_stands_on_the_form(square: Square) -> None:
    made = square.complain(words="太多")
    assert not complaints.answered(SCHEME, KIND).exists()
    complaints.settle(complaint=made.pk, outcome="dropped", answer="从下月起不再填", seen=0, by=square.office)
    (shown,) = complaints.answered(SCHEME, KIND)
    assert (shown.outcome, shown.answer) == (Outcome.DROPPED, "从下月起不再填")
    assert complaints.weights(SCHEME)[KIND].waiting == 0


def test_who_wrote_it_is_not_kept(square: Square) -> None:
    author = square.world.author
    square.complain(by=author)
    row = Complaint.objects.values().get()
    assert row["organisation_id"] is None
    assert author.ref not in str(row)


def test_a_unit_may_give_its_name(square: Square) -> None:
    square.complain(by=square.world.author, named=True)
    assert Complaint.objects.get().organisation_id == square.world.village


@pytest.mark.parametrize(("outcome", "answer", "code"), [("", "好", "voice.outcome"), ("kept", "", "voice.empty")])
def test_an_answer_says_what_and_why(square: Square, outcome: str, answer: str, code: str) -> None:
    made = square.complain()
    with pytest.raises(Problem) as problem:
        complaints.settle(complaint=made.pk, outcome=outcome, answer=answer, seen=0, by=square.office)
    assert problem.value.code == code


def test_only_the_office_of_the_campaign_answers(square: Square) -> None:
    made, world = square.complain(), square.world
    for by in (world.of(world.county, "office"), world.of(world.city, "secretary"), CITIZEN):
        with pytest.raises(Problem) as problem:
            complaints.settle(complaint=made.pk, outcome="kept", answer="要的", seen=0, by=by)
        assert problem.value.code == "ledger.wrong_actor"


def test_of_two_who_answer_the_second_sees_the_first(square: Square) -> None:
    made = square.complain()
    complaints.settle(complaint=made.pk, outcome="kept", answer="法规要求", seen=0, by=square.office)
    with pytest.raises(Problem) as problem:
        complaints.settle(complaint=made.pk, outcome="dropped", answer="不要了", seen=0, by=square.office)
    assert problem.value.code == "voice.moved"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"sort": "坏"}, "voice.sort"),
        ({"minutes": 0}, "voice.minutes"),
        ({"minutes": 9999}, "voice.minutes"),
        ({"twice": "字" * 501}, "voice.too_long"),
        ({"words": "\u202e"}, "voice.characters"),
    ],
)
def test_what_cannot_be_taken_is_refused(square: Square, changed: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as problem:
        square.complain(**changed)
    assert problem.value.code == code


@pytest.mark.parametrize(("kind", "obligation"), [("nonsense", ""), (KIND, "nonsense")])
def test_of_what_is_not_asked_nobody_complains(square: Square, kind: str, obligation: str) -> None:
    with pytest.raises(Problem) as problem:
        complaints.complain(
            scheme=SCHEME,
            kind=kind,
            obligation=obligation,
            said=Said(sort="long"),
            receipt="a" * 32,
            address="192.0.2.1",
            by=CITIZEN,
        )
    assert problem.value.code == "voice.unknown_kind"


def test_nothing_said_is_an_entry(square: Square) -> None:
    before = head()
    made = square.complain()
    complaints.settle(complaint=made.pk, outcome="kept", answer="法规要求", seen=0, by=square.office)
    assert head() == before
