"""Entries and postings exactly as the database holds them, for hashing.

Not through the ORM: it would read two texts of one moment alike, and stop at a day that is no day. Here a column of the
wrong type, or bytes that are no text, end in a row that is known by its number and cannot be hashed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from xianfeng.log.leaf import EntryRow, PostingRow, leaf_of, postings_digest

_PAGE = 4_000
_BEFORE_ALL = -(2**63)  # not 0: a forged entry may bear any number
_AFTER_ALL = 2**63 - 1
_TEXTS = {"stream", "action", "actor", "scheme", "body", "register", "state", "entered", "fields"}
_BLOBS = {"postings", "leaf"}


@dataclass(frozen=True)
class Hashed:
    """An entry as it stands, with what its columns and its postings hash to; None where they cannot be hashed."""

    seq: int
    row: tuple[Any, ...]
    leaf: bytes | None
    stored_leaf: bytes
    postings: bytes | None
    stored_postings: bytes

    @property
    def entry(self) -> EntryRow:
        return EntryRow(*self.row)


@dataclass(frozen=True)
class Stray:
    """Postings of an entry that is not there."""

    seq: int


def hashed(connection: BaseDatabaseWrapper, *, after: int = _BEFORE_ALL, size: int = _PAGE) -> Iterator[Hashed | Stray]:
    """Every entry after a number, in order, with the postings that belong to none; read `size` at a time."""
    reached = after
    while True:
        page = _page(connection, reached, size)
        last = page[-1][0] if page else None
        postings = _postings(connection, reached, last)
        for row in page:
            yield _hashed(row, postings.pop(row[0], []))
        for seq in sorted(postings):
            yield Stray(seq)
        if last is None or last <= reached:
            return
        reached = last


def _page(connection: BaseDatabaseWrapper, after: int, size: int) -> list[tuple[Any, ...]]:
    columns = ", ".join(_column(connection, name) for name in (*EntryRow._fields, "leaf"))
    with connection.cursor() as cursor:
        statement = f"SELECT {columns} FROM log_entry WHERE seq > %s ORDER BY seq LIMIT {size:d}"  # noqa: S608
        cursor.execute(statement, [after])
        return list(cursor.fetchall())


def _postings(connection: BaseDatabaseWrapper, after: int, last: int | None) -> dict[int, list[tuple[Any, ...]]]:
    """The postings of entries after … last, by entry; with no last, all that come later."""
    columns = ", ".join(_column(connection, name) for name in ("seq", *PostingRow._fields))
    statement = f"SELECT {columns} FROM log_posting WHERE seq > %s AND seq <= %s ORDER BY seq, id"  # noqa: S608
    found: dict[int, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [after, _AFTER_ALL if last is None else last])
        for seq, *row in cursor.fetchall():
            found.setdefault(seq, []).append(tuple(row))
    return found


def _hashed(row: tuple[Any, ...], postings: list[tuple[Any, ...]]) -> Hashed:
    seq, stored_leaf, stored_postings = row[0], _bytes(row[-1]), _bytes(row[-2])
    try:
        plain = _plain(row[:-1], EntryRow._fields)
        leaf = leaf_of(EntryRow(*plain))
    except (TypeError, ValueError):
        plain, leaf = row[:-1], None
    try:
        digest = postings_digest(PostingRow(*_plain(posting, PostingRow._fields)) for posting in postings)
    except (TypeError, ValueError):
        digest = None
    return Hashed(seq, plain, leaf, stored_leaf, digest, stored_postings)


def _plain(row: tuple[Any, ...], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(_value(name, value) for name, value in zip(names, row, strict=True))


def _value(name: str, value: Any) -> Any:
    if name in _TEXTS or name == "day":
        return value if type(value) is str else bytes(value).decode()
    if name == "at":
        return value if type(value) is str else _moment(bytes(value).decode())
    if name in _BLOBS:
        return bytes(value).hex()
    return value


def _moment(text: str) -> str:
    if text[10:11] != " ":
        raise ValueError("not the text that was written")
    return f"{text[:10]}T{text[11:]}Z"


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else bytes(value) if isinstance(value, memoryview) else b""


def _column(connection: BaseDatabaseWrapper, name: str) -> str:
    """On SQLite the bytes of texts and no other type, since its columns take any; on PostgreSQL days as text."""
    if connection.vendor == "postgresql":
        forms = {
            "day": "to_char(day, 'YYYY-MM-DD')",
            "at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
        }
        return forms.get(name, name)
    if name in _TEXTS or name in ("day", "at"):
        return f"CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) END"
    if name in _BLOBS:
        return f"CASE typeof({name}) WHEN 'blob' THEN {name} END"
    return f"CASE WHEN typeof({name}) IN ('integer', 'null') THEN {name} ELSE 'no number' END"
