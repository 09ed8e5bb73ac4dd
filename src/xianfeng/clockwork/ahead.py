"""What a clock that was ahead leaves among what returns: until the moments that it told have come, nothing is begun.

What waited to be done for such a moment is not done. All else waits for somebody who says that the clock is right now,
for a machine cannot tell by itself when it was wrong.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xianfeng.clockwork import tasks, ticks
from xianfeng.clockwork.models import Tick

_WAITING = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def until(*, now: dt.datetime) -> dt.datetime | None:
    """The latest moment for which something was begun, where that is still to come."""
    last: dt.datetime | None = Tick.objects.filter(name__in=ticks.names(), last__gt=now).aggregate(at=Max("last"))["at"]
    return last


def drop(*, after: dt.datetime) -> int:
    """Tasks that wait, or are held, for moments after this one; how many."""
    waiting = DBTaskResult.objects.filter(task_path=tasks.tick.module_path, status__in=_WAITING)
    early = [task.id for task in waiting if dt.datetime.fromisoformat(task.args_kwargs["args"][1]) > after]
    return DBTaskResult.objects.filter(id__in=early).delete()[0] if early else 0


def put_right(*, now: dt.datetime) -> None:
    """As if nothing had been begun for moments after this one: it is begun again."""
    drop(after=now)
    Tick.objects.filter(Q(last__gt=now) | Q(queued__gt=now)).update(last=None, queued=None)
