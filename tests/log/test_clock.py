"""A clock set back stops nobody, and verification tells where."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.log.drafts import draft
from xianfeng.log import append as appending
from xianfeng.log.actors import CLOCK
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def enter(monkeypatch: pytest.MonkeyPatch, *seconds: float) -> tuple[Finding, ...]:
    """An entry at each moment, in seconds from noon as the machine tells it; what is then found."""

    for second in seconds:
        machine = SimpleNamespace(
            now=lambda zone, second=second: (NOON + dt.timedelta(seconds=second)).astimezone(zone)
        )
        with monkeypatch.context() as patch, transaction.atomic():
            patch.setattr(appending, "dt", SimpleNamespace(datetime=machine, UTC=dt.UTC, date=dt.date))
            appending.append([draft()], by=CLOCK)
    report = verify()
    assert report.holds
    return tuple(finding for finding in report.findings if finding.code != "log.unsealed")


@pytest.mark.django_db
def test_a_clock_set_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    (note,) = enter(monkeypatch, 0, 60, -3600, 0, -5, 10)
    assert (note.weight, note.code, note.seq) == ("note", "log.clock", 3)
    assert "2处" in note.message
    assert "第3条（前一条2026-05-04T12:01:00，这一条2026-05-04T11:00:00）" in note.message
    assert "第5条" in note.message
    assert [entry.at for entry in Entry.objects.order_by("seq")][2] == NOON - dt.timedelta(hours=1)


@pytest.mark.django_db
def test_what_a_network_clock_sets_back_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert enter(monkeypatch, 0, 0, -0.9, 1, 3600) == ()
