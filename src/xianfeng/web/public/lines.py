"""A measure or a record in one line: how its value, target and day read where they stand among others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.bulletins.numbers import printed
from xianfeng.figures.interface import Figure
from xianfeng.scheme.nodes import Coverage, Display, Growth, Measure, Ratio, Scheme, Target
from xianfeng.web.templatetags.xianfeng import exact

SHARES = ("percent", "all_or_percent")


@dataclass(frozen=True)
class MeasureLine:
    name: str
    title: str
    text: str
    unit: str
    figure: Figure
    target: str


@dataclass(frozen=True)
class RecordLine:
    id: int
    kind: str
    day: dt.date
    state: str


def last_day(scheme: Scheme) -> dt.date:
    """The day up to which a campaign is read unless another is asked for: today, or its end once it is over."""
    return min(scheme.until, timezone.localdate())


def in_table(figure: Figure, measure: Measure) -> str:
    """A value among others: a bulletin's rounding and words are for sentences; in a table every digit stands."""
    if figure.value is None:
        return ""
    if measure.show.style in SHARES:
        return printed(figure.value, Display(style="percent", places=2))
    return exact(figure.value)


def target_at(scheme: Scheme, measure: Measure, code: str) -> Target | None:
    """The target that holds there: a share holds everywhere, a number is the whole campaign's and of no part of it."""
    target = measure.target
    if target is None or target.value is None:
        return None
    return target if code == scheme.at or isinstance(measure, Ratio | Coverage | Growth) else None


def target_text(measure: Measure, target: Target | None) -> str:
    if target is None or target.value is None:
        return ""
    word = "不超过 " if target.at_most else ""
    return f"{word}{printed(target.value, target.show or measure.show)}{measure.unit}"
