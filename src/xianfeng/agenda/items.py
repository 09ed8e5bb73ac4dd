"""What lies before an organisation, in order of time: duties, steps of plans, meetings and rosters.

Each kind of thing is told by a provider of its own; whoever shows an agenda asks them all. Nothing is kept: it is read
when it is asked for. An item names work and registers, never a person.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from xianfeng.agenda import meetings, obligations, stages
from xianfeng.agenda.item import Item
from xianfeng.sentences import say, translated

Provider = Callable[..., Iterable[Item]]

_PROVIDERS: tuple[Provider, ...] = (obligations.items, stages.items, meetings.items)


def agenda(
    organisation: int, *, since: dt.date, until: dt.date, now: dt.datetime, below: bool = False
) -> tuple[Item, ...]:
    """Everything between two days, both included; `below`: and the meetings and rosters of whoever stands under it."""
    found = [item for provider in _PROVIDERS for item in provider(organisation, since=since, until=until, now=now)]
    if below:
        found.extend(meetings.below(organisation, since=since, until=until))
    times = Counter((item.day, translated(item.title)) for item in found)
    told = (_told_apart(item) if times[item.day, translated(item.title)] > 1 else item for item in found)
    return tuple(sorted(told, key=lambda item: (item.day, item.uid)))


def _told_apart(item: Item) -> Item:
    return replace(item, title=say("{title}（{apart}）", title=item.title, apart=item.apart)) if item.apart else item
