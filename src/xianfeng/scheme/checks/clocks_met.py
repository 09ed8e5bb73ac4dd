"""What meets a clock are moves that can be made while it runs."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.flowing import Clock
from xianfeng.scheme.nodes import Kind


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for clock in kind.flow.clocks.values():
            path = f"kinds.{kind.name}.flow.moves.{clock.move}.met_by"
            if draft.reading.has(path):
                yield from _of_clock(draft, kind, clock, path)


def _of_clock(draft: Draft, kind: Kind, clock: Clock, path: str) -> Iterator[Fault]:
    moves = kind.flow.moves
    for number, name in enumerate(one for one in clock.met_by if one != clock.move):
        place = f"{path}[{number}]"
        if name in moves:
            if not set(moves[name].origins) & set(clock.states):
                yield draft.at("met_elsewhere", place, name=name)
        elif draft.unknown("unknown_move", place, name, f"kinds.{kind.name}.flow.moves", moves):
            yield draft.at(
                "unknown_move", place, name=name, kind=kind.name, known="、".join(moves), near=nearest(name, moves)
            )
