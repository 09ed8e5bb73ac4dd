"""What the worker leaves behind goes after some days: finished tasks, and the names of workers that are gone."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from xianfeng.clockwork.models import Worker

EVERY = dt.timedelta(hours=6)
KEPT = dt.timedelta(days=2)  # for whoever looks for a fault


def forget(*, now: dt.datetime) -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    Worker.objects.filter(Q(seen__lt=now - KEPT) | Q(seen__gt=now + KEPT)).delete()
