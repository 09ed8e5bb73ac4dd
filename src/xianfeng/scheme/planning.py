"""Backward plans: the procedure by which something is done by a day, as a scheme says it.

A plan is a template over a kind with a date to be kept; when each step has to begin and end is computed backwards from
a record's own date, elsewhere and with a calendar. Like all nodes frozen and whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.obliging import Span

USUAL_NEAR = Span(amount=5, unit="workdays")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What shows that a step is done: a state that the planned record entered, or a record of a kind that names it."""

    state: str = ""
    kind: str = ""  # '': the state of the planned record decides
    field: str = ""  # the kind's field that names the planned record
    matching: Expression | None = None  # over that record


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    name: str
    title: str
    takes: Span
    done: Done
    after: tuple[str, ...] = ()  # the steps that end before it begins
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    name: str
    title: str
    kind: str  # whose records are planned
    until: str  # the field with the day by which everything is done
    steps: Mapping[str, PlanStep]
    where: Expression | None = None  # which records; None: all that have a date
    near: Span = USUAL_NEAR  # so long before its latest end a step that is not done draws near
    local: str = ""

    def before(self, step: str) -> tuple[str, ...]:
        """The steps that wait for this one."""
        return tuple(one.name for one in self.steps.values() if step in one.after)
