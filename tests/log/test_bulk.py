"""Rows go into a table as the ORM would have put them there, however many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from xianfeng.log import bulk
from xianfeng.log.models import Head, Seal

MOMENT = dt.datetime(2010, 8, 30, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
COLUMNS = ("size", "at", "algorithm", "root", "previous", "previous_root", "proof", "key", "signature")


def row(size: int) -> bulk.Row:
    at = bulk.moment(MOMENT + dt.timedelta(microseconds=size))
    return (size, at, "sha256", bytes([0, size % 256]), None, b"", "[]", "", b"")


@pytest.mark.django_db
def test_moments_bytes_and_nothing_are_read_back() -> None:
    bulk.insert(Seal, COLUMNS, [row(7)])
    seal = Seal.objects.get()
    assert (seal.at, bytes(seal.root), seal.previous) == (MOMENT + dt.timedelta(microseconds=7), b"\x00\x07", None)
    assert Seal.objects.get(at=MOMENT + dt.timedelta(microseconds=7)) == seal


@pytest.mark.django_db
def test_rows_are_taken_from_a_stream() -> None:
    def rows() -> Iterator[bulk.Row]:
        for number in range(12_000):
            yield f"counter-{number}", number

    bulk.insert(Head, ("name", "value"), rows())
    assert Head.objects.filter(name__startswith="counter-").count() == 12_000


@pytest.mark.django_db
def test_a_row_that_the_table_refuses_is_djangos_error() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Head, ("name", "value"), [("twice", 1), ("twice", 2)])
    assert not Head.objects.filter(name="twice").exists()


@pytest.mark.django_db
def test_no_rows_are_no_mistake() -> None:
    bulk.insert(Head, ("name", "value"), [])
