"""A scheme ends after it begins, within the years that calendars keep, in a time zone that exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.types import YEARS


def check(draft: Draft) -> Iterator[Fault]:
    runs = draft.heading.get("runs", {})
    if {"from", "to"} <= runs.keys() and runs["from"] > runs["to"]:
        yield draft.at("runs_backwards", "runs.to")
    for name, day in runs.items():
        if isinstance(day, dt.date) and day.year not in YEARS:
            yield draft.at("runs_outside", f"runs.{name}", first=YEARS[0], last=YEARS[-1])
    zone = runs.get("timezone")
    if zone is not None and not _exists(zone):
        yield draft.at("unknown_timezone", "runs.timezone", name=zone, near=nearest(zone, available_timezones()))


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
