"""The stretch of time a dashboard shows: the whole campaign, one of its phases, a month, or from a day to a day."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext

from xianfeng.scheme.nodes import Scheme
from xianfeng.web.frame import asked, day_or_404, last_day

MOST = 60  # months to choose from, the latest


@dataclass(frozen=True)
class Period:
    """`since` None: from the beginning. `name`: what `?period=` says of it, '' for what was given in days."""

    since: dt.date | None
    until: dt.date
    name: str = ""


@dataclass(frozen=True)
class Choice:
    name: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    phases: tuple[Choice, ...]
    months: tuple[Choice, ...]


def asked_for(request: HttpRequest, scheme: Scheme) -> Period:
    """A phase or a month by its name; else the days given; else all of it. Nothing after the last day is asked for."""
    name, last = asked(request, "period"), last_day(scheme)
    if name in scheme.phases:
        phase = scheme.phases[name]
        return Period(phase.since, min(phase.until, last), name) if phase.since <= last else _not_yet()
    if name:
        first = _month_or_404(name)
        return Period(first, min(_end(first), last), name) if first <= last else _not_yet()
    since = day_or_404(request, "since", last) if asked(request, "since") else None
    until = day_or_404(request, "until", last)
    if since is not None and since > until:
        raise Http404(gettext("起始日晚于截止日"))
    return Period(since, until)


def choices(scheme: Scheme, period: Period) -> Choices:
    last = last_day(scheme)
    begun = [phase for phase in scheme.phases.values() if phase.since <= last]
    return Choices(
        phases=tuple(Choice(phase.name, phase.title, phase.name == period.name) for phase in begun),
        months=tuple(
            Choice(f"{first:%Y-%m}", date_format(first, "YEAR_MONTH_FORMAT"), f"{first:%Y-%m}" == period.name)
            for first in _months(scheme.since, last)
        ),
    )


def _months(since: dt.date, until: dt.date) -> list[dt.date]:
    """The latest first."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    return [dt.date(number // 12, number % 12 + 1, 1) for number in range(last, first - 1, -1)][:MOST]


def _month_or_404(name: str) -> dt.date:
    try:
        return dt.datetime.strptime(name, "%Y-%m").date()  # noqa: DTZ007 -- a month has no zone
    except ValueError:
        raise Http404(gettext("没有这个阶段或月份")) from None


def _end(first: dt.date) -> dt.date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _not_yet() -> Period:
    raise Http404(gettext("这段时间还没有开始"))
