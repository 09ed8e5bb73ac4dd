"""What is posted is gathered for each person: one digest a working day, and besides it only what is urgent.

Gathering sends nothing. Two workers that gather at once make one digest: its key is the person and the day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.calendars.store import Calendars
from xianfeng.messages import quiet, ways
from xianfeng.messages.models import INBOX, Message
from xianfeng.messages.ways import Ways
from xianfeng.registry.models import Appointment

EVERY = dt.timedelta(minutes=1)
_BATCH = 500  # people a transaction
_INSERT = (
    "INSERT INTO messaging_delivery (key, person, organisation, urgent, channel, tries, refused, state, reason, at, "
    "next_try) VALUES (%s, %s, %s, %s, %s, 0, '', 'waiting', '', %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id"
)


def digest(*, now: dt.datetime) -> int:
    """Gather what can go out now; how many deliveries that makes."""
    calendars = Calendars()
    return sum(_gather(people, now, calendars) for people in _waiting())


def _waiting() -> Iterator[list[int]]:
    """The people for whom something is not gathered, some at a time."""
    after = 0
    while True:
        rows = Message.objects.filter(delivery=None, person__gt=after).order_by("person")
        people = list(rows.values_list("person", flat=True).distinct()[:_BATCH])
        if not people:
            return
        yield people
        after = people[-1]


@transaction.atomic
def _gather(people: list[int], now: dt.datetime, calendars: Calendars) -> int:
    waiting: dict[int, list[Message]] = defaultdict(list)
    for message in Message.objects.filter(delivery=None, person__in=people).order_by("id"):
        waiting[message.person].append(message)
    ended = _ended(message.appointment for some in waiting.values() for message in some)
    ways_of = ways.of(waiting)
    made = 0
    for person, messages in waiting.items():
        stays = [message.id for message in messages if message.appointment in ended]
        _put(stays, INBOX)
        if not ways_of[person].quiet(now):
            meant = [one for one in messages if one.appointment not in ended]
            made += _of_one(person, _today(meant, now, calendars), ways_of[person], now)
    return made


def _today(messages: list[Message], now: dt.datetime, calendars: Calendars) -> list[Message]:
    """Those that do not wait for the next working day of the organisation that they are about."""
    return [one for one in messages if one.urgent or not quiet.day_off(now, one.organisation, calendars)]


def _of_one(person: int, messages: list[Message], how: Ways, now: dt.datetime) -> int:
    """A person's digest of the day or, when it is out already, what is urgent."""
    if not messages:
        return 0
    if not how.channels:
        _put([message.id for message in messages], INBOX)
        return 0
    urgent = [message for message in messages if message.urgent]
    candidates = [(f"digest:{person}:{timezone.localdate(now).isoformat()}", messages)]
    if urgent:
        candidates.append((f"urgent:{urgent[0].id}", urgent))
    for key, some in candidates:
        delivery = _begun(key, some, how, now)
        if delivery is not None:
            _put([message.id for message in some], delivery)
            return 1
    return 0


def _begun(key: str, messages: list[Message], how: Ways, now: dt.datetime) -> int | None:
    """A new delivery, or None where this one was begun before."""
    first, at = messages[0], connection.ops.adapt_datetimefield_value(now)
    urgent = any(message.urgent for message in messages)
    row = (key, first.person, first.organisation, urgent, how.channels[0].name, at, at)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
        made = cursor.fetchone()
    return made[0] if made else None


def _put(messages: list[int], delivery: int) -> None:
    if messages:
        Message.objects.filter(id__in=messages).update(delivery=delivery)


def _ended(appointments: Iterator[int]) -> set[int]:
    """Whoever has left a role is not written to about it any more."""
    wanted = set(appointments)
    return wanted - set(Appointment.objects.filter(id__in=wanted, until=None).values_list("id", flat=True))
