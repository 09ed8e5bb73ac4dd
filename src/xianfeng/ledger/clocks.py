"""The clocks of a record: begun, kept and ended by the steps of its flow, and told in the entry of each such step.

What was told stays as it was told: guards, pages, duties and plans read a deadline where it was written, whatever the
calendar says afterwards. Only a later date in the field that says by when moves it, and only a move that may.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from django.utils import timezone

from xianfeng import canonical
from xianfeng.calendars import deadlines
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.calendars.pausing import paused
from xianfeng.calendars.store import Calendars
from xianfeng.canonical import Written
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.scheme.flowing import CLOCK, Clock, Flow
from xianfeng.scheme.obliging import Span
from xianfeng.sentences import say


class Running(NamedTuple):
    """A clock that runs: since when, from when on its move can be made, and by when it is to be."""

    since: dt.datetime
    opens: Deadline | None
    due: Deadline | None

    def to_json(self) -> str:
        told = {"opens": self.opens, "due": self.due}
        kept = {name: Written(one.to_json()) for name, one in told.items() if one is not None}
        return canonical.dumps({"since": self.since, **kept})

    @classmethod
    def from_json(cls, text: str) -> Running:
        kept = json.loads(text)
        opens, due = (Deadline.of(kept[name]) if name in kept else None for name in ("opens", "due"))
        return cls(dt.datetime.fromisoformat(kept["since"]), opens, due)


def running(clocks: Mapping[str, str]) -> dict[str, Running]:
    """The clocks of an image or a stored record, by the move that they wait for; the earliest due first."""
    found = {name: Running.from_json(text) for name, text in clocks.items()}
    return dict(sorted(found.items(), key=lambda one: (one[1].due is None, one[1].due and one[1].due.due)))


def overdue(image: Image, at: dt.datetime) -> bool:
    """Whether something was to be done where it stands, and its time has passed."""
    return any(one.due is not None and one.due.due < at for one in running(image.clocks).values())


def too_soon(image: Image, move: str, at: dt.datetime) -> Deadline | None:
    """From when on a move can be made, if that is still to come."""
    one = running(image.clocks).get(move)
    return one.opens if one is not None and one.opens is not None and at < one.opens.due else None


def wakes(flow: Flow, state: str, clocks: Mapping[str, str]) -> str | None:
    """When the clock makes a move of a record itself, as a canonical instant; None where it makes none of it."""
    return min((at for _, at in by_itself(flow, state, clocks)), default=None)


def opens(flow: Flow, state: str, clocks: Mapping[str, str]) -> str | None:
    """From when on the first of what is awaited of a record can be done, as a canonical instant. None where it need not
    wait, as of what came there before it had clocks."""
    found = [
        _instants(clocks[move.name])["opens"]
        if move.name in clocks and state in flow.clocks[move.name].starts
        else None
        for move in flow.awaited(state)
    ]
    instants = [one for one in found if one is not None]
    return min(instants) if found and len(instants) == len(found) else None


def ripe(flow: Flow, state: str, clocks: Mapping[str, str], at: dt.datetime) -> bool:
    """Whether its author can do by now what he could not while somebody else was given time."""
    now = canonical.instant(at)
    opened = (_instants(clocks[move.name])["opens"] for move in flow.ripening(state) if move.name in clocks)
    return any(instant is not None and instant <= now for instant in opened)


def by_itself(flow: Flow, state: str, clocks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The moves that the clock makes of a record where it stands, each with its instant."""
    for move, told in clocks.items():
        clock = flow.clocks[move]
        if CLOCK in flow.moves[move].by and state in clock.starts and (clock.until or clock.not_before):
            others_first = clock.until and not clock.unattended
            at = _instants(told)["due" if others_first else "opens"]
            if at is not None:
                yield move, at


@lru_cache(maxsize=4_096)
def _instants(told: str) -> Mapping[str, str | None]:
    one = Running.from_json(told)
    return {name: canonical.instant(at.due) if at else None for name, at in (("opens", one.opens), ("due", one.due))}


