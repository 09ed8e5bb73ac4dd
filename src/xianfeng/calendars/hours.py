"""When offices are open on a working day; it may change with the season, as 夏季作息 does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from xianfeng.problems import Problem
from xianfeng.sentences import say

Session = tuple[dt.time, dt.time]
MonthDay = tuple[int, int]


@dataclass(frozen=True)
class WorkingHours:
    """Sessions of one day, in order and apart: 08:30–12:00, 14:30–17:30. The end of a session still belongs to it."""

    sessions: tuple[Session, ...]

    def __post_init__(self) -> None:
        times = [time for session in self.sessions for time in session]
        if not times or any(later <= earlier for earlier, later in pairwise(times)):
            raise Problem(
                "calendars.hours",
                say("上下班时间要从早到晚，各段不能重叠。"),
                hint=say("写成 08:30-12:00 14:30-17:30。"),
            )

    @property
    def opens(self) -> dt.time:
        return self.sessions[0][0]

    @property
    def closes(self) -> dt.time:
        return self.sessions[-1][1]

    def __str__(self) -> str:
        return " ".join(f"{since:%H:%M}-{until:%H:%M}" for since, until in self.sessions)


def parse(text: str) -> WorkingHours:
    """'08:30-12:00 14:30-17:30', as it is written and printed."""
    try:
        sessions = tuple(_session(said) for said in text.replace("–", "-").replace("：", ":").split())
    except ValueError:
        raise Problem(
            "calendars.hours",
            say("“{text}”不是上下班时间。", text=text),
            hint=say("写成 08:30-12:00 14:30-17:30。"),
        ) from None
    return WorkingHours(sessions)


def _session(said: str) -> Session:
    since, until = said.split("-")
    return dt.time.fromisoformat(since), dt.time.fromisoformat(until)


@dataclass(frozen=True)
class Season:
    """From a month and day of each year on, until the next season begins."""

    since: MonthDay
    hours: WorkingHours


USUAL = (Season((1, 1), parse("08:30-12:00 14:30-17:30")),)  # where no jurisdiction has said otherwise
