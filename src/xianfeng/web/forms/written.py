"""Between what people type and what the ledger takes, one way and the other.

People write 1,204, １２０４, 12人, 3.2万 and 2010年8月30日. The ledger refuses all of them, rightly: a file must not be
guessed at. Somebody who types into a page sees what became of it before it is filed, so here they are understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

_TIMES: Mapping[str, int] = {"万": 4, "亿": 8, "千": 3, "百": 2}
_NUMBER = re.compile(r"(?P<digits>[+-]?\d[\d,]*(?:\.\d+)?|[+-]?\.\d+)\s*(?P<times>[百千万亿]?)\s*(?P<unit>\D*)")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_PLAIN_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MOMENT = re.compile(r"(?P<day>.+?)[T\s日]\s*(?P<time>\d{1,2}[:：]\d{2})(?::\d{2})?(?:[+-]\d{2}:\d{2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})*(\.\d+)?")


def number(text: str, field: Field) -> str:
    """A number without separators and its own unit; anything else as it was typed, for the ledger to refuse."""
    said = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if said is None or not _is_unit(said["unit"], field):
        return text
    digits = said["digits"]
    if "," in digits and not _GROUPED.fullmatch(digits):
        return text
    try:
        scaled = Decimal(digits.replace(",", "")).scaleb(_TIMES.get(said["times"], 0))
    except InvalidOperation:
        return text
    return format(scaled, "f")


def day(text: str) -> str:
    """A date in ISO form, if it is one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    said = _DATE.fullmatch(plain) or _PLAIN_DATE.fullmatch(plain)
    return f"{said[1]}-{int(said[2]):02}-{int(said[3]):02}" if said else text.strip()


def moment(text: str) -> str:
    said = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"{day(said['day'])} {said['time'].replace('：', ':').zfill(5)}" if said else text


def taken(field: Field, text: str) -> str:
    """What the ledger is handed for one typed text."""
    match field.type:
        case FieldType.INTEGER | FieldType.DECIMAL | FieldType.MONEY | FieldType.PERCENT | FieldType.TALLY:
            return number(text, field)
        case FieldType.DATE:
            return day(text)
        case FieldType.DATETIME:
            return moment(text)
        case _:
            return text


def shown(field: Field, value: Any) -> str:
    """A canonical value as it is typed: what a form that is filled already begins with."""
    match field.type:
        case FieldType.MONEY | FieldType.DECIMAL | FieldType.PERCENT:
            return _without_zeros(str(value))
        case FieldType.DATETIME:
            return str(value)[: len("2010-08-30T14:30")]
        case FieldType.BOOLEAN:
            return "true" if value else "false"
        case _:
            return str(value)


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_unit(text: str, field: Field) -> bool:
    if not text:
        return True
    own = {field.unit, "%"} if field.type is FieldType.PERCENT else {field.unit}
    return text in own or (field.type is FieldType.MONEY and text in ("元", "圆"))
