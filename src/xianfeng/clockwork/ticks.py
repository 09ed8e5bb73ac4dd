"""What returns: every room that keeps time says so here, once, in its `AppConfig.ready`; the worker calls it.

A tick is begun by one worker, for one moment that is passed on: a room never asks what time it is. It may be run again
for a moment when the worker that began it was killed, so what it does must be the same twice. A clock that was moved
back begins nothing until it has caught up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.db.models import Q

from xianfeng.clockwork.models import Tick

_PATIENCE = dt.timedelta(hours=1)  # a tick that was begun and is nowhere any more is begun anew after this


class Ticking(Protocol):
    def __call__(self, *, now: dt.datetime) -> object: ...


@dataclass(frozen=True)
class Registered:
    every: dt.timedelta
    function: Ticking


_registered: dict[str, Registered] = {}


def register(name: str, every: dt.timedelta, function: Ticking) -> None:
    """`function(now=...)` is called about this often while a worker runs."""
    _registered[name] = Registered(every, function)


def soon(name: str) -> None:
    """It is due whatever its time: the worker begins it as soon as it looks, or once one that runs has ended."""
    Tick.objects.filter(name=name).update(last=None)


def withdraw(name: str) -> None:
    _registered.pop(name, None)


def names() -> tuple[str, ...]:
    return tuple(_registered)


@dataclass(frozen=True, kw_only=True)
class Due:
    """`behind`: the ticks for which it is earlier now than when they were last begun."""

    begun: tuple[str, ...]
    behind: tuple[str, ...]


def begin(*, now: dt.datetime) -> Due:
    """Hand what is due to the tasks; each is begun by whoever comes first."""
    from xianfeng.clockwork import tasks

    last = dict(Tick.objects.values_list("name", "last"))
    behind = tuple(name for name in _registered if (before := last.get(name)) is not None and before > now)
    begun: list[str] = []
    for name, tick in _registered.items():
        before = last.get(name)
        if before is not None and before > now - tick.every:
            continue
        with transaction.atomic():
            if _mine(name, tick.every, now):
                tasks.tick.enqueue(name, now.isoformat())
                begun.append(name)
    return Due(begun=tuple(begun), behind=behind)


def run(name: str, *, now: dt.datetime) -> None:
    """Do it, here and now. An error is kept by its kind alone: its words may name somebody."""
    fault = ""
    try:
        _registered[name].function(now=now)
    except Exception as error:
        fault = type(error).__qualname__[:100]
        raise
    finally:
        Tick.objects.filter(name=name).update(queued=None, fault=fault)


def _mine(name: str, every: dt.timedelta, now: dt.datetime) -> bool:
    Tick.objects.bulk_create([Tick(name=name)], ignore_conflicts=True)
    free = Q(queued=None) | Q(queued__lte=now - max(every, _PATIENCE))
    due = Q(last=None) | Q(last__lte=now - every)
    return Tick.objects.filter(free & due, name=name).update(last=now, queued=now) == 1
