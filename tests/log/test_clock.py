"""A clock set back stops nobody, and verification tells where."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from tests.log.drafts import draft
from xianfeng.log.actors import clock
from xianfeng.log.append import append
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def enter(*seconds: float) -> tuple[Finding, ...]:
    """An entry at each moment, in seconds from noon as the machine tells it; what is then found."""
    for second in seconds:
        with transaction.atomic():
            append([draft()], by=clock(NOON + dt.timedelta(seconds=second)))
    report = verify()
    assert report.holds
    return tuple(finding for finding in report.findings if finding.code != "log.unsealed")


@pytest.mark.django_db
def test_a_clock_set_back_is_told() -> None:
    (note,) = enter(0, 60, -3600, 0, -5, 10)
    assert (note.weight, note.code, note.seq) == ("note", "log.clock", 3)
    assert "2处" in note.message
    assert "第3条（前一条2026-05-04T12:01:00，这一条2026-05-04T11:00:00）" in note.message
    assert "第5条" in note.message
    assert [entry.at for entry in Entry.objects.order_by("seq")][2] == NOON - dt.timedelta(hours=1)


@pytest.mark.django_db
def test_what_a_network_clock_sets_back_is_not() -> None:
    assert enter(0, 0, -0.9, 1, 3600) == ()
