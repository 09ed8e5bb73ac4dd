"""A measure in one line: how its value and its target read, and how far it is, where it stands among others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext

from xianfeng.bulletins.numbers import printed, spoken
from xianfeng.figures.interface import Figure, Query
from xianfeng.scheme.measuring import Coverage, Display, Growth, Measure, Ratio, Target
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.templatetags.xianfeng import exact

_LARGE: Mapping[str, tuple[tuple[int, Literal["yi", "wan"]], ...]] = {
    "yi": ((10**8, "yi"), (10**4, "wan")),
    "wan": ((10**4, "wan"),),
}
SHARES = ("percent", "all_or_percent")


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


def floored(text: str, is_floor: bool) -> str:
    """The words of a value that may be more."""
    return gettext("至少 %(n)s") % {"n": text} if text and is_floor else text


def in_column(figure: Figure, measure: Measure) -> str:
    """A value among others of the same measure: every digit, so that the whole column is in one unit."""
    if figure.value is None or measure.show.style in SHARES:
        return in_table(figure, measure)
    return exact(figure.value)


def in_full(figure: Figure, measure: Measure) -> str:
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


class Verdict(StrEnum):
    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    DUE = "due"  # and not reached
    WITHIN = "within"  # a ceiling
    ABOVE = "above"


@dataclass(frozen=True)
class MeasureLine:
    """A measure at a place and a time: its figure, and where it stands towards its target."""

    measure: Measure
    query: Query
    figure: Figure
    link: str
    flows: bool
    target: Target | None  # the one that holds at this place
    beside: str = ""  # what it is not shown without, in words
    is_floor: bool = False  # it may be more

    @property
    def text(self) -> str:
        return floored(in_table(self.figure, self.measure), self.is_floor)

    @property
    def exact(self) -> str:
        """Every digit, where the text has fewer."""
        return in_full(self.figure, self.measure)

    @property
    def aim(self) -> str:
        """The target in words."""
        return target_text(self.measure, self.target)

    @property
    def lack(self) -> Decimal:
        """The part of those who owe it that has not reported."""
        return Decimal(self.figure.missing or 0) / (self.figure.expected or 1)

    @property
    def goal(self) -> Decimal | None:
        return self.target.value if self.target else None

    @property
    def reached(self) -> Decimal:
        """As a part of the target; nothing reported is nothing reached."""
        return Decimal(self.figure.value or 0) / self.goal if self.goal else Decimal(1)

    @property
    def reached_text(self) -> str:
        return f"{self.reached:.0%}"

    @property
    def verdict(self) -> Verdict | None:
        """None: there is no target, or nothing is reported."""
        target, value = self.target, self.figure.value
        if target is None or target.value is None or value is None:
            return None
        if target.at_most:
            return Verdict.WITHIN if value <= target.value else Verdict.ABOVE
        if value >= target.value:
            return Verdict.REACHED
        due = target.due is not None and self.query.until >= target.due
        return Verdict.DUE if due else Verdict.ON_THE_WAY
