"""What waits for somebody besides records to move: the rooms above say it, each of its own work, in one form.

A room registers once what it tells: what is the reader's to do, which his desk shows, and what is under way, which
the page of judgement shows besides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from xianfeng.accounts.abilities import Ability
from xianfeng.scheme.nodes import Scheme


@dataclass(frozen=True, kw_only=True)
class Waiter:
    """Who asks what waits for him.

    `desk`: the organisation for which he decides about those below; `own`: those at whose desk he is. `campaigns`:
    those that he overlooks, and whose office he is where he has the ability.
    """

    person: int
    desk: int
    own: frozenset[int]
    abilities: frozenset[Ability]
    campaigns: tuple[Scheme, ...]
    today: dt.date

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities


@dataclass(frozen=True, kw_only=True)
class Wait:
    """`words` is what waits, a sentence of `say`, as are `about` and `said`, which says how many. `page` names the
    page where it is done, with what its address holds.
    """

    work: str
    words: str
    count: int
    said: str
    page: tuple[str, *tuple[int | str, ...]]
    about: str = ""


Provider = Callable[[Waiter], Iterable[Wait]]
_to_do: list[Provider] = []
_under_way: list[Provider] = []


def register(*, to_do: Provider | None = None, under_way: Provider | None = None) -> None:
    """Once, in a room's `AppConfig.ready`."""
    for provider, known in ((to_do, _to_do), (under_way, _under_way)):
        if provider and provider not in known:
            known.append(provider)


def to_do(waiter: Waiter) -> Iterator[Wait]:
    """What is the reader's to do; nothing of which there is none."""
    return _told(_to_do, waiter)


def under_way(waiter: Waiter) -> Iterator[Wait]:
    """What is not over in what he overlooks, whoever's it is to do; nothing of which there is none."""
    return _told(_under_way, waiter)


def _told(providers: Iterable[Provider], waiter: Waiter) -> Iterator[Wait]:
    return (wait for provider in providers for wait in provider(waiter) if wait.count)
