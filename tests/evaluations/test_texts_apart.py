"""Whoever has the table of texts cannot tell which were typed together: neither by keys nor by how the rows lie.

The same adversary finds it out where texts are kept as they come.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from django.db import connection

from tests.evaluations.towns import Towns, closed
from xianfeng.evaluations import stages, texts
from xianfeng.evaluations.models import Electorate, EvaluationRound, WrittenAnswer

BATCH, ROUNDS = 6, 60
Keep = Callable[[Electorate, Sequence[str]], None]


def as_typed(electorate: Electorate, said: Sequence[str]) -> None:
    """The planted leak."""
    for text in said:
        WrittenAnswer.objects.create(
            id=uuid.UUID(int=WrittenAnswer.objects.count()), electorate=electorate, question="advice", text=text
        )


def by_key() -> list[str]:
    return list(WrittenAnswer.objects.order_by("id").values_list("text", flat=True))


def as_they_lie() -> list[str]:
    """In the order in which the database has them."""
    on_sqlite = "SELECT text FROM evaluations_writtenanswer ORDER BY rowid"
    with connection.cursor() as cursor:
        cursor.execute(on_sqlite if connection.vendor == "sqlite" else on_sqlite.replace("rowid", "ctid"))
        return [text for (text,) in cursor.fetchall()]


def right(found: Sequence[str]) -> int:
    """How many of the first batch are told by guessing that they come first, or last: whichever is better."""
    first = sum(text.startswith("first") for text in found[:BATCH])
    return max(first, BATCH - first)


def told(row: EvaluationRound, keep: Keep) -> dict[str, int]:
    """Over many boxes with two batches each, how many of the first batch are told by each order."""
    box, by_key_, by_place = row.electorates.get(), 0, 0
    for n in range(ROUNDS):
        WrittenAnswer.objects.all().delete()
        for batch in ("first", "second"):
            keep(box, [f"{batch} {n} {at}" for at in range(BATCH)])
        by_key_ += right(by_key())
        by_place += right(as_they_lie())
    return {"key": by_key_, "place": by_place}


def test_neither_keys_nor_the_order_of_rows_tell_the_batch(here: Towns) -> None:
    """By chance the better guess is right of 3.65 in 6, give or take 0.63; over sixty boxes of 219, give or take 5."""
    row = closed(here, (40,), {1: 30})
    rule = stages.rule_of(row)[1]
    found = told(row, lambda box, said: texts.keep(box, rule, {"advice": said}, slips=BATCH))
    assert max(found.values()) < 250


def test_the_same_adversary_finds_what_is_kept_as_it_comes(here: Towns) -> None:
    row = closed(here, (40,), {1: 30})
    assert told(row, as_typed) == {"key": ROUNDS * BATCH, "place": ROUNDS * BATCH}


def test_the_office_reads_them_in_an_order_of_their_own(here: Towns) -> None:
    row = closed(here, (40,), {1: 30})
    box, rule = row.electorates.get(), stages.rule_of(row)[1]
    shown = []
    for batches in ((["丙", "甲"], ["乙"]), (["乙"], ["甲", "丙"])):
        WrittenAnswer.objects.all().delete()
        for said in batches:
            texts.keep(box, rule, {"advice": said}, slips=BATCH)
        shown.append([one.text for one in texts.waiting(row)])
    assert shown[0] == shown[1]
