"""The worker: begins what returns and does what waits. One process of its own, or a thread of the one that serves.

The tasks are django-tasks' in the database. A task whose worker has not been seen for a while is free again: what a
task does must be the same twice.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from xianfeng.clockwork import ahead, ticks
from xianfeng.clockwork.models import Worker

PAUSE = 1.0  # seconds between two looks
BEAT = dt.timedelta(seconds=10)
GONE = dt.timedelta(minutes=3)  # not seen for this long: killed
_log = logging.getLogger(__name__)


def run(stop: threading.Event, *, clock: Callable[[], dt.datetime], pause: float = PAUSE) -> None:
    """Until told to stop. What the database refuses is tried again: a worker outlives a server's restart."""
    name = fresh_name()
    beating = threading.Thread(target=_beat, args=(name, stop, clock), name="worker-beat", daemon=True)
    beating.start()
    while not stop.is_set():
        try:
            turn(name, now=clock())
        except DatabaseError as error:
            _log.warning("the worker could not reach its database: %s", type(error).__qualname__)
        close_old_connections()
        stop.wait(pause)
    beating.join()
    connection.close()


def fresh_name() -> str:
    """Of one process alone: under a name that comes back, what a killed one held would seem to be in hand."""
    return uuid.uuid4().hex


def begin_inside() -> None:
    """Beside the pages in their process, where the installation has it so; ended with it, between two tasks."""
    if settings.XIANFENG_WORKER != "inside":
        return
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), kwargs={"clock": timezone.now}, name="worker", daemon=True)

    def end() -> None:
        stop.set()
        thread.join()

    thread.start()
    atexit.register(end)


def turn(name: str, *, now: dt.datetime) -> int:
    """Begin what is due and do everything that waits; how many tasks there were."""
    seen(name, now=now)
    ahead.drop(after=now + GONE)
    free(now=now)
    ticks.begin(now=now)
    done = 0
    while DBTaskResult.objects.ready().exists():
        done += _work(name)
    return done


def seen(name: str, *, now: dt.datetime) -> None:
    Worker.objects.bulk_create(
        [Worker(name=name, began=now, seen=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seen"],
    )


def alive(*, now: dt.datetime) -> QuerySet[Worker]:
    """Seen a moment ago. Whoever was seen in time to come was seen by a clock that was ahead, and is gone."""
    return Worker.objects.filter(seen__gt=now - GONE, seen__lt=now + GONE)


def free(*, now: dt.datetime) -> int:
    """Give back what workers hold that are gone; how many tasks that is."""
    living = set(alive(now=now).values_list("name", flat=True))
    held = DBTaskResult.objects.running()
    lost = [task.id for task in held if not living.intersection(task.worker_ids[-1:])]
    return held.filter(id__in=lost).update(status=TaskResultStatus.READY) if lost else 0


def _work(name: str) -> int:
    worker = TaskWorker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.run()
    return worker._run_tasks


def _beat(name: str, stop: threading.Event, clock: Callable[[], dt.datetime]) -> None:
    """Beside the work, for a task may take minutes."""
    while not stop.wait(BEAT.total_seconds()):
        try:
            seen(name, now=clock())
        except DatabaseError:
            _log.warning("the worker could not say that it is alive")
        close_old_connections()
    connection.close()
