"""Who is told what is told to an organisation: everybody who does its work; where nobody does, its superior."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.log.bulk import batched
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Appointment


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """`instead_of`: the organisation below where nobody holds an appointment that could act; None: its own."""

    appointment: int
    person: int
    organisation: int
    instead_of: int | None = None


def holding(appointments: Iterable[int]) -> dict[int, Recipient]:
    """Of these appointments, those that have not ended."""
    found: dict[int, Recipient] = {}
    for some in batched(sorted(set(appointments))):
        rows = Appointment.objects.filter(id__in=some, until=None).values_list("id", "person", "organisation")
        found.update((row[0], Recipient(appointment=row[0], person=row[1], organisation=row[2])) for row in rows)
    return found


def of(organisations: Iterable[int], day: dt.date) -> dict[int, tuple[Recipient, ...]]:
    """Of each organisation; empty only where nobody acts up to the top."""
    wanted = set(organisations)
    acting = _acting(wanted)
    vacant = sorted(wanted - acting.keys())
    above = _above(vacant, day)
    superiors = _acting({one for chain in above.values() for one in chain})
    for organisation in vacant:
        nearest = next((superiors[one] for one in above[organisation] if one in superiors), ())
        acting[organisation] = tuple(replace(one, instead_of=organisation) for one in nearest)
    return acting


def _above(organisations: list[int], day: dt.date) -> dict[int, tuple[int, ...]]:
    lineage = Lineage()
    lineage.learn(organisations)
    chains: dict[int, tuple[int, ...]] = {}
    for organisation in organisations:
        exists = lineage.place_if_any(organisation, day) is not None
        chains[organisation] = lineage.ancestors(organisation, day) if exists else ()
    return chains


def _acting(organisations: Iterable[int]) -> dict[int, tuple[Recipient, ...]]:
    found: dict[int, list[Recipient]] = defaultdict(list)
    for some in batched(sorted(set(organisations))):
        rows = Appointment.objects.filter(organisation__in=some, until=None).order_by("id")
        for number, person, organisation, role in rows.values_list("id", "person", "organisation", "role"):
            if Ability.FILE in abilities.of(role):
                found[organisation].append(Recipient(appointment=number, person=person, organisation=organisation))
    return {organisation: tuple(some) for organisation, some in found.items()}
