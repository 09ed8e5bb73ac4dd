"""Where one can object to a record somebody is concerned, there is a kind to object in, and a day by which that is
answered; and whoever decides does not shut that door by his next step."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import Flow, Move, State
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType, Level

_CONCERNED = (FieldType.ORGANISATION, FieldType.PERSON)
_DAYS = ("days", "workdays", "months")


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        if kind.objects and not any(clock.until for clock in kind.flow.due(kind.flow.initial)):
            yield draft.at("objection_undated", f"kinds.{kind.name}.request.about")
        for state in kind.flow.states.values():
            if state.heard is not None:
                yield from _heard(draft, kind, f"kinds.{kind.name}.flow.states.{state.name}.heard")
                if state.heard.unit not in _DAYS:
                    yield draft.at("heard_hours", f"kinds.{kind.name}.flow.states.{state.name}.heard")
        for move, state in _shutting(kind.flow):
            yield draft.at("heard_no_more", f"kinds.{kind.name}.flow.moves.{move.name}.to", name=state.title)


def _shutting(flow: Flow) -> Iterator[tuple[Move, State]]:
    """Steps of others than whom it concerns, out of where he is heard, and the states in which he is not any more: what
    counts for nothing there and what ends a matter that was open is no harm, nor what comes to be heard again."""
    for move in flow.moves.values():
        for origin in (flow.states.get(name) for name in move.origins):
            state = flow.states.get(move.leads(origin.name)) if origin else None
            if origin is None or state is None or _opens(origin, move) or _harmless(state):
                continue
            if not (origin.open and not state.open) and not _passing(flow, state):
                yield move, state


def _opens(origin: State, move: Move) -> bool:
    """Whether a step takes nothing away: nobody is heard there, nothing stands there, or it is his own."""
    return origin.heard is None or origin.level is Level.NONE or move.yields


def _harmless(state: State) -> bool:
    return state.heard is not None or state.level is Level.NONE


def _passing(flow: Flow, state: State) -> bool:
    """Whether there is a way on, and each leads to where nothing is shut."""
    further = {move.leads(state.name) for move in flow.moves.values() if state.name in move.origins} - {state.name}
    return bool(further) and all(_harmless(flow.states[name]) for name in further if name in flow.states)


def _heard(draft: Draft, kind: Kind, path: str) -> Iterator[Fault]:
    if draft.reading.incomplete:
        return
    subject = kind.fields.get(kind.subject)
    if subject is None or subject.type not in _CONCERNED or subject.personal:
        yield draft.at("heard_nobody", path)
    if not any(kind.objected_in(one) for one in draft.kinds.values()):
        yield draft.at("heard_nowhere", path)
