"""One text for one value (RFC 8785), so that two machines hash the same entry to the same bytes.

Texts are brought to Unicode NFC: two spellings of one name that look alike are one value. Decimals and days are written
as strings, since a JSON number is a binary float to most readers; a float is refused for the same reason, and so is a
whole number beyond 2**53.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

LARGEST = 2**53  # beyond it, JSON readers that use doubles lose digits

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False).encode


def dumps(value: Any) -> str:
    """The canonical JSON text of mappings, sequences, texts, whole numbers, decimals, days, moments, truth and None."""
    return _write(_plain(value))


def instant(moment: dt.datetime) -> str:
    """A moment in UTC to the microsecond: 2010-08-30T08:00:00.000000Z."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is not one moment")
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is int:
        if -LARGEST <= value <= LARGEST:
            return value
        raise ValueError(f"{value} is beyond 2**53: write it as text")
    if value is None or kind is bool:
        return value
    if kind is list or kind is tuple:
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return _mapping(value)
    return _scalar(value)


def _text(value: str) -> str:
    if value.isascii():
        return value
    value.encode()  # half of a surrogate pair is no text
    return unicodedata.normalize("NFC", value)


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"{key!r} is no text: a mapping has texts as keys")
        plain[_text(key)] = _plain(item)
    if len(plain) != len(value):
        raise ValueError("two keys are the same text in Unicode NFC")
    if all(map(str.isascii, plain)):
        return dict(sorted(plain.items()))
    return dict(sorted(plain.items(), key=lambda pair: pair[0].encode("utf-16-be")))


def _scalar(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no number")
        return format(value, "f")
    if isinstance(value, str):  # text-valued enumerations
        return _text(str(value))
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
