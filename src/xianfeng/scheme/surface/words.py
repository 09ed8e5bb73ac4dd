"""The small syntaxes inside a value: '5 workdays', 'entered(published)', 'economy.revenue'."""

from __future__ import annotations

import re
from decimal import Decimal

from xianfeng.scheme.inspecting import Size
from xianfeng.scheme.measuring import Dating
from xianfeng.scheme.obliging import Rung, Span
from xianfeng.scheme.surface.shapes import is_name

SPAN = r"[1-9]\d{0,3} (minute|hour|day|workday|month|work minute|work hour)s?"
RUNG = rf"{SPAN} (before|after)"
DATING = r"date|entered\(\w+\)|\w+"
KIND_FIELD = r"\w+\.\w+"
SIZE = r"(0|[1-9]\d{0,5})|(100|[1-9]\d?)%"
TARGET = r"-?(0|[1-9]\d*)(\.\d+)?|\w+(\.\w+)?"


def span(text: str) -> Span | None:
    if not re.fullmatch(SPAN, text):
        return None
    amount, unit = text.removesuffix("s").split(" ", 1)
    return Span(amount=int(amount), unit=f"{unit.replace(' ', '_')}s")  # type: ignore[arg-type]


def rung(text: str) -> Rung | None:
    """'3 workdays before', '1 workday after'."""
    amount, _, side = text.rpartition(" ")
    length = span(amount) if side in ("before", "after") else None
    return Rung(span=length, after=side == "after") if length else None


def size(text: str) -> Size | None:
    """'4', '10%'."""
    if not re.fullmatch(SIZE, text):
        return None
    return Size(number=int(text.removesuffix("%")), percent=text.endswith("%"))


def dating(text: str) -> Dating | None:
    if text == "date":
        return Dating()
    entered = re.fullmatch(r"entered\((\w+)\)", text)
    if entered:
        return Dating(by="entered", name=entered[1])
    return Dating(by="field", name=text) if is_name(text) else None


def kind_field(text: str) -> tuple[str, str] | None:
    kind, dot, field = text.partition(".")
    return (kind, field) if dot and is_name(kind) and is_name(field) else None


def target(text: str) -> Decimal | tuple[str, str] | str | None:
    """A number, a (kind, field), or the name of a constant."""
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?", text):
        return Decimal(text)
    return text if is_name(text) else kind_field(text)
