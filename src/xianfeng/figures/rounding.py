"""Shares at a fixed scale, in whole numbers: no engine may differ in the last digit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

SCALE = 6


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """part ÷ whole at scale 6, half away from zero; None when the whole is 0."""
    if whole == 0:
        return None
    exact = Fraction(part) / Fraction(whole) * 10**SCALE
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return Decimal(size if exact >= 0 else -size).scaleb(-SCALE)
