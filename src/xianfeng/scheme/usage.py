"""Which kinds are behind a measure, and which of the many kinds a scheme includes it really uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Kind, Scheme


def kinds_of(scheme: Scheme, measure: Measure) -> tuple[Kind, ...]:
    """Every kind whose records a measure is computed from, also through the measures it is made of; each once."""
    return tuple(scheme.kinds[name] for name in dict.fromkeys(_through(scheme, measure)))


def _through(scheme: Scheme, measure: Measure) -> Iterator[str]:
    yield from measure.kinds
    for part in measure.parts:
        yield from _through(scheme, scheme.measures[part])


def used_kinds(scheme: Scheme) -> Mapping[str, Kind]:
    """The kinds that the scheme's own files write or adjust, or that an obligation or a measure names."""
    named = set(_named(scheme))
    own = {
        name
        for name in scheme.kinds
        if not scheme.lines.get(f"kinds.{name}", ("library/", 0))[0].startswith("library/")
    }
    pointed = {field.of for name in named | own for field in scheme.kinds[name].fields.values() if field.of}
    return MappingProxyType({n: kind for n, kind in scheme.kinds.items() if n in named | own | pointed})


def _named(scheme: Scheme) -> Iterator[str]:
    for obligation in scheme.obligations.values():
        yield obligation.kind
    for plan in scheme.plans.values():
        yield from (plan.kind, *(step.done.kind for step in plan.steps.values() if step.done.kind))
    yield from (grading.kind for grading in scheme.gradings.values())
    yield from (commendation.kind for commendation in scheme.commendations.values())
    for inspection in scheme.inspections.values():
        yield from (inspection.kind, *((inspection.of,) if inspection.draws_records else ()))
    if scheme.evaluations:
        yield from (kind.name for kind in scheme.kinds.values() if kind.of_evaluations)
    for measure in scheme.measures.values():
        yield from measure.kinds
        if measure.target and measure.target.field:
            yield measure.target.field[0]
