"""One text for one value (RFC 8785), so that two machines hash the same entry to the same bytes.

Texts are brought to Unicode NFC: two spellings of one name that look alike are one value. Decimals and days are written
as strings, since a JSON number is a binary float to most readers; a float is refused for the same reason, and so is a
whole number beyond 2**53. Written by hand because it stands on the path of every entry: the standard encoder would want
a checked and sorted copy first.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as quoted  # escapes exactly what RFC 8785 escapes
from typing import Any

LARGEST = 2**53  # beyond it, JSON readers that use doubles lose digits


class Written(str):
    """Canonical JSON already: it stands in a larger text as it is."""

    __slots__ = ()


def dumps(value: Any) -> str:
    """The canonical JSON text of mappings, sequences, texts, whole numbers, decimals, days, moments, truth and None."""
    kind = type(value)
    if kind is str:
        return quoted(value) if value.isascii() else quoted(composed(value))
    if kind is Written:
        return str(value)
    if kind is int and -LARGEST <= value <= LARGEST:
        return repr(value)
    if kind is dict:
        return _mapping(value)
    if kind is list or kind is tuple:
        return f"[{','.join([dumps(item) for item in value])}]"
    return _rarer(value)


def keys(mapping: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """A mapping's keys in canonical order, each with the text that stands before its value."""
    return _ordered(tuple(mapping))


def member(key: str, value: Any) -> str:
    """How a member stands in a mapping's text, to find it there; after a number more digits may follow."""
    return f"{dumps(key)}:{dumps(value)}"


def frame(fixed: Mapping[str, Any], left: Collection[str]) -> str:
    """A mapping's canonical JSON with a place (%s) left for the texts of some members, in the order of their keys.

    For what is written by the hundred thousand and differs in a member or two.
    """
    members = []
    for key, written in keys({**fixed, **dict.fromkeys(left)}):
        escaped = written.replace("%", "%%")
        members.append(escaped + (dumps(fixed[key]).replace("%", "%%") if key in fixed else "%s"))
    return f"{{{','.join(members)}}}"


def instant(moment: dt.datetime) -> str:
    """A moment in UTC to the microsecond: 2010-08-30T08:00:00.000000Z."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is not one moment")
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def composed(value: str) -> str:
    """A text in the one spelling that is kept (NFC). Half of a surrogate pair is no text: UnicodeEncodeError."""
    value.encode()
    return unicodedata.normalize("NFC", value)


def _mapping(value: Mapping[str, Any]) -> str:
    members = []
    for key, written in _ordered(tuple(value)):
        item = value[key]  # most are plain texts, small numbers or written already: spare them the call
        kind = type(item)
        if kind is Written:
            members.append(written + item)
        elif kind is str and item.isascii():
            members.append(written + quoted(item))
        elif kind is int and -LARGEST <= item <= LARGEST:
            members.append(f"{written}{item}")
        else:
            members.append(written + dumps(item))
    return f"{{{','.join(members)}}}"


@lru_cache(maxsize=1024)
def _ordered(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Keys in their order, each with the text before its value: the same few come with every entry and record."""
    if not all(isinstance(key, str) for key in keys):
        raise TypeError(f"{keys!r} are not all texts: only a text can be a key")
    spelt = {composed(key): key for key in keys}
    if len(spelt) != len(keys):
        raise ValueError("two keys are the same text in Unicode NFC")
    return tuple((spelt[key], f"{quoted(key)}:") for key in sorted(spelt, key=lambda key: key.encode("utf-16-be")))


def _rarer(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is int:
        raise ValueError(f"{value} is beyond 2**53: write it as text")
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, (list, tuple)):
        return dumps(list(value))
    return quoted(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):  # text-valued enumerations
        return composed(str(value))
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    raise TypeError(f"{value!r} has no canonical form")
