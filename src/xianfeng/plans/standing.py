"""How a plan stands: expected against actual, with a light and the reason for it in words.

What is done is known from the ledger. What is not is expected to take as long as the template says, from the end of
what it waits for: so a delay shows at once in the steps behind it, weeks before their own day has come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xianfeng.calendars import arithmetic, deadlines
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.plans.schedule import Schedule, Stage
from xianfeng.plans.words import day as on
from xianfeng.sentences import Said, say, together


class Light(StrEnum):
    """In the order of concern; never shown by a colour alone."""

    DONE = "done"
    NORMAL = "normal"
    CROSSED = "crossed"  # done before what it waits for: one of the days may be wrong
    NEAR = "near"
    LATE = "late"

    @property
    def word(self) -> Said:
        return _WORDS[self]

    @property
    def rank(self) -> int:
        return tuple(Light).index(self)


_WORDS = {
    Light.DONE: say("已完成"),
    Light.NORMAL: say("正常"),
    Light.CROSSED: say("顺序不对"),
    Light.NEAR: say("临近"),
    Light.LATE: say("超期"),
}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A step as it stands. `begins`: when the last that it waits for ended, or has to at the latest where nothing is
    awaited; `expected`: when it ends as things are, or the day on which it was done."""

    stage: Stage
    done: dt.date | None
    begins: dt.date
    expected: dt.date
    slack: int  # working days from the expected to the latest end; negative: too late by so many
    light: Light
    why: Said

    @property
    def foreseen(self) -> dt.date | None:
        """When it will end, as far as anybody can tell: nobody can of what should have been done by now."""
        return None if self.done or self.light is Light.LATE else self.expected


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A plan as it stands at a moment."""

    schedule: Schedule
    at: dt.datetime
    steps: Mapping[str, Progress]
    light: Light
    why: Said

    @property
    def due(self) -> int:
        """How many steps should be done by now."""
        return sum(step.stage.end < self.at for step in self.steps.values())

    @property
    def done(self) -> int:
        return sum(step.done is not None for step in self.steps.values())

    @property
    def foreseen(self) -> dt.date | None:
        """When all of it will be done; None once it is, and while a step is late."""
        days = [step.foreseen for step in self.steps.values() if step.done is None]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    @property
    def next(self) -> Progress | None:
        """The step that has to end first among those that are not done."""
        left = [step for step in self.steps.values() if step.done is None]
        return min(left, key=lambda step: step.stage.end, default=None)


@dataclass(frozen=True)
class _Reading:
    """A schedule read at a moment: forwards from what is done."""

    schedule: Schedule
    done: Mapping[str, dt.date]
    calendar: WorkingCalendar
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return self.calendar.local(self.now).date()

    def expected(self) -> dict[str, dt.date]:
        """When each step ends, if from now on everything takes as long as it may."""
        found: dict[str, dt.date] = {}

        def expect(name: str) -> dt.date:
            if name not in found:
                stage = self.schedule.stages[name]
                waits = [expect(before) for before in stage.step.after]
                found[name] = self.done.get(name) or self._ends(stage, max(waits, default=None))
            return found[name]

        return {name: expect(name) for name in self.schedule.stages}

    def _ends(self, stage: Stage, waits: dt.date | None) -> dt.date:
        calendar = self.calendar
        begins = calendar.close(arithmetic.on_or_before(waits, calendar)) if waits else stage.begin
        takes = deadlines.after(stage.step.takes, begins, calendar)
        return max(calendar.local(takes.due).date(), arithmetic.on_or_after(self.today, calendar))

    def progress(self, stage: Stage, ends: Mapping[str, dt.date]) -> Progress:
        done, expected = self.done.get(stage.step.name), ends[stage.step.name]
        waits = max((ends[before] for before in stage.step.after), default=None)
        begins = arithmetic.add_workdays(waits, 1, self.calendar) if waits else stage.first
        slack = arithmetic.count_workdays(expected, stage.last, self.calendar)
        light, why = self._closed(stage, done, slack) if done else self._open(stage, expected, slack)
        return Progress(
            stage=stage,
            done=done,
            begins=min(begins, expected),
            expected=expected,
            slack=slack,
            light=light,
            why=why,
        )

    def _closed(self, stage: Stage, done: dt.date, slack: int) -> tuple[Light, Said]:
        left = [name for name in stage.step.after if self.done.get(name, dt.date.max) > done]
        if left:
            titles = together((self.schedule.stages[name].step.title for name in left), "、")
            return Light.CROSSED, say("{day}办完，那时要先办的{steps}还没有办完。", day=on(done), steps=titles)
        if done > stage.last:
            return Light.DONE, say("{day}办完，晚了{n}个工作日。", day=on(done), n=max(-slack, 1))
        return Light.DONE, say("{day}按期办完。", day=on(done))

    def _open(self, stage: Stage, expected: dt.date, slack: int) -> tuple[Light, Said]:
        latest = on(stage.last)
        if self.now > stage.end:
            late = arithmetic.count_workdays(stage.last, self.today, self.calendar)
            return Light.LATE, say("最迟{day}完成，已超期{n}个工作日。", day=latest, n=max(late, 1))
        if slack < 0:
            day = on(expected)
            return Light.NEAR, say(
                "照现在的进度要到{day}，比最迟的{latest}晚{n}个工作日。", day=day, latest=latest, n=-slack
            )
        if self.now > deadlines.before(self.schedule.plan.near, stage.end, self.calendar).due:
            left = arithmetic.count_workdays(self.today, stage.last, self.calendar)
            return Light.NEAR, say("最迟{day}完成，还有{n}个工作日。", day=latest, n=left)
        return Light.NORMAL, say("最迟{day}完成。", day=latest)


def standing(
    schedule: Schedule,
    done: Mapping[str, dt.date],
    calendar: WorkingCalendar,
    *,
    now: dt.datetime,
    ended: dt.date | None = None,
) -> Standing:
    """`done`: the day of each step that is done. `ended`: since when nothing is awaited of the record any more."""
    reading = _Reading(schedule, done, calendar, now)
    expected = reading.expected()
    steps = {name: reading.progress(stage, expected) for name, stage in schedule.stages.items()}
    light, why = _whole(steps, ended)
    return Standing(schedule=schedule, at=now, steps=steps, light=light, why=why)


def _whole(steps: Mapping[str, Progress], ended: dt.date | None) -> tuple[Light, Said]:
    """The gravest of what is not done or not in order, the earliest of these first."""
    left = [step for step in steps.values() if step.light is not Light.DONE]
    if ended:
        return Light.DONE, say("{day}已办结。", day=on(ended))
    if not left:
        return Light.DONE, say("{day}各步都已办完。", day=on(max(step.expected for step in steps.values())))
    gravest = max(step.light.rank for step in left)
    concerned = sorted((step for step in left if step.light.rank == gravest), key=lambda step: step.stage.end)
    first = concerned[0]
    told = say("{step}：{why}", step=first.stage.step.title, why=first.why)
    more = len(concerned) - 1
    if more and first.light is not Light.NORMAL:
        told = say("{told}另有{n}步也是这样。", told=told, n=more)
    return first.light, told
