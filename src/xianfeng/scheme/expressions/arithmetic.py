"""Scales and bounds: what a result of arithmetic is, and whether it is sure to fit.

Every rule works on the largest magnitudes the operands can have, including the intermediate steps that the databases
compute, and refuses a formula that could pass 38 digits.
"""

from __future__ import annotations

from xianfeng.scheme.expressions.faults import Refused
from xianfeng.scheme.expressions.types import LARGEST_COMPUTED, MOST_PLACES, Sort, Type


def divide_half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to the quotient; halves away from zero."""
    quotient = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return quotient if (numerator < 0) == (denominator < 0) else -quotient


def aligned(*types: Type) -> tuple[int, tuple[int, ...]]:
    """The common scale of numbers that are added or compared, and the bounds at that scale."""
    scale = max(type_.scale for type_ in types)
    return scale, tuple(_fitting(type_.bound * 10 ** (scale - type_.scale)) for type_ in types)


def sum_(left: Type, right: Type) -> Type:
    scale, bounds = aligned(left, right)
    return _number(scale, sum(bounds))


def product(left: Type, right: Type) -> Type:
    return _rounded(left.scale + right.scale, left.bound * right.bound, MOST_PLACES)


def quotient(left: Type, right: Type) -> Type:
    """Always at the finest scale; the smallest denominator other than 0 is one unit of its scale."""
    largest = left.bound * quotient_power(left, right)
    _fitting(2 * largest + right.bound)
    return _number(MOST_PLACES, largest)


def quotient_power(left: Type, right: Type) -> int:
    """By what the scaled numerator is multiplied so that the quotient comes out at the finest scale."""
    return int(10 ** (MOST_PLACES + right.scale - left.scale))


def rounded(operand: Type, places: int) -> Type:
    return _rounded(operand.scale, operand.bound, places)


def widest(*types: Type) -> Type:
    """The number that holds any of these."""
    scale, bounds = aligned(*types)
    return _number(scale, max(bounds))


def _rounded(scale: int, bound: int, places: int) -> Type:
    if scale <= places:
        return _number(scale, bound)
    step = 10 ** (scale - places)
    _fitting(2 * bound + step)
    return _number(places, divide_half_up(bound, step))


def _number(scale: int, bound: int) -> Type:
    return Type(Sort.NUMBER, scale=scale, bound=_fitting(bound))


def _fitting(bound: int) -> int:
    if bound > LARGEST_COMPUTED:
        raise Refused(
            "overflow",
            f"结果可能达到 {len(str(bound))} 位数字，超过能精确计算的 38 位",
            "每个数最多 15 位；请少乘一项，先用 round(x, 0) 减少小数位，或改用“万元”等更大的单位。",
        )
    return bound
