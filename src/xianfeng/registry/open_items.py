"""What is still open at an organisation that is about to end.

The registry knows no ledger. The rooms above register a provider each, and an organisation ends only when every item
has somebody to take it over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.sentences import say, together

_TOLD = 10


class HandOver(Protocol):
    """Passes an item on, inside the transaction that ends its organisation."""

    def __call__(self, *, to: int, day: dt.date, by: Actor) -> None: ...


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """Something that somebody has to finish. `key` names it among all items of all rooms: 'record:512'.

    `go_up`: lets the organisation above decide about it, where nobody takes it over.
    """

    key: str
    title: str
    hand_over: HandOver | None = None
    go_up: HandOver | None = None


@dataclass(frozen=True)
class Assigned:
    """An open item and who takes it over; None when that is the organisation above, to decide about it."""

    item: OpenItem
    heir: int | None


Provider = Callable[[int], Iterable[OpenItem]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a room's provider; once, when its app is ready."""
    if provider not in _providers:
        _providers.append(provider)


def at(organisation: int) -> list[OpenItem]:
    return [item for provider in _providers for item in provider(organisation)]


def assign(
    organisation: int, *, name: str, default: int | None, chosen: Mapping[str, int], above: int | None
) -> list[Assigned]:
    """Each open item with who takes it over; refused while one has nobody, and nobody above to decide."""
    items = at(organisation)
    keys = {item.key for item in items}
    strangers = [key for key in chosen if key not in keys]
    if strangers:
        raise Problem(
            "registry.no_such_item",
            say("{name}没有这一项：{strangers}", name=name, strangers=strangers[0]),
            hint="刷新后重新指定承接单位。",
            place=strangers[0],
        )
    nobodys = [item for item in items if item.key not in chosen] if default is None else []
    left = [item for item in nobodys if item.go_up is None or above is None]
    if left:
        told = together(item.title for item in left[:_TOLD])
        more = say("等 {count} 项", count=len(left)) if len(left) > _TOLD else ""
        raise Problem(
            "registry.items_open",
            say("{name}还有未办结的事项：{told}{more}", name=name, told=told, more=more),
            hint="为每一项指定承接单位，或先办结。",
        )
    return [Assigned(item, chosen.get(item.key, default)) for item in items]
