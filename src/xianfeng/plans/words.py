"""Words that plans share."""

from __future__ import annotations

import datetime as dt

from xianfeng.sentences import Said, say


def day(day: dt.date) -> Said:
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)
