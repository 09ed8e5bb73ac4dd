"""Every field that is named belongs to its kind."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.flowing import REASON
from xianfeng.scheme.measuring import REGISTRY, Coverage, Distinct, Flowing, Latest, Sum
from xianfeng.scheme.nodes import OWN_DAY, Kind


def check(draft: Draft) -> Iterator[Fault]:
    for path, kind, name in (*_in_kinds(draft), *_in_measures(draft), *_in_plans(draft), *_in_inspections(draft)):
        known = draft.kinds.get(kind)
        if known is None or name in known.fields or name == REGISTRY:
            continue
        fields = known.fields
        found = draft.unknown("unknown_field", path, name, f"kinds.{kind}.fields", fields)
        if found:
            yield draft.at(
                "unknown_field", path, name=name, kind=kind, known="、".join(fields), near=nearest(name, fields)
            )


def _in_kinds(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for kind in draft.kinds.values():
        for path, name in (*_marks(kind), *_moves(kind)):
            yield f"kinds.{kind.name}.{path}", kind.name, name


def _marks(kind: Kind) -> Iterator[tuple[str, str]]:
    yield from ((mark, name) for mark in ("subject", "publishes") if (name := getattr(kind, mark)))
    if kind.calendar not in ("", OWN_DAY):
        yield "calendar", kind.calendar
    yield from ((f"called[{number}]", name) for number, name in enumerate(kind.called) if name != OWN_DAY)
    if kind.promise and kind.promise.due:
        yield "promise.due", kind.promise.due
    if kind.decided:
        yield from ((f"decided.{role}", name) for role, name in kind.decided.roles.items())
    if kind.commended:
        yield from ((f"commended.{role}", name) for role, name in kind.commended.roles.items())
    if kind.request:
        yield from ((f"request.{role}", name) for role, name in kind.request.roles.items())
        yield from ((f"request.shown[{number}]", name) for number, name in enumerate(kind.request.shown))


def _moves(kind: Kind) -> Iterator[tuple[str, str]]:
    for move in kind.flow.moves.values():
        path = f"flow.moves.{move.name}"
        yield from ((f"{path}.needs[{number}]", name) for number, name in enumerate(move.needs) if name != REASON)
        yield from ((f"{path}.clears[{number}]", name) for number, name in enumerate(move.clears))
        clock = kind.flow.clocks.get(move.name)
        if clock and clock.until:
            yield f"{path}.until", clock.until
        yield from ((f"{path}.sets.{name}", name) for name in move.sets)


def _in_inspections(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for each in draft.inspections.values():
        if each.approval:
            yield f"inspections.{each.name}.approval", each.kind, each.approval


def _in_plans(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for plan in draft.plans.values():
        yield f"plans.{plan.name}.until", plan.kind, plan.until


def _in_measures(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for measure in draft.measures.values():
        path = f"measures.{measure.name}"
        if isinstance(measure, (Sum, Latest, Distinct)):
            yield f"{path}.{type(measure).__name__.lower()}", measure.kind, measure.field
        if isinstance(measure, Flowing) and measure.by.by == "field":
            yield f"{path}.by", measure.kind, measure.by.name
        if isinstance(measure, Coverage) and measure.kind:
            yield f"{path}.coverage.field", measure.kind, measure.field
        if measure.target and measure.target.field:
            yield f"{path}.target", *measure.target.field
