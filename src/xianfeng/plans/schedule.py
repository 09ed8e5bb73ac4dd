"""A procedure laid out backwards from the day by which it has to be done.

A schedule is a function of a template, a day and a calendar, and of nothing else: no table holds one. A step ends at
the latest where the first of the steps that wait for it has to begin, and begins so long before that as it takes. All
of it in the working days of the calendar: a step neither begins nor ends on a day off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from xianfeng.calendars import arithmetic, deadlines
from xianfeng.calendars.days import WorkingCalendar
from xianfeng.calendars.deadline import Deadline
from xianfeng.scheme.planning import Plan, PlanStep


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A step with its latest beginning and its latest end. `deadline` keeps how the beginning was computed."""

    step: PlanStep
    deadline: Deadline
    end: dt.datetime
    first: dt.date  # its first working day, at the latest
    last: dt.date  # and its last

    @property
    def begin(self) -> dt.datetime:
        """The latest moment: the close of the working day before `first`."""
        return self.deadline.due


@dataclass(frozen=True, kw_only=True)
class Schedule:
    plan: Plan
    target: dt.date
    stages: Mapping[str, Stage]  # by the step's name, in the order of the template

    @property
    def first(self) -> dt.date:
        return min(stage.first for stage in self.stages.values())

    @property
    def last(self) -> dt.date:
        """The last working day on which something can still be done: the target, or the one before it."""
        return max(stage.last for stage in self.stages.values())


def schedule(plan: Plan, target: dt.date, calendar: WorkingCalendar) -> Schedule:
    """When each step has to begin and end at the latest, so that everything is done by the target."""
    last = arithmetic.on_or_before(target, calendar)
    stages: dict[str, Stage] = {}

    def lay(name: str) -> Stage:
        if name not in stages:
            ends = [lay(waiting).begin for waiting in plan.before(name)]
            stages[name] = _stage(plan.steps[name], min(ends, default=calendar.close(last)), calendar)
        return stages[name]

    laid = {name: lay(name) for name in plan.steps}
    return Schedule(plan=plan, target=target, stages=MappingProxyType(laid))


def _stage(step: PlanStep, end: dt.datetime, calendar: WorkingCalendar) -> Stage:
    deadline = deadlines.before(step.takes, end, calendar)
    first = arithmetic.add_workdays(calendar.local(deadline.due).date(), 1, calendar)
    return Stage(step=step, deadline=deadline, end=end, first=first, last=calendar.local(end).date())
