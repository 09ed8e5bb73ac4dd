"""The one way to write an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Line:
    """A posting before it has a sequence number. `record` None: the record that this entry files."""

    sign: int
    record: int | None
    scheme: str
    kind: str
    organisation: int
    place: int
    subject: int | None
    day: dt.date
    state: str
    level: int
    reviewer: int | None
    entered: Mapping[str, str]
    fields: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry before it has a sequence number. `about` None: the entry begins a new thing, whose id is its seq."""

    stream: str
    action: str
    day: dt.date
    about: int | None = None
    scheme: str = ""
    on_behalf: int | None = None
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[Line, ...] = ()
