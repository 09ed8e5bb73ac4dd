"""Every field that is named belongs to its kind."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.flowing import REASON
from xianfeng.scheme.nodes import OWN_DAY, REGISTRY, Coverage, Distinct, Flowing, Latest, Sum


def check(draft: Draft) -> Iterator[Fault]:
    for path, kind, name in (*_in_kinds(draft), *_in_measures(draft), *_in_plans(draft)):
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
        if kind.subject:
            yield f"kinds.{kind.name}.subject", kind.name, kind.subject
        if kind.publishes:
            yield f"kinds.{kind.name}.publishes", kind.name, kind.publishes
        for number, name in enumerate(kind.called):
            if name != OWN_DAY:
                yield f"kinds.{kind.name}.called[{number}]", kind.name, name
        if kind.promise and kind.promise.due:
            yield f"kinds.{kind.name}.promise.due", kind.name, kind.promise.due
        if kind.calendar not in ("", OWN_DAY):
            yield f"kinds.{kind.name}.calendar", kind.name, kind.calendar
        for move in kind.flow.moves.values():
            for number, name in enumerate(move.needs):
                if name != REASON:
                    yield f"kinds.{kind.name}.flow.moves.{move.name}.needs[{number}]", kind.name, name
            clock = kind.flow.clocks.get(move.name)
            if clock and clock.until:
                yield f"kinds.{kind.name}.flow.moves.{move.name}.until", kind.name, clock.until
            for name in move.sets:
                yield f"kinds.{kind.name}.flow.moves.{move.name}.sets.{name}", kind.name, name


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
