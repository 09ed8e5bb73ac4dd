"""Who is told what is told to an organisation: everybody at its desk; where nobody is, the nearest desk above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.log.bulk import batched
from xianfeng.registry import desks
from xianfeng.registry.models import Appointment


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """`instead_of`: the organisation below, at whose desk nobody could act; None: of one's own desk."""

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


def of(organisations: Iterable[int]) -> dict[int, tuple[Recipient, ...]]:
    """Of each organisation; empty only where nobody acts up to the top."""
    found = _at_desks(organisations, Ability.FILE)
    vacant = [organisation for organisation, people in found.items() if not people]
    above = superiors(vacant, Ability.FILE)
    nearest = _at_desks({one.organisation for one in above.values()}, Ability.FILE)
    for organisation, superior in above.items():
        found[organisation] = tuple(replace(one, instead_of=organisation) for one in nearest[superior.organisation])
    return found


@dataclass(frozen=True)
class Superior:
    """`skipped`: the desks between, where nobody could do it."""

    organisation: int
    skipped: tuple[int, ...]


def superiors(organisations: Iterable[int], able: Ability) -> dict[int, Superior]:
    """The nearest desk above each that has somebody who is able to; the next one, where nobody is up to the top."""
    above = desks.above(organisations)
    people = _at_desks({one for chain in above.values() for one in chain}, able)
    found: dict[int, Superior] = {}
    for organisation, chain in above.items():
        nearest = next((n for n, one in enumerate(chain) if people[one]), 0)
        if chain:
            found[organisation] = Superior(chain[nearest], chain[:nearest])
    return found


def _at_desks(organisations: Iterable[int], able: Ability) -> dict[int, tuple[Recipient, ...]]:
    """Whoever does an organisation's work, its own people first."""
    sharing = desks.sharing(organisations)
    acting = _acting({one for those in sharing.values() for one in those}, able)
    return {
        organisation: tuple(held for one in those for held in acting.get(one, ()))
        for organisation, those in sharing.items()
    }


def _acting(organisations: Iterable[int], able: Ability) -> dict[int, tuple[Recipient, ...]]:
    found: dict[int, list[Recipient]] = defaultdict(list)
    for some in batched(sorted(set(organisations))):
        rows = Appointment.objects.filter(organisation__in=some, until=None).order_by("id")
        for number, person, organisation, role in rows.values_list("id", "person", "organisation", "role"):
            if able in abilities.of(role):
                found[organisation].append(Recipient(appointment=number, person=person, organisation=organisation))
    return {organisation: tuple(some) for organisation, some in found.items()}
