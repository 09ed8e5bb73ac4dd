"""When a seal is due: too many entries, or for too long, after the last one; and only for who wrote."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.log.drafts import draft
from tests.log.tampering import run
from xianfeng.log import sealing
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append
from xianfeng.log.seals import seal

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def write(count: int) -> None:
    append([draft() for _ in range(count)], by=CLOCK)


def test_a_thousand_entries_may_stand_loose_and_one_more_may_not() -> None:
    assert not sealing.due(since=EVER)
    write(1_000)
    assert not sealing.due(since=EVER)
    write(1)
    assert sealing.due(since=EVER)
    seal(by=CLOCK)
    assert not sealing.due(since=EVER)
    write(999)  # and the seal's own note
    assert not sealing.due(since=EVER)
    write(1)
    assert sealing.due(since=EVER)


def test_an_hour_after_the_seal_is_too_long() -> None:
    write(1)
    seal(by=CLOCK)
    run("UPDATE log_entry SET at = %s WHERE seq = 2", "2020-01-01 08:00:00.000000")
    assert not sealing.due(since=EVER)  # only the seal's own note
    write(1)
    assert sealing.due(since=EVER)


def test_who_wrote_nothing_seals_nothing() -> None:
    write(1_001)
    assert not sealing.due(since=dt.datetime.now(dt.UTC))
