"""One thing in an agenda."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xianfeng.calendars.days import ZONE


@dataclass(frozen=True, kw_only=True)
class Item:
    """`uid` is the same whenever it is told, so that a calendar program knows it again. `at`: a day, or an instant."""

    uid: str
    title: str  # to be said in the reader's language
    at: dt.date | dt.datetime
    path: str = ""  # of its page
    busy: bool = False  # takes people's time, as a meeting does; a deadline does not
    late: bool = False  # should be done already
    apart: str = ""  # what tells it from another of its day with the same title

    @property
    def day(self) -> dt.date:
        return day_of(self.at)


def day_of(at: dt.date | dt.datetime) -> dt.date:
    return at.astimezone(ZONE).date() if isinstance(at, dt.datetime) else at