@dataclass
class Times:
    """Winds the clocks of records, each by the calendar of where it stands."""

    calendars: Calendars = field(default_factory=Calendars)

    def wound(self, form: Form, before: Image | None, after: Image, *, step: str, at: dt.datetime) -> Image:
        """The record after a step, with its clocks. `at`: since when others can know of the step."""
        if not form.flow.clocks:
            return after
        held = before.clocks if before is not None else {}
        found: dict[str, str] = {}
        for clock in form.flow.clocks.values():
            known = held.get(clock.move)
            if known is None:
                if after.state in clock.starts and (before is None or before.state != after.state):
                    found[clock.move] = self._told(form, clock, at, after)
            elif after.state in clock.states and step not in clock.met_by:
                moved = before is not None and _says_otherwise(clock, before, after)
                found[clock.move] = self._told(form, clock, Running.from_json(known).since, after) if moved else known
        return after if found == after.clocks else after._replace(clocks=found)

    def refusals(
        self, form: Form, before: Image, after: Image, *, day: dt.date, extends: Span | None
    ) -> Iterator[Problem]:
        """What is wrong with a day that something is promised for: it has passed, or lies later than it may."""
        for clock in form.flow.clocks.values():
            told = after.clocks.get(clock.move, "")
            known = before.clocks.get(clock.move, "")
            if not (clock.until and clock.falls_due) or told in ("", known) or clock.until not in after.values:
                continue
            new, old = Running.from_json(told), Running.from_json(known).due if known else None
            calendar = paused(self.calendars.of(after.organisation), form.scheme)
            latest = _latest(clock, new.since, old, calendar, extends)
            if dt.date.fromisoformat(after.values[clock.until]) < day:
                passed = Problem("ledger.day_passed", "这一天已经过去。", hint="请填以后的日期。")
                yield form.told(clock.until, passed)
            elif latest is not None and new.due is not None and new.due.due > latest.due:
                last = timezone.localtime(latest.due).date()
                hint = say("答应过的日期只有延期才能推迟，延期也有限度。") if old else say("请改早一些。")
                yield form.told(
                    clock.until, Problem("ledger.promised_late", say("最迟可以定到{day}。", day=last), hint=hint)
                )

    def _told(self, form: Form, clock: Clock, since: dt.datetime, image: Image) -> str:
        calendar = paused(self.calendars.of(image.organisation), form.scheme)
        return _told(clock, since, image.values.get(clock.until, ""), calendar)


def _latest(
    clock: Clock, since: dt.datetime, before: Deadline | None, calendar: WorkingCalendar, extends: Span | None
) -> Deadline | None:
    """By when something can be promised at the latest: what was told before stays, unless a move extends it."""
    if before is not None:
        return deadlines.after(extends, before.due, calendar) if extends else before
    return deadlines.after(clock.within, since, calendar) if clock.within else None


def _says_otherwise(clock: Clock, before: Image, after: Image) -> bool:
    """Whether another day is said. Where none is any more and none follows of itself, what was promised stays."""
    day = after.values.get(clock.until)
    promised = clock.falls_due and clock.within is None
    return day != before.values.get(clock.until) and not (promised and day is None)


@lru_cache(maxsize=4_096)
def _told(clock: Clock, since: dt.datetime, until: str, calendar: WorkingCalendar) -> str:
    """A whole file was filed on one day: what its records have in common is computed once."""
    opens = deadlines.after(clock.not_before, since, calendar) if clock.not_before else None
    if until:
        due: Deadline | None = deadlines.by(dt.date.fromisoformat(until), calendar)
    else:
        due = deadlines.after(clock.within, since, calendar) if clock.within else None
    if clock.unattended:
        opens, due = max(filter(None, (opens, due)), key=attrgetter("due"), default=None), None
    return Running(since, opens, due).to_json()


def known(by: Actor, day: dt.date) -> dt.datetime:
    """Since when others can know of a step that is entered now."""
    return beginning(day) if by.kind is ActorKind.IMPORT else by.moment


def made(by: Actor, day: dt.date, today: dt.date) -> dt.datetime:
    """When a step that is entered now was made: of one that was made on another day only the day counts."""
    return by.moment if day == today and by.kind is not ActorKind.IMPORT else beginning(day)


def moment(at: dt.datetime, day: dt.date, actor: str) -> dt.datetime:
    """When a step that was entered was made, as far as deadlines go: an import brings in what was done before, and when
    its file was read says nothing of that."""
    return beginning(day) if actor.partition(":")[0] == ActorKind.IMPORT else at


def beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
