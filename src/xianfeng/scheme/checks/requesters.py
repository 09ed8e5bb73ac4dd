"""A requester speaks, and anybody may file, where the flow lets whoever holds a counterfoil go on."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.flowing import REQUESTER


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        path = f"kinds.{kind.name}"
        if kind.requested or draft.reading.is_broken(f"{path}.flow"):
            continue
        if kind.intake:
            yield draft.at("intake_unfollowed", f"{path}.intake")
        for name in kind.said:
            yield draft.at("requester_missing", f"{path}.fields.{name}.by", name=name)
        for name in (field.name for field in kind.fields.values() if field.acts == REQUESTER):
            yield draft.at("requester_missing", f"{path}.fields.{name}.acts", name=name)
