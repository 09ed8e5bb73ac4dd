"""Who works together: a division or a unit, with the bodies attached to it directly, is one desk.

A party committee, a league, a union hangs under the division that it belongs to, and the same few people do the work of
both: whoever is appointed at one answers for the other. So a desk's superior is never its own division, and whoever
counts those below leaves its own bodies out. Of two bodies at one division neither works for the other; a body under a
body, as a branch under a committee, is a desk of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from xianfeng.log.bulk import numbers
from xianfeng.registry.known import Known
from xianfeng.registry.models import Organisation, Place
from xianfeng.registry.paths import places_of

BODY = "body"
_ATTACHED = Q(organisation__type=BODY, parent__isnull=False) & ~Q(parent__organisation__type=BODY)


def of(organisation: int) -> tuple[int, ...]:
    """All whose work is done by whoever is appointed at one organisation: itself first."""
    return sharing([organisation])[organisation]


def sharing(organisations: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """The same of many. It holds both ways: they are also those whose people do its work."""
    return _SHARING.each(organisations)


def _sharing(organisations: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    found = {one: [one] for one in organisations}
    attached = Place.objects.filter(_ATTACHED, ended_seq=None).order_by("id")
    for some in numbers(found):
        for body, division in attached.filter(organisation__in=some).values_list(
            "organisation", "parent__organisation"
        ):
            found[body].append(division)
        bodies = attached.filter(parent__organisation__in=some)
        for division, body in bodies.values_list("parent__organisation", "organisation"):
            found[division].append(body)
    return {one: tuple(those) for one, those in found.items()}


_SHARING = Known(_sharing)


def head(organisation: int) -> int | None:
    """The division or unit to which a body is attached; None of everybody else, whose desk lies below himself."""
    held = Place.objects.filter(_ATTACHED, organisation=organisation, ended_seq=None)
    return held.values_list("parent__organisation", flat=True).first()


@dataclass(frozen=True)
class Desk:
    """`organisation`: the division or unit, or whoever stands alone. `place`: its own; `attached`: of its bodies."""

    organisation: int
    place: int
    attached: tuple[int, ...]


def at(organisation: int) -> Desk | None:
    """The desk to which an organisation belongs; None when it has ended."""
    return _DESKS.of(organisation)


def _at(organisation: int) -> Desk | None:
    held = Place.objects.filter(organisation=organisation, ended_seq=None).first()
    if held is None:
        return None
    own = Place.objects.filter(children__in=Place.objects.filter(_ATTACHED, id=held.pk)).first() or held
    return Desk(own.organisation_id, own.pk, attached(own.pk))


def attached(place: int) -> tuple[int, ...]:
    """The places of the bodies that are at one desk with a place's organisation."""
    return _BODIES.of(place)


def _attached(place: int) -> tuple[int, ...]:
    return tuple(Place.objects.filter(_ATTACHED, parent=place).order_by("id").values_list("id", flat=True))


_DESKS, _BODIES = Known.each_by_itself(_at), Known.each_by_itself(_attached)


def above(organisations: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The divisions or units whose desks stand above an organisation's own, nearest first, by where it stood last."""
    paths: dict[int, tuple[int, ...]] = {}
    for some in numbers(set(organisations)):
        rows = Place.objects.filter(organisation__in=some).order_by("id").values_list("organisation", "path")
        paths.update((organisation, places_of(path)) for organisation, path in rows)
    held, bodies = _held({place for chain in paths.values() for place in chain})
    return {one: _heads([held[place] for place in reversed(chain)], bodies)[1:] for one, chain in paths.items()}


def _held(places: Iterable[int]) -> tuple[Mapping[int, int], frozenset[int]]:
    """The organisations of places, and which of them are bodies."""
    held: dict[int, int] = {}
    for some in numbers(places):
        held.update(Place.objects.filter(id__in=some).values_list("id", "organisation"))
    bodies: set[int] = set()
    for some in numbers(set(held.values())):
        bodies.update(Organisation.objects.filter(id__in=some, type=BODY).values_list("id", flat=True))
    return held, frozenset(bodies)


def _heads(chain: list[int], bodies: frozenset[int]) -> tuple[int, ...]:
    """Of a chain upwards, one organisation for each desk."""
    return tuple(
        one for one, over in zip(chain, [*chain[1:], 0], strict=True) if one not in bodies or not over or over in bodies
    )
