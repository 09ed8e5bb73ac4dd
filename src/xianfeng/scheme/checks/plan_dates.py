"""A plan ends on a date, and its steps take whole days: when something was done is known by the day."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.types import FieldType

_DAYS = ("workdays", "days", "months")


def check(draft: Draft) -> Iterator[Fault]:
    for plan in draft.plans.values():
        path, kind = f"plans.{plan.name}", draft.kinds.get(plan.kind)
        field = kind.fields.get(plan.until) if kind else None
        if field is not None and field.type is not FieldType.DATE:
            yield draft.at("until_no_date", f"{path}.until", name=plan.until, type=field.type)
        for step in plan.steps.values():
            if step.takes.unit not in _DAYS:
                yield draft.at("step_in_hours", f"{path}.steps.{step.name}.takes")
