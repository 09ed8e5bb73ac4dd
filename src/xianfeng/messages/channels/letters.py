"""What a channel is handed: one text for one address, with a name that stays the same however often it is tried."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`id`: by it a receiver knows a letter that it has already."""

    id: str
    address: str
    title: str
    text: str
