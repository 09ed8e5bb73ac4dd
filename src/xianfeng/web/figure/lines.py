"""A measure in one line: how its value and its target read, and how far it is, where it stands among others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext

from xianfeng.bulletins.numbers import floored, printed, spoken
from xianfeng.figures.aims import Standing, standing
from xianfeng.figures.interface import Figure, Query
from xianfeng.scheme.measuring import Coverage, Display, Growth, Measure, Ratio, Target
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
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
        return said(figure, printed(value, Display(style="percent", places=2)))
    for least, unit in _LARGE.get(style, ()):
        if abs(Decimal(value)) >= least:
            return said(figure, printed(value, Display(style=unit, places=4)))
    return said(figure, exact(value))


def said(figure: Figure, text: str) -> str:
    """What a figure comes to, on a page: of one that may be more, at least how much."""
    return translated(floored(text, is_floor=figure.is_floor))


def bar(label: str, figure: Figure) -> str:
    """The name of a bar whose figure may be more: a picture has no other words."""
    return gettext("%(name)s（至少）") % {"name": label} if figure.is_floor else label


def in_column(figure: Figure, measure: Measure) -> str:
    """A value among others of the same measure: every digit, so that the whole column is in one unit."""
    if figure.value is None or measure.show.style in SHARES:
        return in_table(figure, measure)
    return said(figure, exact(figure.value))


def in_full(figure: Figure, measure: Measure) -> str:
    """Every digit of a value, where its text in a table has fewer."""
    if figure.value is None:
        return ""
    share = measure.show.style in SHARES
    full = said(figure, spoken(Decimal(figure.value), measure.show, "") if share else exact(figure.value))
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

    @property
    def text(self) -> str:
        return in_table(self.figure, self.measure)

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
        return said(self.figure, f"{self.reached:.0%}")

    @property
    def standing(self) -> Standing | None:
        """None: there is no target, or nothing is reported."""
        return standing(self.figure, self.target)

    @property
    def is_behind(self) -> bool:
        """Whether a target is due and surely not reached, or a ceiling passed."""
        return self.standing is Standing.SHORT and (self.is_ceiling or self.is_due)

    @property
    def is_ceiling(self) -> bool:
        return self.target is not None and self.target.at_most

    @property
    def is_due(self) -> bool:
        due = self.target.due if self.target else None
        return due is not None and self.query.until >= due
