"""The one way to tell somebody something: it stands in the inbox at once, and goes out by the channels later.

Nothing is sent here, so whoever posts waits for no channel. The same topic is told to the same appointment once,
however often it is posted.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.log import bulk
from xianfeng.messages import recipients, words
from xianfeng.messages.recipients import Recipient
from xianfeng.registry import tree
from xianfeng.sentences import say

_BATCH = 1_000  # notes whose recipients are looked up at once
_TURN = 50  # rows a transaction on SQLite, where whoever files waits for it to end
_REST = 0.003  # seconds between two such: whoever waits there looks again at intervals, and must find it free
_INSERT = (
    "INSERT INTO messaging_message (key, organisation, appointment, person, step, urgent, words, link, at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING"
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """What is told. `appointment` None: everybody who does the organisation's work, at its own desk.

    `topic` tells this from everything else that is ever told: the duty and the step, the record and the move. Of an
    appointment that has ended the desk is told, and where nobody acts there, the nearest desk above, which is told so.
    """

    topic: str
    words: str  # a `say`
    link: str
    organisation: int
    appointment: int | None = None
    step: str = ""
    urgent: bool = False


def post(notes: Sequence[Note], *, now: dt.datetime) -> int:
    """Tell; how many messages that makes which were not there before.

    Within the caller's transaction if there is one, else some at a time: killed between, it is simply posted
    again.
    """
    made = 0
    for some in bulk.batched(notes, _BATCH):
        rows = list(_rows(some, now))
        for part in bulk.batched(rows, _TURN if connection.vendor == "sqlite" else _BATCH):
            made += _insert(part)
    return made


def _insert(rows: list[bulk.Row]) -> int:
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
        made: int = cursor.rowcount
    if alone and connection.vendor == "sqlite":
        time.sleep(_REST)
    return made


def _rows(notes: Sequence[Note], now: dt.datetime) -> Iterator[bulk.Row]:
    day = timezone.localdate(now)
    held = recipients.holding(note.appointment for note in notes if note.appointment)
    without = {note.organisation for note in notes if note.appointment is None or note.appointment not in held}
    acting = recipients.of(without)
    names = _names(acting, day)
    at = connection.ops.adapt_datetimefield_value(now)
    for note in notes:
        direct = held.get(note.appointment or 0)
        for one in (direct,) if direct else acting[note.organisation]:
            said = words.kept(_told(note, one, names))
            key = f"{note.topic}:{one.appointment}"
            yield key, one.organisation, one.appointment, one.person, note.step, note.urgent, said, note.link, at


def _names(acting: dict[int, tuple[Recipient, ...]], day: dt.date) -> dict[int, str]:
    """Of the organisations for which others than their own people are told."""
    others = {number for number, some in acting.items() for one in some if one.organisation != number}
    return {number: node.name for number, node in tree.named(others, day).items()} if others else {}


def _told(note: Note, one: Recipient, names: dict[int, str]) -> str:
    if one.instead_of is not None:
        return say("{name}现在无人任职，这件事转到您这里：{told}", name=names[one.instead_of], told=note.words)
    if one.organisation != note.organisation and note.organisation in names:
        return say("{name}：{told}", name=names[note.organisation], told=note.words)
    return note.words
