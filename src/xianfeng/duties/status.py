"""How a duty stands at a moment: what the table holds, and what only the clock says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from django.utils import timezone

from xianfeng.duties.models import State
from xianfeng.sentences import say


class Status(StrEnum):
    WAITING = "waiting"  # its period has not begun
    OPEN = "open"
    OVERDUE = "overdue"
    MISSED = "missed"  # overdue, and the campaign is over: nobody is reminded any more
    MET = "met"
    LATE = "late"
    VOID = "void"
    OVER = "over"  # more than the upper limit

    @property
    def is_owed(self) -> bool:
        return self in _OWED


_OWED = frozenset({Status.OPEN, Status.OVERDUE, Status.MISSED})
TITLES: Mapping[Status, str] = {
    Status.WAITING: say("未到时间"),
    Status.OPEN: say("待办"),
    Status.OVERDUE: say("逾期未办"),
    Status.MISSED: say("活动结束，未办"),
    Status.MET: say("按时办"),
    Status.LATE: say("逾期办"),
    Status.VOID: say("不再要求"),
    Status.OVER: say("超过规定次数"),
}
_KEPT: Mapping[int, Status] = {
    State.MET: Status.MET,
    State.LATE: Status.LATE,
    State.VOID: Status.VOID,
    State.OVER: Status.OVER,
}


class Row(Protocol):
    """A duty, as whichever query reads it."""

    @property
    def state(self) -> int: ...
    @property
    def due(self) -> dt.datetime: ...


def status(duty: Row, *, opens: dt.date, ends: dt.date, now: dt.datetime) -> Status:
    """`opens`: its period's first day; `ends`: the campaign's last."""
    if duty.state != State.OPEN:
        return _KEPT[duty.state]
    today = timezone.localdate(now)
    if today < opens:
        return Status.WAITING
    if now <= duty.due:
        return Status.OPEN
    return Status.MISSED if today > ends else Status.OVERDUE
