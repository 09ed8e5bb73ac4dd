"""Matters like this one, for whoever handles it: of those that he may read himself."""

from __future__ import annotations

from dataclasses import dataclass

from xianfeng.ledger.models import Record
from xianfeng.matters import duplicates, intake
from xianfeng.web.scope import Scope

_SHORT = 60  # characters


@dataclass(frozen=True)
class Like:
    number: int
    words: str
    share: int  # of 100


def alike(record: Record, seen: Scope) -> tuple[Like, ...]:
    if not intake.words(record) or not seen.reader.signed_in or not seen.full(record):
        return ()
    rows = seen.records_in_full(duplicates.near(record))
    return tuple(Like(one.record.id, one.text[:_SHORT], one.share) for one in duplicates.alike(record, rows))
