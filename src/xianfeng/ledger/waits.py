"""What waits for somebody besides records to move: the rooms above say it, each of its own work, in one form.

A room registers once what it tells; the desk shows what is the reader's to do, the page of judgement all of it.
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
    page where it is done, with what its address holds. `mine`: the reader's to do; else it is under way, as told to
    whoever overlooks it.
    """

    work: str
    words: str
    count: int
    said: str
    page: tuple[str, *tuple[int | str, ...]]
    about: str = ""
    mine: bool = True


Provider = Callable[[Waiter], Iterable[Wait]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Once, in a room's `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def of(waiter: Waiter) -> Iterator[Wait]:
    """All that waits, or is under way; nothing of which there is none."""
    return (wait for provider in _providers for wait in provider(waiter) if wait.count)
