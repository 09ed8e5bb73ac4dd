"""Numbers as people read them: nothing of a number is ever lost by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xianfeng import amounts


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("0.00", "0"),
        ("9999.50", "9,999.5"),
        ("10000.00", "1万"),
        ("45000", "4.5万"),
        ("12345.67", "12,345.67"),
        ("139000000.00", "1.39亿"),
        ("636100000000", "6,361亿"),
        ("139000001.00", "139,000,001"),
        ("-139000000", "-1.39亿"),
    ],
)
def test_large_amounts(value: str, told: str) -> None:
    assert amounts.large(Decimal(value)) == told


@pytest.mark.parametrize(
    ("value", "told"), [(0, "0"), (1234, "1,234"), (Decimal("21.00"), "21"), (Decimal("0.863636"), "0.863636")]
)
def test_every_digit(value: int | Decimal, told: str) -> None:
    assert amounts.exact(value) == told
