"""Plans for tests: one laid out by hand, and any that hypothesis can think of."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from hypothesis import strategies as st

from tests.calendars.made import span
from xianfeng.scheme.obliging import Span
from xianfeng.scheme.planning import Done, Plan, PlanStep


def plan(near: str = "5 workdays", **steps: str) -> Plan:
    """`plan(survey="5 workdays", permit="3 workdays after survey")`."""
    made = {}
    for name, said in steps.items():
        takes, _, waits = said.partition(" after ")
        after = tuple(waits.split(" ")) if waits else ()
        made[name] = PlanStep(name=name, title=name, takes=span(takes), after=after, done=Done(state=name))
    return Plan(name="plan", title="计划", kind="project", until="due", steps=MappingProxyType(made), near=span(near))


@st.composite
def plans(draw: st.DrawFn, units: tuple[str, ...] = ("workdays", "days", "months")) -> Plan:
    """Of up to six steps, each waiting for any of those before it: so there is never a cycle."""
    names = [f"s{n}" for n in range(draw(st.integers(1, 6)))]
    steps = {}
    for number, name in enumerate(names):
        unit = draw(st.sampled_from(units))
        most = 2 if unit == "months" else 30
        steps[name] = PlanStep(
            name=name,
            title=name,
            takes=Span(amount=draw(st.integers(1, most)), unit=unit),  # type: ignore[arg-type]
            after=tuple(draw(st.lists(st.sampled_from(names[:number]), unique=True))) if number else (),
            done=Done(state=name),
        )
    return Plan(name="plan", title="计划", kind="project", until="due", steps=MappingProxyType(steps))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
