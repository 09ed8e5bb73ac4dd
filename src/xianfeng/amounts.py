"""Exact numbers as people read them, on pages and on the console: grouped, and in 万 and 亿 where that loses nothing.

How an office rounds a number that it prints is the scheme's `show:` and a bulletin's affair; nothing is rounded here.
"""

from __future__ import annotations

from decimal import Decimal

_PLACES = 4  # of 万 and 亿: more can no longer be read at a glance
_LARGE = ((10**8, "亿"), (10**4, "万"))


def exact(value: int | Decimal) -> str:
    """Every digit, in groups of three; a fraction without trailing zeros."""
    if isinstance(value, Decimal):
        value = value.normalize()
        if value == value.to_integral_value():
            value = value.quantize(Decimal(1))
    return f"{value:,}"


def large(value: Decimal) -> str:
    """139000000.00 → 1.39亿; every digit where 万 and 亿 would lose some, and below 一万."""
    for unit, name in _LARGE:
        if abs(value) >= unit:
            short = (value / unit).quantize(Decimal(1).scaleb(-_PLACES))
            return f"{exact(short)}{name}" if short * unit == value else exact(value)
    return exact(value)
