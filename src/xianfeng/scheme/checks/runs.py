"""A scheme ends after it begins, in a time zone that exists."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest


def check(draft: Draft) -> Iterator[Fault]:
    runs = draft.heading.get("runs", {})
    if {"from", "to"} <= runs.keys() and runs["from"] > runs["to"]:
        yield draft.at("runs_backwards", "runs.to")
    zone = runs.get("timezone")
    if zone is not None and not _exists(zone):
        yield draft.at("unknown_timezone", "runs.timezone", name=zone, near=nearest(zone, available_timezones()))


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
