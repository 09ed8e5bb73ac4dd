"""A measure or a record in one line: how its value, target and day read where they stand among others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext

from xianfeng.bulletins.numbers import printed, spoken
from xianfeng.figures.interface import Figure
from xianfeng.scheme.nodes import Coverage, Display, Growth, Measure, Ratio, Scheme, Target
from xianfeng.web.templatetags.xianfeng import exact

_LARGE: Mapping[str, tuple[tuple[int, Literal["yi", "wan"]], ...]] = {
    "yi": ((10**8, "yi"), (10**4, "wan")),
    "wan": ((10**4, "wan"),),
}
SHARES = ("percent", "all_or_percent")


@dataclass(frozen=True)
class MeasureLine:
    name: str
    title: str
    text: str
    exact: str  # every digit, where the text has fewer
    unit: str
    figure: Figure
    target: str


def in_table(figure: Figure, measure: Measure) -> str:
    """A value among others, in the unit that its office prints: a bulletin's words and its own rounding are for
    sentences."""
    value, style = figure.value, measure.show.style
    if value is None:
        return ""
    if style in SHARES:
        return printed(value, Display(style="percent", places=2))
    for least, unit in _LARGE.get(style, ()):
        if abs(Decimal(value)) >= least:
            return printed(value, Display(style=unit, places=4))
    return exact(value)


def behind(figure: Figure, measure: Measure) -> str:
    """Every digit of a value, where its text in a table has fewer."""
    if figure.value is None:
        return ""
    share = measure.show.style in SHARES
    full = spoken(Decimal(figure.value), measure.show, "") if share else exact(figure.value)
    return "" if full == in_table(figure, measure) else full


def target_at(scheme: Scheme, measure: Measure, code: str) -> Target | None:
    """The target that holds there: a share holds everywhere, a number is the whole campaign's and of no part of it."""
    target = measure.target
    if target is None or target.value is None:
        return None
    return target if code == scheme.at or isinstance(measure, Ratio | Coverage | Growth) else None


def target_text(measure: Measure, target: Target | None) -> str:
    if target is None or target.value is None:
        return ""
    words = f"{printed(target.value, target.show or measure.show)}{measure.unit}"
    return gettext("不超过 %(words)s") % {"words": words} if target.at_most else words
