"""The one way to tell somebody something: it stands in the inbox at once, and goes out by the channels later.

Nothing is sent here, so whoever posts waits for no channel. The same topic is told to the same appointment once,
however often it is posted; what is posted at once and says the same of several is one message that names them. A
hundred thousand escalations give way to whoever files meanwhile: each transaction is short, and after it the database
is left alone for longer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.log import bulk
from xianfeng.messages import recipients, words
from xianfeng.messages.recipients import Recipient
from xianfeng.registry import tree
from xianfeng.sentences import say, together

_BATCH = 1_000  # notes whose recipients are looked up at once
_FIRST, _LEAST, _MOST = 50, 10, 1_000  # rows a transaction: at first, and between which it is fitted to `_TURN`
_TURN = 0.003  # seconds a transaction should last: less than a filing, which on SQLite waits for its end
_MOST_NAMED = 3  # organisations of which one message tells; of the rest, how many
_REST = 3  # times as long as it lasted: whoever waits looks again at intervals, and must find the database free
_INSERT = (
    "INSERT INTO messaging_message (key, organisation, appointment, person, step, urgent, words, link, at) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING"
)


@dataclass(frozen=True, kw_only=True)
class Note:
    """What is told. `appointment` None: everybody who does the organisation's work, at its own desk.

    `topic` tells this from everything else that is ever told: the duty and the step, the record and the move. Of an
    appointment that has ended the desk is told, and where nobody acts there, the nearest desk above, which is told so.
    `all`: where everything stands of which somebody is told the same words; '' for what is told by itself.
    """

    topic: str
    words: str  # a `say`
    link: str
    organisation: int
    appointment: int | None = None
    step: str = ""
    urgent: bool = False
    all: str = ""


_Told = tuple[Note, Recipient]


def post(notes: Sequence[Note], *, now: dt.datetime) -> int:
    """Tell; how many messages that makes which were not there before.

    Within the caller's transaction if there is one, else some at a time: killed between, it is simply posted
    again.
    """
    insert = _insert if connection.in_atomic_block else _Giving().insert
    return sum(insert(list(_rows(some, now))) for some in bulk.batched(notes, _BATCH))


def _insert(rows: Sequence[bulk.Row]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
        made: int = cursor.rowcount
    return made


class _Giving:
    """Inserts in short turns, as many rows in each as fit into it, and rests between them."""

    def __init__(self) -> None:
        self._rows = _FIRST

    def insert(self, rows: Sequence[bulk.Row]) -> int:
        made, left = 0, rows
        while left:
            part, left = left[: self._rows], left[self._rows :]
            began = time.perf_counter()
            made += _insert(part)
            lasted = time.perf_counter() - began
            if len(part) == self._rows:
                self._rows = min(max(int(self._rows * _TURN / lasted), self._rows // 2, _LEAST), self._rows * 2, _MOST)
            if left or len(rows) == _BATCH:
                time.sleep(lasted * _REST)
        return made


def _rows(notes: Sequence[Note], now: dt.datetime) -> Iterator[bulk.Row]:
    day = timezone.localdate(now)
    held = recipients.holding(note.appointment for note in notes if note.appointment)
    without = {note.organisation for note in notes if note.appointment is None or note.appointment not in held}
    acting = recipients.of(without)
    names = _names(acting, day)
    at = connection.ops.adapt_datetimefield_value(now)
    for some in _together(_pairs(notes, held, acting)):
        note, one = some[0]
        said, link = words.kept(_said(some, names)), note.link if len(some) == 1 else note.all
        yield _key(some), one.organisation, one.appointment, one.person, note.step, note.urgent, said, link, at


def _pairs(
    notes: Sequence[Note], held: Mapping[int, Recipient], acting: Mapping[int, Sequence[Recipient]]
) -> Iterator[_Told]:
    for note in notes:
        direct = held.get(note.appointment or 0)
        for one in (direct,) if direct else acting[note.organisation]:
            yield note, one


def _together(told: Iterable[_Told]) -> Iterable[Sequence[_Told]]:
    """What says the same to the same appointment, in the order in which the first of it was posted."""
    found: dict[tuple[object, ...], list[_Told]] = defaultdict(list)
    for note, one in told:
        own, vacant = one.organisation == note.organisation, one.instead_of is not None
        same = (note.words, note.step, note.urgent, note.all, own, vacant) if note.all else (note.topic,)
        found[one.appointment, *same].append((note, one))
    return found.values()


def _key(some: Sequence[_Told]) -> str:
    topics, appointment = sorted(note.topic for note, _ in some), some[0][1].appointment
    if len(some) == 1:
        return f"{topics[0]}:{appointment}"
    return f"several:{hashlib.sha256(chr(10).join(topics).encode()).hexdigest()[:32]}:{appointment}"


def _names(acting: dict[int, tuple[Recipient, ...]], day: dt.date) -> dict[int, str]:
    """Of the organisations for which others than their own people are told."""
    others = {number for number, some in acting.items() for one in some if one.organisation != number}
    return {number: node.name for number, node in tree.named(others, day).items()} if others else {}


def _said(some: Sequence[_Told], names: Mapping[int, str]) -> str:
    note, one = some[0]
    whose = list(dict.fromkeys(each.organisation for each, _ in some))
    told = note.words if len(some) == len(whose) else say("{told}共 {n} 项。", told=note.words, n=len(some))
    if one.instead_of is not None:
        return say("{name}现在无人任职，这件事转到您这里：{told}", name=_listed(whose, names), told=told)
    if one.organisation != note.organisation and note.organisation in names:
        return say("{name}：{told}", name=_listed(whose, names), told=told)
    return told


def _listed(organisations: Sequence[int], names: Mapping[int, str]) -> str:
    first = together((names[one] for one in organisations[:_MOST_NAMED]), by="、")
    if len(organisations) <= _MOST_NAMED:
        return first if len(organisations) > 1 else names[organisations[0]]
    return say("{names}等{n}个组织", names=first, n=len(organisations))
