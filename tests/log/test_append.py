"""Entries get dense numbers in commit order, with their postings, or nothing is written."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from tests.databases import Database
from tests.log.children import finish, start
from tests.log.drafts import DAY, draft, line
from xianfeng.log.actors import CLOCK, Actor, ActorKind, clock
from xianfeng.log.append import append, head, next_number
from xianfeng.log.models import Entry, Posting
from xianfeng.log.verify import verify

NOON = dt.datetime(2010, 8, 30, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
SECRETARY = Actor(kind=ActorKind.APPOINTMENT, id=7, organisation=3, role="office")


@pytest.mark.django_db
def test_numbers_follow_the_order_of_drafts() -> None:
    assert head() == 0
    assert append([draft(), draft()], by=CLOCK) == range(1, 3)
    assert append([draft(stream="person", action="found")], by=SECRETARY) == range(3, 4)
    assert head() == 3
    entry = Entry.objects.get(seq=3)
    assert (entry.stream, entry.action, entry.about, entry.day) == ("person", "found", 3, DAY)
    assert entry.actor == "appointment:7"
    assert abs(entry.at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_postings_carry_the_number_of_their_entry() -> None:
    filed = append([draft(lines=(line(fields={"amount": Decimal("5.20")}),))], by=CLOCK)[0]
    amended = append([draft(about=filed, lines=(line(sign=-1, record=filed), line(record=filed)))], by=CLOCK)[0]
    rows = Posting.objects.order_by("id").values_list("seq", "sign", "record", "fields")
    assert list(rows) == [
        (filed, 1, filed, '{"amount":"5.20"}'),
        (amended, -1, filed, "{}"),
        (amended, 1, filed, "{}"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [dt.datetime(2010, 8, 30, tzinfo=dt.UTC), "2010-08-30", None])
def test_a_day_is_a_day(wrong: object) -> None:
    for mistaken in (draft(day=wrong), draft(lines=(line(day=wrong),))):
        with pytest.raises(TypeError):
            append([mistaken], by=CLOCK)


def test_an_append_outside_a_transaction_is_refused(transactional: Database) -> None:
    with pytest.raises(TransactionManagementError):
        append([draft()], by=CLOCK)
    assert head() == 0


def test_a_rollback_leaves_no_gap(transactional: Database) -> None:
    with transaction.atomic():
        append([draft()] * 3, by=CLOCK)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert append([draft()], by=CLOCK) == range(1, 2)


def test_the_next_number_is_held_for_its_transaction(transactional: Database) -> None:
    with transaction.atomic():
        first = next_number()
        assert append([draft(body={"self": first})], by=CLOCK) == range(first, first + 1)


def test_threads_append_without_gaps(transactional: Database) -> None:
    def work(_: int) -> list[int]:
        try:
            taken: list[int] = []
            for _ in range(20):
                with transaction.atomic():
                    taken.extend(append([draft(lines=(line(),)), draft()], by=CLOCK))
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [seq for part in pool.map(work, range(4)) for seq in part]
    assert sorted(taken) == list(range(1, 161))
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 161))


def test_a_child_process_appends_to_the_same_log(transactional: Database) -> None:
    child = start(transactional, "with transaction.atomic(): print(append([draft()], by=CLOCK)[0])")
    assert finish(child) == "1\n"
    assert head() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [clock(NOON), replace(SECRETARY, at=NOON)])
def test_who_acts_at_an_instant_is_entered_at_that_instant(actor: Actor) -> None:
    with transaction.atomic():
        (seq,) = append([draft()], by=actor)
    entry = Entry.objects.get(seq=seq)
    assert entry.at == dt.datetime(2010, 8, 30, 4, tzinfo=dt.UTC)
    assert verify().holds


def test_the_clock_at_no_certain_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock(dt.datetime(2010, 8, 30, 12))  # noqa: DTZ001 -- what is refused
