"""Whoever moves or owes is one of the house's actors or a role of the scheme."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault, nearest
from xianfeng.scheme.inspecting import INSPECTOR

MOVERS = ("author", "superior", "office", "handler", "requester", "clock")
OWERS = ("organisations", "superior_head", "office")
INSPECTING = (INSPECTOR,)


def check(draft: Draft) -> Iterator[Fault]:
    for path, name, built_in in _named(draft):
        known = (*built_in, *draft.roles)
        if draft.unknown("unknown_role", path, name, "roles", known):
            yield draft.at("unknown_role", path, name=name, known="、".join(known), near=nearest(name, known))


def _named(draft: Draft) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for kind in draft.kinds.values():
        for move in kind.flow.moves.values():
            for number, name in enumerate(move.by):
                yield f"kinds.{kind.name}.flow.moves.{move.name}.by[{number}]", name, MOVERS
    for obligation in draft.obligations.values():
        yield f"obligations.{obligation.name}.of", obligation.of, OWERS
    for inspection in draft.inspections.values():
        yield f"inspections.{inspection.name}.inspectors.of", inspection.inspectors.of, INSPECTING
