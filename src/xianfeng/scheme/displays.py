"""Which ways of printing suit which values: one rule for a scheme's `show:` and for a template's `show=`.

A style that does not suit its value prints something else than was counted: five battles as 500%, one post as 所有.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from xianfeng.scheme.measuring import Coverage, Growth, Latest, Measure, Ratio, Sum
from xianfeng.scheme.nodes import Constant, Kind
from xianfeng.scheme.types import FieldType

Quantity = Literal["coverage", "share", "whole", "amount"]

SUITED: Mapping[Quantity, frozenset[str]] = {
    "coverage": frozenset({"plain", "percent", "all_or_percent"}),
    "share": frozenset({"plain", "percent"}),  # a growth of 100% is not 所有
    "whole": frozenset({"plain", "wan", "yi", "lower_bound", "words"}),
    "amount": frozenset({"plain", "wan", "yi", "lower_bound"}),  # 2.5 has no words
}
TITLES: Mapping[Quantity, tuple[str, str]] = {
    "coverage": ("覆盖率", "a coverage"),
    "share": ("比率", "a share"),
    "whole": ("数量", "a quantity"),
    "amount": ("带小数的数量", "a quantity with decimals"),
}
WORDS: Mapping[str, frozenset[str]] = {
    "lower_bound": frozenset({"多", "余"}),
    "all_or_percent": frozenset({"所有", "各"}),
}
MOST_PLACES = 6
_DECIMALS = (FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT)


def of_measure(measure: Measure, kinds: Mapping[str, Kind]) -> Quantity:
    match measure:
        case Coverage():
            return "coverage"
        case Ratio() | Growth():
            return "share"
        case Sum() | Latest() if measure.kind in kinds:
            field = kinds[measure.kind].fields.get(measure.field)
            return "amount" if field is not None and field.type in _DECIMALS else "whole"
    return "whole"


def of_constant(constant: Constant) -> Quantity:
    """A part of one without a unit is a share; 1 is one of something, and never all of it."""
    if not constant.unit and 0 < constant.value < 1:
        return "share"
    return of_number(constant.value)


def of_number(value: Decimal | int) -> Quantity:
    return "whole" if value == int(value) else "amount"
