"""A state that no record can enter is a mistake in the flow."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.build.kinds import WITHDRAWN
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import Flow


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        path = f"kinds.{kind.name}.flow"
        if kind.flow.initial not in kind.flow.states or draft.reading.is_broken(path):
            continue
        reached = _reached(kind.flow)
        for state in kind.flow.states.values():
            if state.name not in reached and state.name != WITHDRAWN.name:
                yield draft.at_key("unreachable_state", f"{path}.states.{state.name}", name=state.name)


def _reached(flow: Flow) -> set[str]:
    reached, waiting = {flow.initial}, [flow.initial]
    while waiting:
        here = waiting.pop()
        onward = {move.leads(here) for move in flow.moves.values() if here in move.origins} - reached
        reached |= onward
        waiting += onward
    return reached
