"""Images as canonical text, each part written once however many columns and entries it stands in.

A record that was filed, submitted and reviewed has one set of values in six places, and the records of an organisation
have most of an entry's body in common. Writing them is most of what bulk filing does, so the texts of the last values
written are kept, and the bodies with a place for what is the record's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from xianfeng import canonical
from xianfeng.canonical import Written

IDENTITY = ("kind", "register", "organisation", "place")
STANDING = ("state", "level", "holder", "subject", "reviewer")
Heading = tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]  # what a record is, how it stood, how it stands


class Scribe:
    """Writes the images of one kind; `figures` are the fields that postings carry."""

    def __init__(self, figures: Collection[str]) -> None:
        self._figures = figures
        self._last: Mapping[str, Any] | None = None
        self._values = "{}"
        self._fields = self._begun = Written("{}")

    def values(self, values: Mapping[str, Any]) -> str:
        """All of a record's values."""
        self._write(values)
        return self._values

    def fields(self, values: Mapping[str, Any]) -> Written:
        """Those that figures may count."""
        self._write(values)
        return self._fields

    def begun(self, values: Mapping[str, Any]) -> Written:
        """The changes of the entry that files them: from nothing to each."""
        self._write(values)
        return self._begun

    def _write(self, values: Mapping[str, Any]) -> None:
        if values is self._last:
            return
        self._last = values
        each, counted, begun, figures = [], [], [], self._figures
        for name, key in canonical.keys(values):
            text = canonical.dumps(values[name])
            member = key + text
            each.append(member)
            begun.append(f"{key}[null,{text}]")
            if name in figures:
                counted.append(member)
        self._values, self._fields, self._begun = _object(each), Written(_object(counted)), Written(_object(begun))


def _object(members: Iterable[str]) -> str:
    return f"{{{','.join(members)}}}"


def days(entered: Mapping[str, str]) -> Written:
    """When each state was entered; the same few texts for a whole file."""
    return _days(tuple(entered.items()))


def entry_body(acting: int | None, heading: Heading, own: Mapping[str, Any]) -> Written:
    """An entry's body: what it shares with many others, and what is its record's own."""
    texts = [canonical.dumps(own[key]) for key, _ in canonical.keys(own)]
    return Written(_frame(acting, heading, tuple(own)) % tuple(texts))


@lru_cache(maxsize=16_384)
def _frame(acting: int | None, heading: Heading, own: tuple[str, ...]) -> str:
    identity, before, after = heading
    shared: dict[str, Any] = dict(zip(IDENTITY, identity, strict=True))
    shared |= {name: [old, new] for name, old, new in zip(STANDING, before, after, strict=True) if old != new}
    if acting is not None:
        shared["acting"] = acting
    return canonical.frame(shared, own)


@lru_cache(maxsize=65_536)
def _days(entered: tuple[tuple[str, str], ...]) -> Written:
    return Written(canonical.dumps(dict(entered)))
