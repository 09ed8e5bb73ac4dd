"""Every state that is named belongs to its kind's flow."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.measuring import Flowing


def check(draft: Draft) -> Iterator[Fault]:
    for path, kind, name in (
        *_in_flows(draft),
        *_in_promises(draft),
        *_in_measures(draft),
        *_in_obligations(draft),
        *_in_plans(draft),
        *_in_gradings(draft),
        *_in_commendations(draft),
    ):
        states = draft.kinds[kind].flow.states
        if draft.unknown("unknown_state", path, name, f"kinds.{kind}.flow.states", states):
            yield draft.at(
                "unknown_state", path, name=name, kind=kind, known="、".join(states), near=nearest(name, states)
            )


def _in_flows(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for kind in draft.kinds.values():
        path = f"kinds.{kind.name}.flow"
        if kind.flow.initial:
            yield f"{path}.initial", kind.name, kind.flow.initial
        for move in kind.flow.moves.values():
            if move.target:
                yield f"{path}.moves.{move.name}.to", kind.name, move.target
            for number, origin in enumerate(move.origins):
                yield f"{path}.moves.{move.name}.from[{number}]", kind.name, origin
        for clock in kind.flow.clocks.values():
            for number, state in enumerate(one for one in clock.states if one not in clock.starts):
                yield f"{path}.moves.{clock.move}.over[{number}]", kind.name, state


def _in_promises(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for kind in draft.kinds.values():
        for key in ("kept", "broken") if kind.promise else ():
            for number, state in enumerate(getattr(kind.promise, key)):
                yield f"kinds.{kind.name}.promise.{key}[{number}]", kind.name, state


def _in_measures(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for measure in draft.measures.values():
        if isinstance(measure, Flowing) and measure.by.by == "entered" and measure.kind in draft.kinds:
            yield f"measures.{measure.name}.by", measure.kind, measure.by.name
        if isinstance(measure, Flowing) and measure.kind in draft.kinds:
            for number, state in enumerate(measure.stands_until):
                yield f"measures.{measure.name}.stands_until[{number}]", measure.kind, state


def _in_obligations(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for each in draft.obligations.values():
        if each.after and each.after[0] in draft.kinds:
            yield f"obligations.{each.name}.after", *each.after


def _in_plans(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for plan in draft.plans.values():
        for step in plan.steps.values():
            if step.done.state and plan.kind in draft.kinds:
                yield f"plans.{plan.name}.steps.{step.name}.done", plan.kind, step.done.state


def _in_gradings(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for grading in draft.gradings.values():
        if grading.published and grading.kind in draft.kinds:
            yield f"gradings.{grading.name}.published", grading.kind, grading.published


def _in_commendations(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for each in draft.commendations.values():
        for key in ("noticed", "awarded") if each.kind in draft.kinds else ():
            yield f"commendations.{each.name}.{key}", each.kind, getattr(each, key)
