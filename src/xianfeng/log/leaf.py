"""What exactly is hashed of an entry: the same function when it is written and when it is verified.

A leaf is RFC 6962's hash of the canonical JSON of all the entry's columns, its dense index among them, so neither a
byte of an entry nor its place in the log can change unnoticed. The entry's postings enter by their own digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from xianfeng.log import merkle


class EntryRow(NamedTuple):
    """An entry's hashed columns as the database holds them; days and moments as canonical text, the digest as hex."""

    seq: int
    stream: str
    about: int
    action: str
    day: str
    at: str
    actor: str
    on_behalf: int | None
    scheme: str
    body: str
    postings: str


class PostingRow(NamedTuple):
    """A posting's columns as the database holds them; `entered` and `fields` are canonical JSON texts."""

    sign: int
    record: int
    scheme: str
    register: str
    organisation: int
    place: int
    subject: int | None
    day: str
    state: str
    level: int
    reviewer: int | None
    entered: str
    fields: str


def text_of(row: EntryRow) -> str:
    """The canonical JSON of an entry. `body` is canonical JSON already and stands in it as what it is."""
    seq, stream, about, action, day, at, actor, on_behalf, scheme, body, postings = row
    return (
        f'{{"about":{about:d},"action":{quoted(action)},"actor":{quoted(actor)},"at":{quoted(at)},"body":{body},'
        f'"day":{quoted(day)},"on_behalf":{_number(on_behalf)},"postings":{quoted(postings)},'
        f'"scheme":{quoted(scheme)},"seq":{seq:d},"stream":{quoted(stream)}}}'
    )


def leaf_of(row: EntryRow) -> bytes:
    return merkle.SHA256.leaf(text_of(row).encode())


def postings_digest(rows: Iterable[PostingRow]) -> bytes:
    """SHA-256 over the canonical JSON of an entry's postings in order; empty when it has none."""
    texts = [_posting_text(row) for row in rows]
    return hashlib.sha256(f"[{','.join(texts)}]".encode()).digest() if texts else b""


def _posting_text(row: PostingRow) -> str:
    sign, record, scheme, register, organisation, place, subject, day, state, level, reviewer, entered, fields = row
    return (
        f"[{sign:d},{record:d},{quoted(scheme)},{quoted(register)},{organisation:d},{place:d},{_number(subject)},"
        f"{quoted(day)},{quoted(state)},{level:d},{_number(reviewer)},{quoted(entered)},{quoted(fields)}]"
    )


def _number(value: int | None) -> str:
    return "null" if value is None else f"{value:d}"
