"""What became of records, and when: the course of each through its flow, and its clocks, read from its entries.

When something was done is when it was entered. An import is different: it brings in what was done before, and when its
file was read says nothing of that; of imported steps only the day counts, from its beginning.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xianfeng import canonical
from xianfeng.ledger.clocks import Running, moment
from xianfeng.ledger.drafting import STREAM
from xianfeng.log.bulk import batched
from xianfeng.log.models import Entry

WITHDRAW = "withdraw"  # the step by which a record leaves every figure


class Stop(NamedTuple):
    """A state that a record entered, and who had it in hand there at last."""

    seq: int
    action: str
    at: dt.datetime
    day: dt.date
    version: str
    state: str
    level: int
    numbers: Mapping[str, int]  # what the record named by a number: whoever handled it is among them
    holder: int


class Ended(NamedTuple):
    """How a clock came to its end."""

    action: str
    at: dt.datetime
    day: dt.date


class Run(NamedTuple):
    """A clock from the entry that began it. `last`: where the record stood when it ended, or stands."""

    move: str
    seq: int
    day: dt.date
    version: str
    running: Running
    last: Stop
    ended: Ended | None = None


@dataclass(frozen=True)
class Course:
    """What became of one record: the states that it entered, and its clocks, each in order."""

    stops: tuple[Stop, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def withdrawn(self) -> bool:
        return bool(self.stops) and self.stops[-1].action == WITHDRAW

    @property
    def reported(self) -> dt.datetime | None:
        """Since when a record counts, without interruption; None while it does not."""
        since: dt.datetime | None = None
        for stop in self.stops:
            since = (since or stop.at) if stop.level else None
        return since


class _Step(NamedTuple):
    """One entry of a record."""

    seq: int
    action: str
    at: dt.datetime
    day: dt.date
    version: str
    body: Mapping[str, Any]


def courses(records: Iterable[int]) -> dict[int, Course]:
    found: dict[int, _Reading] = {}
    for some in batched(sorted(set(records))):
        rows = Entry.objects.filter(stream=STREAM, about__in=some).order_by("about", "seq")
        told = rows.values_list("about", "seq", "action", "day", "at", "actor", "scheme", "body")
        for record, seq, action, day, at, actor, version, body in told.iterator():
            step = _Step(seq, action, moment(at, day, actor), day, version, json.loads(body))
            found.setdefault(record, _Reading()).take(step)
    return {record: reading.course() for record, reading in found.items()}


@dataclass
class _Reading:
    """One record, entry by entry."""

    stops: list[Stop] = field(default_factory=list)
    ended: list[Run] = field(default_factory=list)
    running: dict[str, Run] = field(default_factory=dict)

    def take(self, step: _Step) -> None:
        told: Mapping[str, Any] = step.body.get("clocks", {})
        for name in [name for name, one in told.items() if one is None]:
            run = self.running.pop(name)
            self.ended.append(run._replace(last=self.stops[-1], ended=Ended(step.action, step.at, step.day)))
        self._stop(step)
        for name, one in told.items():
            if one is not None:
                running = Running.from_json(canonical.dumps(one))
                begun = Run(name, step.seq, step.day, step.version, running, self.stops[-1])
                self.running[name] = self.running.get(name, begun)._replace(running=running)

    def course(self) -> Course:
        runs = [*self.ended, *(run._replace(last=self.stops[-1]) for run in self.running.values())]
        return Course(tuple(self.stops), tuple(sorted(runs, key=lambda run: (run.seq, run.move))))

    def _stop(self, step: _Step) -> None:
        last = self.stops[-1] if self.stops else None
        numbers = _numbers(last.numbers if last else {}, step.body)
        holder = step.body["holder"][1] if "holder" in step.body else last.holder if last else 0
        entered = _entered(last, step.body)
        if entered is not None:
            self.stops.append(Stop(step.seq, step.action, step.at, step.day, step.version, *entered, numbers, holder))
        elif last is not None:
            self.stops[-1] = last._replace(numbers=numbers, holder=holder)


def _numbers(before: Mapping[str, int], body: Mapping[str, Any]) -> Mapping[str, int]:
    """What a record names by a number after an entry."""
    changed = {name: new for name, (_, new) in body.get("changes", {}).items() if isinstance(new, int | None)}
    return {name: number for name, number in {**before, **changed}.items() if number is not None} if changed else before


def _entered(before: Stop | None, body: Mapping[str, list[object]]) -> tuple[str, int] | None:
    """State and level after an entry; None when it left them as they were."""
    if "state" not in body:
        return None
    level = body["level"][1] if "level" in body else before.level if before else 0
    return str(body["state"][1]), int(str(level))
