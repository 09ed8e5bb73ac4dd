"""Drafts and lines with everything filled in, for tests that care about one thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xianfeng.log.append import Draft, Line

DAY = dt.date(2010, 8, 30)


def draft(**changes: Any) -> Draft:
    return Draft(**{"stream": "record", "action": "file", "day": DAY, **changes})


def line(**changes: Any) -> Line:
    whole: dict[str, Any] = {
        "sign": 1,
        "record": None,
        "scheme": "fuzhou-2010",
        "register": "project",
        "organisation": 3,
        "place": 4,
        "subject": None,
        "day": DAY,
        "state": "filed",
        "level": 1,
        "reviewer": None,
        "entered": {"filed": DAY},
        "fields": {},
    }
    return Line(**{**whole, **changes})
