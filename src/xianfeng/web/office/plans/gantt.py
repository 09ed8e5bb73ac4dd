"""A plan as a picture: a line for each step, drawn by the server as SVG. It prints, and needs no script and no style.

The box is the time that a step has at the latest; the bar below it what it took or will take; the table beside the
picture says the same in words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xianfeng.plans.standing import Progress, Standing
from xianfeng.sentences import translated

_NAMES, _WIDTH, _LIGHTS = 180, 1000, 70  # the column of names, the whole, the column of lights
_TOP, _ROW = 40, 36
_MOST_MONTHS = 18  # named one by one; beyond that every third
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Axis:
    since: dt.date
    until: dt.date

    def x(self, day: dt.date) -> str:
        """Where a day begins."""
        share = (day - self.since).days / max((self.until - self.since).days, 1)
        return f"{_NAMES + share * (_WIDTH - _NAMES - _LIGHTS):.1f}"

    def width(self, since: dt.date, until: dt.date) -> str:
        """Of the days from one to the other, both included."""
        return f"{max(float(self.x(until + _ONE)) - float(self.x(since)), 3):.1f}"

    def months(self) -> Iterator[dt.date]:
        day = self.since.replace(day=1)
        while day <= self.until:
            if day >= self.since:
                yield day
            day = (day + dt.timedelta(days=31)).replace(day=1)


def picture(stands: Standing, today: dt.date) -> SafeString:
    """The Gantt chart of a plan as it stands."""
    steps = sorted(stands.steps.values(), key=lambda step: (step.stage.first, step.stage.end))
    days = [day for step in steps for day in (step.begins, step.stage.first, step.stage.last, step.expected)]
    axis = _Axis(min(*days, today), max(*days, today, stands.schedule.target) + _ONE)
    height = _TOP + _ROW * len(steps) + 22
    return format_html(
        '<svg class="gantt" viewBox="0 0 {} {}" role="img" aria-labelledby="gantt-title"><title id="gantt-title">{}'
        "</title>{}{}{}{}</svg>",
        _WIDTH,
        height,
        translated(stands.schedule.plan.title),
        _grid(axis, height),
        SafeString("".join(_line(step, _TOP + at * _ROW, axis) for at, step in enumerate(steps))),
        _mark(axis, today, height, "today", gettext("截至")),
        _mark(axis, stands.schedule.target, height, "target", gettext("期限")),
    )


def _grid(axis: _Axis, height: int) -> SafeString:
    months = list(axis.months())
    named = months if len(months) <= _MOST_MONTHS else [month for month in months if month.month % 3 == 1]
    return format_html_join(
        "",
        '<line class="month" x1="{0}" y1="18" x2="{0}" y2="{1}"/><text class="axis" x="{0}" y="30" dx="3">{2}</text>'
        '<text class="axis" x="{0}" y="14" dx="3">{3}</text>',
        (
            (axis.x(month), height - 18, month.month, month.year if month.month == 1 or month == named[0] else "")
            for month in named
        ),
    )


def _line(step: Progress, top: int, axis: _Axis) -> SafeString:
    stage = step.stage
    return format_html(
        '<g class="step {}"><text class="name" x="8" y="{}">{}</text>'
        '<rect class="window" x="{}" y="{}" width="{}" height="16"/>'
        '<rect class="actual" x="{}" y="{}" width="{}" height="6"/>'
        '<text class="light" x="{}" y="{}">{}</text></g>',
        step.light.value,
        top + 17,
        stage.step.title,
        *(axis.x(stage.first), top + 4, axis.width(stage.first, stage.last)),
        *(axis.x(step.begins), top + 22, axis.width(step.begins, step.expected)),
        *(_WIDTH - _LIGHTS + 8, top + 17, translated(step.light.word)),
    )


def _mark(axis: _Axis, day: dt.date, height: int, name: str, word: str) -> SafeString:
    return format_html(
        '<g class="{}"><line x1="{}" y1="18" x2="{}" y2="{}"/><text x="{}" y="{}">{}</text></g>',
        name,
        *(axis.x(day), axis.x(day), height - 16, axis.x(day), height - 3, word),
    )
