"""Sending what was gathered: each delivery is taken by one worker, tried, and recorded.

A worker that is killed between sending and recording leaves the delivery taken; after the lease it is sent once more
under the same Message-ID, so that nothing is lost and a mailbox that knows Message-IDs shows it once.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import connection, transaction

from xianfeng.log.actors import CLOCK
from xianfeng.messages import letter, ways
from xianfeng.messages.channels.known import Channel, channels
from xianfeng.messages.channels.outcomes import Outcome, Reason
from xianfeng.messages.models import Delivery, DeliveryState
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import values

EVERY = dt.timedelta(minutes=1)
LEASE = dt.timedelta(minutes=10)
TRIES = 3  # on a channel, before the next one; and of a channel that is down, before the rest is not tried
KEEP_TRYING = dt.timedelta(days=3)
_PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))
_AT_ONCE = 2_000  # of one tick
_OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)


def deliver(*, now: dt.datetime, most: int = _AT_ONCE) -> int:
    """Send what is due; how many were sent. What was to go by a channel that is down is put off without asking it."""
    sent, down = 0, Counter[str]()
    for _ in range(most):
        delivery = _taken(now)
        if delivery is None:
            break
        outcome = _tried(delivery) if down[delivery.channel] < TRIES else Outcome(Reason.UNREACHABLE)
        down[delivery.channel] += outcome.is_of_the_channel
        sent += outcome.sent
        _record(delivery, outcome, now)
    return sent


def put_right(*, now: dt.datetime) -> None:
    """Of a clock that was ahead: what it took or put off is due now."""
    open_ = Delivery.objects.filter(state__in=_OPEN)
    open_.filter(next_try__gt=now + _PAUSES[-1]).update(next_try=now)
    open_.filter(at__gt=now).update(at=now)


@transaction.atomic
def _taken(now: dt.datetime) -> Delivery | None:
    due = Delivery.objects.filter(state__in=_OPEN, next_try__lte=now)
    if connection.vendor == "postgresql":
        due = due.select_for_update(skip_locked=True)
    delivery = due.order_by("-urgent", "next_try", "id").first()
    if delivery is not None:
        delivery.state = DeliveryState.SENDING
        delivery.next_try = now + LEASE
        delivery.save(update_fields=["state", "next_try"])
    return delivery


def _tried(delivery: Delivery) -> Outcome:
    channel = channels().get(delivery.channel)
    if channel is None:
        return Outcome(Reason.GONE)
    address = _address(delivery.person, channel)
    return channel.send(letter.of(delivery, address)) if address else Outcome(Reason.NO_ADDRESS)


def _address(person: int, channel: Channel) -> str:
    commitment = values.latest(field=channel.address, person=person)
    if commitment is None:
        return ""
    try:
        return values.read(commitment, by=CLOCK, purpose=say("发送消息"))
    except Problem:  # erased meanwhile, or its key is not here
        return ""


def _record(delivery: Delivery, outcome: Outcome, now: dt.datetime) -> None:
    delivery.tries += 1
    delivery.reason = outcome.reason
    if outcome.sent:
        delivery.state, delivery.sent, delivery.next_try = DeliveryState.SENT, now, None
    else:
        _put_off(delivery, outcome, now)
    delivery.save()


def _put_off(delivery: Delivery, outcome: Outcome, now: dt.datetime) -> None:
    """Later on the same channel, or next on another one; at the end, not any more."""
    refused = delivery.refused.split()
    if outcome.for_good:
        refused.append(delivery.channel)
    delivery.refused = " ".join(refused)
    others = _after(delivery.channel, [way.name for way in ways.of([delivery.person])[delivery.person].channels])
    left = [name for name in others if name not in refused]
    if not left or now - delivery.at > KEEP_TRYING:
        delivery.state, delivery.next_try = DeliveryState.FAILED, None
        delivery.reason = outcome.reason if not left else Reason.EXPIRED
        return
    delivery.state = DeliveryState.WAITING
    delivery.next_try = now + _PAUSES[min(delivery.tries, len(_PAUSES)) - 1]
    if delivery.channel in refused:
        delivery.channel, delivery.next_try = left[0], now
    elif delivery.tries % TRIES == 0:
        delivery.channel = left[0]


def _after(channel: str, names: list[str]) -> list[str]:
    """The channels in the order in which they follow, this one last."""
    at = names.index(channel) + 1 if channel in names else 0
    return names[at:] + names[:at]
