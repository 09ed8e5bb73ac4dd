"""The tasks of this room, as django-tasks keeps them in the database."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from xianfeng.clockwork import ticks


@task()
def tick(name: str, now: str) -> None:
    """One tick, for the moment at which it was begun."""
    ticks.run(name, now=dt.datetime.fromisoformat(now))
