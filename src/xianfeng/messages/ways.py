"""By which channels a person can be told and wants to be, and when not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from xianfeng.messages import quiet
from xianfeng.messages.channels.known import Channel, channels
from xianfeng.messages.models import Preference
from xianfeng.vault.models import PersonalValue


@dataclass(frozen=True, kw_only=True)
class Ways:
    """`channels`: in the order in which they are tried; empty: the inbox alone."""

    channels: tuple[Channel, ...]
    quiet_from: dt.time = quiet.FROM
    quiet_until: dt.time = quiet.UNTIL

    def quiet(self, now: dt.datetime) -> bool:
        return quiet.holds(now, self.quiet_from, self.quiet_until)


def of(people: Iterable[int]) -> dict[int, Ways]:
    """Of each person. No address is read for it, only whether there is one."""
    wanted = set(people)
    known = channels()
    preferred = {row.person: row for row in Preference.objects.filter(person__in=wanted)}
    addresses = _addresses(wanted, {channel.address for channel in known.values()})
    found: dict[int, Ways] = {}
    for person in wanted:
        row = preferred.get(person)
        names = tuple(known) if row is None else tuple(row.channels.split())
        some = tuple(known[name] for name in names if name in known and (person, known[name].address) in addresses)
        found[person] = (
            Ways(channels=some)
            if row is None
            else Ways(channels=some, quiet_from=row.quiet_from, quiet_until=row.quiet_until)
        )
    return found


def _addresses(people: set[int], fields: set[str]) -> set[tuple[int, str]]:
    if not fields:
        return set()
    rows = PersonalValue.objects.filter(person__in=people, field__in=fields, erased=None)
    return {(person, field) for person, field in rows.values_list("person", "field") if person is not None}
