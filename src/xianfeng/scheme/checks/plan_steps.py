"""A plan's steps wait for steps of the same plan, and none of them in the end for itself."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.planning import Plan


def check(draft: Draft) -> Iterator[Fault]:
    for plan in draft.plans.values():
        for step in plan.steps.values():
            path = f"plans.{plan.name}.steps.{step.name}"
            for number, name in enumerate(step.after):
                if draft.unknown("unknown_step", path, name, f"plans.{plan.name}.steps", plan.steps):
                    near = nearest(name, plan.steps)
                    yield draft.at(
                        "unknown_step", f"{path}.after[{number}]", name=name, known="、".join(plan.steps), near=near
                    )
            cycle = _cycle(plan, step.name)
            if cycle and step.name == min(cycle):  # told once, at one of its members
                yield draft.at_key("step_cycle", path, chain=" → ".join((*cycle, cycle[0])))


def _cycle(plan: Plan, start: str) -> tuple[str, ...]:
    """The way from a step back to itself, or ()."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in plan.steps[way[-1]].after:
            if name == start:
                return way
            if name in plan.steps and name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()
