"""Small pictures within a line of a table: a trend, a share, the review levels. Each stands beside its number in words.

They are SVG that the server draws: without a script, on paper, and under a policy that forbids styles within a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xianfeng.web.cells import Cell

Number = int | Decimal
NO_PICTURE = SafeString("")
_WIDTH, _HEIGHT, _EDGE = 96, 26, 3
_MONTHS = 6  # fewer columns than that are not drawn any wider


@dataclass(frozen=True)
class Drawn(Cell):
    """A cell with a picture over its words; a workbook and the clipboard have the words."""

    picture: SafeString = NO_PICTURE

    @property
    def html(self) -> SafeString:
        return format_html('<span class="drawn">{}<span>{}</span></span>', self.picture, super().html)

    @property
    def blank(self) -> bool:
        return not self.picture and super().blank


def trend(values: Sequence[Number | None]) -> SafeString:
    """A line through the values in order; what nobody reported leaves a gap. Nothing where there is no course."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return NO_PICTURE
    low, high = min(0, *known), max(known)
    count = len(values)
    points = [None if value is None else _point(at, value, count, low, high) for at, value in enumerate(values)]
    stretches = (
        " ".join(f"{x},{y}" for x, y in (point for point in stretch if point))
        for there, stretch in groupby(points, key=bool)
        if there
    )
    lines = format_html_join("", '<polyline points="{}"/>', ((stretch,) for stretch in stretches))
    x, y = next(point for point in reversed(points) if point)
    return format_html(
        '<svg class="trend" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        *(_WIDTH, _HEIGHT, _WIDTH, _HEIGHT),
        *(lines, x, y),
    )


def columns(values: Sequence[Number | None]) -> SafeString:
    """What each month brought, side by side; nothing where none brought anything."""
    high = max((value for value in values if value is not None), default=0)
    if len(values) < 2 or high <= 0:
        return NO_PICTURE
    step = Decimal(_WIDTH) / max(len(values), _MONTHS)
    bars = []
    for at, value in enumerate(values):
        height = max(Decimal(value or 0), Decimal(0)) / Decimal(high) * (_HEIGHT - 2)
        bars.append((f"{at * step:.1f}", f"{_HEIGHT - height:.1f}", f"{step - 2:.1f}", f"{height:.1f}"))
    rects = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"/>', bars)
    return format_html(
        '<svg class="trend" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}<path d="M0 {}H{}"/></svg>',
        *(_WIDTH, _HEIGHT, _WIDTH, _HEIGHT),
        *(rects, _HEIGHT, _WIDTH),
    )


def share(part: Number, whole: Number, look: str = "") -> SafeString:
    """How far a value is towards its target."""
    if whole <= 0:
        return NO_PICTURE
    return _bar([(look or "on", min(max(part / Decimal(whole), Decimal(0)), Decimal(1)))])


def levels(filed: int, reviewed: int, submitted: int) -> SafeString:
    """Records by review level, the furthest first."""
    whole = filed + reviewed + submitted
    if not whole:
        return NO_PICTURE
    parts = (("submitted", submitted), ("reviewed", reviewed), ("filed", filed))
    return _bar([(name, Decimal(number) / whole) for name, number in parts])


def _bar(parts: Sequence[tuple[str, Decimal]]) -> SafeString:
    at, rows = Decimal(0), []
    for name, part in parts:
        rows.append((name, round(at * 100, 2), round(part * 100, 2)))
        at += part
    rects = format_html_join("", '<rect class="{}" x="{}" width="{}" height="6"/>', (row for row in rows if row[2]))
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="6"/>{}</svg>',
        rects,
    )


def _point(at: int, value: Number, count: int, low: Number, high: Number) -> tuple[str, str]:
    x = _EDGE + Decimal(at) * (_WIDTH - 2 * _EDGE) / max(count - 1, 1)
    part = (Decimal(value) - low) / (Decimal(high) - low) if high != low else Decimal("0.5")
    return f"{x:.1f}", f"{_HEIGHT - _EDGE - part * (_HEIGHT - 2 * _EDGE):.1f}"
