"""Every kind that is named is defined."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import REGISTRY, Coverage, Flowing, Measure


def check(draft: Draft) -> Iterator[Fault]:
    for path, name in _named(draft):
        found = draft.unknown("unknown_kind", path, name, "kinds", draft.kinds)
        if found:
            yield found


def _named(draft: Draft) -> Iterator[tuple[str, str]]:
    for kind in draft.kinds.values():
        for field in kind.fields.values():
            if field.of:
                yield f"kinds.{kind.name}.fields.{field.name}.of", field.of
    for obligation in draft.obligations.values():
        yield f"obligations.{obligation.name}.kind", obligation.kind
        if obligation.after:
            yield f"obligations.{obligation.name}.after", obligation.after[0]
    for plan in draft.plans.values():
        yield f"plans.{plan.name}.for", plan.kind
        for step in plan.steps.values():
            if step.done.kind:
                yield f"plans.{plan.name}.steps.{step.name}.done.kind", step.done.kind
    for inspection in draft.inspections.values():
        yield f"inspections.{inspection.name}.kind", inspection.kind
        if inspection.draws_records:
            yield f"inspections.{inspection.name}.of", inspection.of
    yield from ((f"gradings.{each.name}.kind", each.kind) for each in draft.gradings.values())
    yield from ((f"commendations.{each.name}.kind", each.kind) for each in draft.commendations.values())
    for measure in draft.measures.values():
        yield from _of_measure(measure)


def _of_measure(measure: Measure) -> Iterator[tuple[str, str]]:
    path = f"measures.{measure.name}"
    if isinstance(measure, Flowing):
        yield f"{path}.{type(measure).__name__.lower()}", measure.kind
    if isinstance(measure, Coverage):
        if measure.population != REGISTRY:
            yield f"{path}.coverage.of", measure.population
        if measure.kind:
            yield f"{path}.coverage.kind", measure.kind
    if measure.target and measure.target.field:
        yield f"{path}.target", measure.target.field[0]
