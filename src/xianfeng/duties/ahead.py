"""A clock that was ahead and is right now: somebody says so, and what returns begins again.

What was done meanwhile stays done: steps that were climbed, circulars that were drafted, messages that were sent.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from xianfeng.clockwork import ahead
from xianfeng.duties import progress
from xianfeng.duties.models import Round
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append
from xianfeng.messages import deliver
from xianfeng.problems import Problem

STREAM = "clock"
_MACHINE = 0  # what the entry is about


def until(*, now: dt.datetime) -> dt.datetime | None:
    """The latest moment for which something was done, where that is still to come."""
    told = (ahead.until(now=now), progress.ticked())
    return max((moment for moment in told if moment is not None and moment > now), default=None)


@transaction.atomic
def accept(*, now: dt.datetime, by: Actor) -> int:
    """Go on from this moment, whatever was begun for later ones; the entry's number."""
    row, last, day = progress.hold(), until(now=now), timezone.localdate(now)
    if last is None:
        raise Problem("duties.clock_accepted", "没有晚于现在的办理，时间不用再确认。", hint="刷新页面再看。")
    ahead.put_right(now=now)
    deliver.put_right(now=now)
    Round.objects.filter(day__gt=day).update(day=day)
    if row.ticked is not None and row.ticked > now:
        row.ticked = now
        row.save()
    return append([Draft(STREAM, "accept", day, _MACHINE, body={"ahead": last, "now": now})], by=by)[0]
