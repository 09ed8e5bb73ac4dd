"""What exactly is hashed of an entry: the same function when it is written and when it is verified.

A leaf is RFC 6962's hash of the canonical JSON of all the entry's columns, its dense index among them, so neither a
byte of an entry nor its place in the log can change unnoticed. The entry's postings enter by their own digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from xianfeng.log import canonical, merkle


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
    kind: str
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
    on_behalf = "null" if row.on_behalf is None else f"{row.on_behalf:d}"
    return (
        f'{{"about":{row.about:d},"action":{quoted(row.action)},"actor":{quoted(row.actor)},"at":{quoted(row.at)},'
        f'"body":{row.body},"day":{quoted(row.day)},"on_behalf":{on_behalf},"postings":{quoted(row.postings)},'
        f'"scheme":{quoted(row.scheme)},"seq":{row.seq:d},"stream":{quoted(row.stream)}}}'
    )


def leaf_of(row: EntryRow) -> bytes:
    return merkle.SHA256.leaf(text_of(row).encode())


def postings_digest(rows: Iterable[PostingRow]) -> bytes:
    """SHA-256 over the canonical JSON of an entry's postings in order; empty when it has none."""
    lines = [list(row) for row in rows]
    return hashlib.sha256(canonical.dumps(lines).encode()).digest() if lines else b""
