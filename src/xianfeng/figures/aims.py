"""Where a figure stands towards a target: what is at least so much may be enough, and is not called short."""

from __future__ import annotations

from enum import StrEnum

from xianfeng.figures.interface import Figure
from xianfeng.scheme.measuring import Target


class Standing(StrEnum):
    MET = "met"
    SHORT = "short"  # of a target, or above a ceiling
    UNKNOWN = "unknown"  # at least so much is below it: more may be on the other side


def standing(figure: Figure, target: Target | None) -> Standing | None:
    """None: there is no target, or nothing is reported."""
    if target is None or target.value is None or figure.value is None:
        return None
    if target.at_most:
        if figure.value > target.value:
            return Standing.SHORT
        return Standing.UNKNOWN if figure.is_floor else Standing.MET
    if figure.value >= target.value:
        return Standing.MET
    return Standing.UNKNOWN if figure.is_floor else Standing.SHORT
