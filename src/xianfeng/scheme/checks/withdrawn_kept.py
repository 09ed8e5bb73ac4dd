"""Withdrawing belongs to every kind and means the same in each: in no figure, and the end for all but a requester."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.build.kinds import WITHDRAWN
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import REQUESTER
from xianfeng.scheme.types import Level


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        path = f"kinds.{kind.name}.flow"
        if kind.flow.states[WITHDRAWN.name].level is not Level.NONE:
            yield draft.at_key("withdrawn_changed", f"{path}.states.{WITHDRAWN.name}")
        for move in kind.flow.moves.values():
            if WITHDRAWN.name in move.origins and move.by != (REQUESTER,):
                yield draft.at("move_from_withdrawn", f"{path}.moves.{move.name}.from")
            if move.target == WITHDRAWN.name:
                yield draft.at("move_to_withdrawn", f"{path}.moves.{move.name}.to")
