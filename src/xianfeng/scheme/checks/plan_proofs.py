"""What shows that a step of a plan is done says of which record: its kind names the planned one."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for plan in draft.plans.values():
        for step in plan.steps.values():
            known = {plan.kind, step.done.kind} <= draft.kinds.keys()
            if step.done.kind and known and not step.done.field:
                path = f"plans.{plan.name}.steps.{step.name}.done.kind"
                yield draft.at("done_unrelated", path, name=step.done.kind, kind=plan.kind)
