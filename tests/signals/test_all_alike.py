"""Everybody content with one unit where elsewhere not everybody is: told; content everywhere, or few asked: not."""

from __future__ import annotations

import random

from tests.signals.district import CAMPAIGN, DAY, VILLAGES, District, lots
from xianfeng.evaluations import results
from xianfeng.ledger import actions, versions
from xianfeng.ledger.preparing import Row
from xianfeng.signals import answering
from xianfeng.signals.rules import all_alike


def answers(lot: random.Random, good: float, *, at: int, count: int) -> list[tuple[int, str]]:
    said = ("good" if lot.random() < good else lot.choice(("fair", "poor")) for _ in range(count))
    return [(at, answer) for answer in said]


def of_all(lot: random.Random, good: float, but: int = -1) -> list[tuple[int, str]]:
    return [row for at in range(VILLAGES) if at != but for row in answers(lot, good, at=at, count=20)]


def test_a_village_of_which_all_say_they_are_content(here: District) -> None:
    here.serve(of_all(lots(1), 0.6, but=3))
    filed = here.serve([(3, "good")] * 20)
    (one,) = here.found(all_alike.NAME)
    assert (one.organisation, one.record, *one.beside) == (here.villages[3], *filed)
    (words,) = answering.sentences([one])
    assert words.startswith("20 个人说的“满意度”全是“满意”；别的组织这样回答的占 ")


def test_who_did_it_is_asked_not_who_received_it(here: District) -> None:
    here.serve(of_all(lots(2), 0.6, but=6))
    here.serve([(5, "good")] * 20, host=here.villages[6])
    assert [one.organisation for one in here.found(all_alike.NAME)] == [here.villages[6]]


def test_where_nearly_everybody_is_content_all_are_now_and_then(here: District) -> None:
    here.serve(of_all(lots(3), 0.97, but=3))
    here.serve([(3, "good")] * 20)
    assert here.found(all_alike.NAME) == []


def test_few_answers_and_answers_that_are_all_bad_are_none(here: District) -> None:
    here.serve([one for one in of_all(lots(4), 0.5) if one[0] > 1])
    here.serve([(1, "poor")] * 20)
    here.serve([(0, "good")] * 7)
    assert here.found(all_alike.NAME) == []


def test_a_round_in_which_all_electors_of_a_village_answer_alike(here: District) -> None:
    scheme = versions.current(CAMPAIGN)
    rows = [
        of_answer(village, answer, count, nearly=at == 2)
        for at, village in enumerate(here.villages)
        for answer, count in ([("good", 60), ("", 6)] if at == 2 else [("good", 40), ("fair", 15), ("poor", 5)])
    ]
    actions.file_many(by=results.house(scheme, here.importer), scheme=CAMPAIGN, kind=results.kind_of(scheme), rows=rows)
    (one,) = here.found(all_alike.NAME)
    assert one.organisation == here.villages[2]
    told = "至少 60 个人说的“是否满意”是“满意”，几乎一致；别的组织这样回答的占 67%。"
    assert answering.sentences([one])[0] == told


def of_answer(village: int, answer: str, count: int, *, nearly: bool) -> Row:
    """As a published round has it; '' of whom it is not told."""
    values = {**_of_round, "count": count, "nearly_all": nearly, **({"answer": answer} if answer else {})}
    return Row(organisation=village, day=DAY, values=values)


def of_round(here: District, *, others: tuple[str, int, bool], but: dict[int, tuple[str, int, bool]]) -> None:
    """In each village so many gave that answer; True: nearly all, and no more is told."""
    scheme, rows = versions.current(CAMPAIGN), []
    for at, village in enumerate(here.villages):
        answer, count, nearly = but.get(at, others)
        lines = [(answer, count), *([("" if nearly else "poor", 60 - count)] if count < 60 else [])]
        rows += [of_answer(village, one, n, nearly=nearly) for one, n in lines]
    actions.file_many(by=results.house(scheme, here.importer), scheme=CAMPAIGN, kind=results.kind_of(scheme), rows=rows)


def test_what_others_may_have_more_is_said(here: District) -> None:
    of_round(here, others=("good", 30, False), but={2: ("good", 54, True), 4: ("good", 54, True)})
    found = here.found(all_alike.NAME)
    assert {one.organisation for one in found} == {here.villages[2], here.villages[4]}
    # of the others' 660 at most 10 × 30 and the other one's 54, with the six who may agree with them
    told = "至少 54 个人说的“是否满意”是“满意”，几乎一致；别的组织这样回答的至多占 55%。"
    assert answering.sentences(found) == (told, told)


def test_a_village_beside_others_of_which_nearly_all_may_be_all_is_not_told(here: District) -> None:
    of_round(here, others=("good", 54, True), but={2: ("good", 60, False)})
    assert here.found(all_alike.NAME) == []


def test_nearly_all_who_are_not_content_are_none(here: District) -> None:
    of_round(here, others=("good", 30, False), but={2: ("poor", 54, True)})
    assert here.found(all_alike.NAME) == []


_of_round = {"evaluation": "yearly", "round": 1, "question": "content"}
