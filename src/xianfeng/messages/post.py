"""The one way to tell somebody something: it stands in the inbox at once, and goes out by the channels later.

Nothing is sent here, so whoever posts waits for no channel. The same topic is told to the same appointment once,
however often it is posted and with whatever else; what is posted at once and says the same of several is one message
that names them. A hundred thousand escalations give way to whoever files meanwhile: each transaction is short, and
after it the database is left alone for longer.
"""

from __future__ import annotations

import datetime as dt
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.log import bulk
from xianfeng.messages import recipients, words
from xianfeng.messages.models import Message
from xianfeng.messages.recipients import Recipient
from xianfeng.registry import tree
from xianfeng.sentences import say, together

_BATCH = 1_000  # notes whose recipients are looked up at once
_FIRST, _LEAST, _MOST = 50, 10, 1_000  # topics a transaction: at first, and between which it is fitted to `_TURN`
_TURN = 0.003  # seconds a transaction should last: less than a filing, which on SQLite waits for its end
_MOST_NAMED = 3  # organisations of which one message tells; of the rest, how many
_REST = 3  # times as long as it lasted: whoever waits looks again at intervals, and must find the database free
_CLAIM = "INSERT INTO messaging_topic (key) VALUES {places} ON CONFLICT (key) DO NOTHING RETURNING key"
_COLUMNS = ("organisation", "appointment", "person", "step", "urgent", "words", "link", "at")


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
_Same = Mapping[str, _Told]  # of which one message tells, by topic and appointment
_Row = Callable[[_Same], bulk.Row]
_Written = tuple[_Same, bulk.Row]


def post(notes: Sequence[Note], *, now: dt.datetime) -> int:
    """Tell; how many messages that makes which were not there before.

    Within the caller's transaction if there is one, else some at a time: killed between, it is simply posted
    again.
    """
    give = _give if connection.in_atomic_block else _Giving().give
    return sum(_post(some, now, give) for some in bulk.batched(notes, _BATCH))


def _post(notes: Sequence[Note], now: dt.datetime, give: Callable[[Sequence[_Written], _Row], int]) -> int:
    held = recipients.holding(note.appointment for note in notes if note.appointment)
    without = {note.organisation for note in notes if note.appointment is None or note.appointment not in held}
    acting = recipients.of(without)
    names = _names(acting, timezone.localdate(now))
    row = partial(_row, names=names, at=connection.ops.adapt_datetimefield_value(now))
    written = [(some, row(some)) for some in _together(_pairs(notes, held, acting))]  # before others have to wait
    return give(written, row)


def _give(messages: Sequence[_Written], row: _Row) -> int:
    """What was told before is left out of a message, and a message of which nothing is left."""
    with transaction.atomic():
        fresh = _claimed(key for some, _ in messages for key in some)
        rows = []
        for some, whole in messages:
            if left := {key: told for key, told in some.items() if key in fresh}:
                rows.append(whole if len(left) == len(some) else row(left))
        bulk.insert(Message, _COLUMNS, rows)
    return len(rows)


def _claimed(keys: Iterable[str]) -> set[str]:
    """Those of which nobody was told before: with this transaction they are told, and to nobody else's."""
    fresh: set[str] = set()
    with connection.cursor() as cursor:
        for some in bulk.batched(sorted(keys)):
            places = ", ".join(["(%s)"] * len(some))
            cursor.execute(_CLAIM.format(places=places), some)
            fresh.update(key for (key,) in cursor.fetchall())
    return fresh


class _Giving:
    """Gives in short turns, as many topics in each as fit into it, and rests between them."""

    def __init__(self) -> None:
        self._topics = _FIRST

    def give(self, messages: Sequence[_Written], row: _Row) -> int:
        topics = [0, *accumulate(len(some) for some, _ in messages)]  # before each message, and after the last
        made, at = 0, 0
        while at < len(messages):
            end = max(at + 1, bisect_right(topics, topics[at] + self._topics) - 1)
            began = time.perf_counter()
            made += _give(messages[at:end], row)
            lasted = time.perf_counter() - began
            turn = topics[end] - topics[at]
            if end < len(messages) or turn >= self._topics:
                least, most = max(self._topics // 2, _LEAST), min(self._topics * 2, _MOST)
                self._topics = min(max(int(turn * _TURN / lasted), least), most)
            if end < len(messages) or topics[-1] >= _BATCH:
                time.sleep(lasted * _REST)
            at = end
        return made


def _row(some: _Same, *, names: Mapping[int, str], at: object) -> bulk.Row:
    note, one = next(iter(some.values()))
    link = note.link if len(some) == 1 else note.all
    said = words.kept(_said(some, names))
    return one.organisation, one.appointment, one.person, note.step, note.urgent, said, link, at


def _pairs(
    notes: Sequence[Note], held: Mapping[int, Recipient], acting: Mapping[int, Sequence[Recipient]]
) -> Mapping[str, _Told]:
    found: dict[str, _Told] = {}
    for note in notes:
        direct = held.get(note.appointment or 0)
        for one in (direct,) if direct else acting[note.organisation]:
            found.setdefault(f"{note.topic}:{one.appointment}", (note, one))
    return found


def _together(pairs: Mapping[str, _Told]) -> Sequence[_Same]:
    """What says the same to the same appointment, in the order in which the first of it was posted."""
    found: dict[tuple[object, ...], dict[str, _Told]] = defaultdict(dict)
    for key, (note, one) in pairs.items():
        own, vacant = one.organisation == note.organisation, one.instead_of is not None
        same = (note.words, note.step, note.urgent, note.all, own, vacant) if note.all else (note.topic,)
        found[one.appointment, *same][key] = note, one
    return list(found.values())


def _names(acting: dict[int, tuple[Recipient, ...]], day: dt.date) -> dict[int, str]:
    """Of the organisations for which others than their own people are told."""
    others = {number for number, some in acting.items() for one in some if one.organisation != number}
    return {number: node.name for number, node in tree.named(others, day).items()} if others else {}


def _said(some: _Same, names: Mapping[int, str]) -> str:
    note, one = next(iter(some.values()))
    whose = list(dict.fromkeys(each.organisation for each, _ in some.values()))
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
