"""The one way to write an entry.

The sequence is one row that every writer updates, so an append belongs at the end of its transaction: from there to the
commit nobody else can append. Bulk work is prepared first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import connection

from xianfeng import canonical
from xianfeng.canonical import Written
from xianfeng.log import bulk, counters
from xianfeng.log.actors import Actor
from xianfeng.log.leaf import EntryRow, PostingRow, leaf_of, postings_digest
from xianfeng.log.models import Entry, Posting


class Line(NamedTuple):
    """A posting before it has a sequence number. `record` None: the record that this entry files.

    A tuple, as a draft is: they are made by the hundred thousand, and a frozen dataclass takes five times as long.
    """

    sign: int
    record: int | None
    scheme: str
    register: str
    organisation: int
    place: int
    subject: int | None
    day: dt.date
    state: str
    level: int
    reviewer: int | None
    entered: Mapping[str, str] | Written
    fields: Mapping[str, Any] | Written


class Draft(NamedTuple):
    """An entry before it has a sequence number. `about` None: the entry begins a new thing, whose id is its seq."""

    stream: str
    action: str
    day: dt.date
    about: int | None = None
    scheme: str = ""
    on_behalf: int | None = None
    body: Mapping[str, Any] | Written = MappingProxyType({})
    lines: tuple[Line, ...] = ()


_ENTRY = ("seq", "stream", "about", "action", "day", "at", "actor", "on_behalf", "scheme", "body", "postings", "leaf")
_POSTING = ("seq", *PostingRow._fields)
_LAST = "SELECT seq, leaf FROM log_entry JOIN log_head ON value = seq WHERE name = %s"
_BATCH = 5_000  # drafts turned into rows at a time: a nation's import never stands in memory twice


def append(drafts: Sequence[Draft], *, by: Actor) -> range:
    """Write entries and their postings; the sequence numbers, in the order of the drafts.

    Only inside the caller's transaction, and last in it. All entries of one append bear one moment: when
    `by` acts, or else now.
    """
    numbers = counters.take(counters.ENTRIES, len(drafts))
    moment = by.moment.astimezone(dt.UTC)
    at, actor = canonical.instant(moment), by.ref
    kept = bulk.moment(moment)
    for first in range(0, len(drafts), _BATCH):
        batch = drafts[first : first + _BATCH]
        entries: list[bulk.Row] = []
        postings: list[bulk.Row] = []
        for seq, draft in zip(numbers[first : first + _BATCH], batch, strict=True):
            digest = b""
            if draft.lines:
                lines = [_posting(line, seq) for line in draft.lines]
                digest = postings_digest(lines)
                postings.extend([(seq, *line) for line in lines])
            row = _entry(draft, seq, at, actor, digest.hex())
            entries.append((*row[:5], kept, *row[6:10], digest, leaf_of(row)))
        bulk.insert(Entry, _ENTRY, entries)
        if postings:
            bulk.insert(Posting, _POSTING, postings)
    for stream, seq in {draft.stream: seq for seq, draft in zip(numbers, drafts, strict=True)}.items():
        counters.note(last_name(stream), seq)
    return numbers


def next_number() -> int:
    """The number that the next append of this transaction begins with; nobody else can append until it ends.

    For entries that name one another, or whose personal values must be kept under an id that the entry will begin.
    """
    return counters.take(counters.ENTRIES, 0).start


def head() -> int:
    """The last entry that this connection can see; 0 before the first."""
    return counters.reached(counters.ENTRIES)


def last_of(stream: str) -> tuple[int, bytes]:
    """The last entry of a stream that this connection can see, and its leaf; 0 before the first."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [last_name(stream)])
        row = cursor.fetchone()
    return (int(row[0]), bytes(row[1])) if row else (0, b"")


def last_name(stream: str) -> str:
    """By what its last entry is kept among the heads."""
    return f"@{stream}"


def _entry(draft: Draft, seq: int, at: str, actor: str, postings: str) -> EntryRow:
    stream, action, day, about, scheme, on_behalf, body, _ = draft
    about = seq if about is None else about
    return EntryRow(
        seq, stream, about, action, _day(day), at, actor, on_behalf, scheme, canonical.dumps(body), postings
    )


def _posting(line: Line, seq: int) -> PostingRow:
    sign, record, scheme, register, organisation, place, subject, day, state, level, reviewer, entered, fields = line
    return PostingRow(
        sign,
        seq if record is None else record,
        scheme,
        register,
        organisation,
        place,
        subject,
        _day(day),
        state,
        level,
        reviewer,
        canonical.dumps(entered),
        canonical.dumps(fields),
    )


def _day(day: dt.date) -> str:
    if type(day) is not dt.date:  # a moment is a date too, to Python; its text would not be a day's
        raise TypeError(f"{day!r} is no day")
    return day.isoformat()
