"""What a new date would break: looked at before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from xianfeng.calendars import arithmetic
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.plans.schedule import schedule
from xianfeng.plans.standing import Light, Progress, Standing, standing
from xianfeng.plans.words import day as on
from xianfeng.sentences import Said, say


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A step under the old date and the new. `by`: working days that its end moves, backwards where negative."""

    before: Progress
    after: Progress
    by: int

    @property
    def breaks(self) -> bool:
        """Whether what could be kept cannot be kept any more."""
        return self.after.done is None and _kept(self.before) and not _kept(self.after)

    @property
    def mends(self) -> bool:
        return self.after.done is None and not _kept(self.before) and _kept(self.after)

    @property
    def words(self) -> Said:
        if self.after.done is not None:
            return say("{day}已办完。", day=on(self.after.done))
        if self.breaks:
            return say("赶不上：{why}", why=self.after.why)
        return say("来得及：{why}", why=self.after.why) if self.mends else self.after.why


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A plan under another date."""

    before: Standing
    after: Standing
    shifts: tuple[Shift, ...]

    @property
    def breaks(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.breaks)

    @property
    def words(self) -> Said:
        """In one sentence: whether the new date can be kept."""
        target = on(self.after.schedule.target)
        if not self.breaks and self.after.light in (Light.NORMAL, Light.DONE):
            return say("改到{day}，各步都来得及。", day=target)
        if not self.breaks:
            return say("改到{day}，没有哪一步因此来不及；{why}", day=target, why=self.after.why)
        return say("改到{day}，有{n}步赶不上。", day=target, n=len(self.breaks))


def moved(
    before: Standing, target: dt.date, done: Mapping[str, dt.date], calendar: WorkingCalendar, *, now: dt.datetime
) -> Moved:
    """The same plan with the same work done, by another day."""
    after = standing(schedule(before.schedule.plan, target, calendar), done, calendar, now=now)
    shifts = tuple(
        Shift(
            before=step,
            after=after.steps[name],
            by=arithmetic.count_workdays(step.stage.last, after.steps[name].stage.last, calendar),
        )
        for name, step in before.steps.items()
    )
    return Moved(before=before, after=after, shifts=shifts)


def _kept(step: Progress) -> bool:
    return step.light is not Light.LATE and step.slack >= 0
