"""How much may be sent on a day: from one address, from one address about one thing, about one thing by everybody.

An office, a village or a mobile network may share one address, so the limits are wide; they stop machines, not people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from xianfeng.problems import Problem
from xianfeng.voice import senders
from xianfeng.voice.models import Sending


@dataclass(frozen=True)
class Limits:
    of_sender: int
    of_sender_on_thing: int
    on_thing: int


COMMENTS = Limits(of_sender=20, of_sender_on_thing=5, on_thing=200)
COMPLAINTS = Limits(of_sender=60, of_sender_on_thing=10, on_thing=300)


@transaction.atomic
def count(limits: Limits, *, room: str, thing: str, address: str) -> None:
    """Count one more sending about `thing`; a Problem when that is more than the day holds."""
    today = timezone.localdate()
    clear()
    for sender, about, most in _counters(limits, room, f"{room}:{thing}", senders.sender(address, today)):
        row, _ = Sending.objects.get_or_create(day=today, sender=sender, thing=about)
        if not Sending.objects.filter(id=row.pk, count__lt=most).update(count=F("count") + 1):
            raise _too_many(everybody=not sender)


def _counters(limits: Limits, room: str, thing: str, sender: str) -> Iterator[tuple[str, str, int]]:
    """Always in this order, so that nobody waits for whoever waits for him."""
    yield sender, room, limits.of_sender
    yield sender, thing, limits.of_sender_on_thing
    yield "", thing, limits.on_thing


def clear() -> None:
    """Forget the days before."""
    today = timezone.localdate()
    if Sending.objects.filter(day__lt=today).exists():
        Sending.objects.filter(day__lt=today).delete()
        senders.forget(today)


def _too_many(*, everybody: bool) -> Problem:
    if everybody:
        return Problem("voice.flood", "今天关于这一项收到的已经很多，先不再收了。", hint="请明天再来。")
    return Problem("voice.too_many", "从您这里今天发来的已经很多，先不再收了。", hint="请明天再来。")
