"""The year of an obligation: in which stretches it is due, drawn on twelve months beside its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xianfeng.scheme.obliging import Obligation, Window

_DAY = 2  # width
_YEAR = 366 * _DAY
_TALL = 18
_PERIODS = {"week": 52, "month": 12, "quarter": 4, "half_year": 2, "year": 1}
_LEAP = 2000


def strip(obligation: Obligation) -> SafeString:
    """Windows are full bars; without windows the whole of each period is open and drawn pale."""
    if obligation.windows:
        bars = [("window", since, until) for window in obligation.windows for since, until in _spans(*_ends(window))]
    else:
        many = _PERIODS.get(obligation.every, 1)
        bars = [("period", 366 * at // many, 366 * (at + 1) // many - 1) for at in range(many)]
    rects = ((look, since * _DAY, max((until - since + 1) * _DAY - 1, 1), _TALL) for look, since, until in bars)
    return format_html(
        '<svg class="year" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}{}</svg>',
        *(_YEAR, _TALL),
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="{}"/>', rects),
        _months(),
    )


def _months() -> SafeString:
    firsts = ((_number((month, 1)) * _DAY,) for month in range(2, 13))
    return format_html_join("", '<path d="M{} 0V18"/>', firsts)


def _ends(window: Window) -> tuple[int, int]:
    return _number(window.since), _number(window.until)


def _number(month_day: tuple[int, int]) -> int:
    return dt.date(_LEAP, *month_day).timetuple().tm_yday - 1


def _spans(since: int, until: int) -> Iterator[tuple[int, int]]:
    """One over the turn of the year is two."""
    if since <= until:
        yield since, until
    else:
        yield since, 365
        yield 0, until
