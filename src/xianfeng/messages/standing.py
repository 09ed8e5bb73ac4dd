"""How the worker stands: when it was last alive, what waits for it, what returned with an error."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max
from django_tasks_db.models import DBTaskResult

from xianfeng.clockwork import ticks, worker
from xianfeng.clockwork.models import Tick, Worker
from xianfeng.messages.models import Delivery, DeliveryState, Message


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`late`: deliveries that should have been tried a while ago."""

    seen: dt.datetime | None
    workers: int
    tasks: int
    gathering: int
    waiting: int
    late: int
    failed: int
    faults: tuple[tuple[str, str], ...]

    @property
    def alive(self) -> bool:
        return self.workers > 0


_LATE = dt.timedelta(minutes=30)
_FAILED = dt.timedelta(days=7)


def standing(*, now: dt.datetime) -> Standing:
    open_ = Delivery.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.SENDING])
    failed = Delivery.objects.filter(state=DeliveryState.FAILED, at__gt=now - _FAILED)
    rows = list(Tick.objects.filter(name__in=ticks.names()).order_by("name"))
    return Standing(
        seen=Worker.objects.filter(seen__lt=now + worker.GONE).aggregate(at=Max("seen"))["at"],
        workers=worker.alive(now=now).count(),
        tasks=DBTaskResult.objects.ready().count(),
        gathering=Message.objects.filter(delivery=None).count(),
        waiting=open_.count(),
        late=open_.filter(next_try__lt=now - _LATE).count(),
        failed=failed.count(),
        faults=tuple((row.name, row.fault) for row in rows if row.fault),
    )
