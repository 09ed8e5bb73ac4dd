"""How many places an award has, and how many are taken: by whoever was deliberated on, until he is refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from xianfeng.commendations.rules import records
from xianfeng.ledger.powers import root_of
from xianfeng.log.append import head
from xianfeng.population import Population, within_of
from xianfeng.registry import snapshots, tree
from xianfeng.registry.lineage import Lineage
from xianfeng.remembered import Remembered
from xianfeng.scheme.commending import Award, Commendation
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.stretches import Stretch
from xianfeng.scheme.types import Level

_known: Remembered[tuple[int, ...]] = Remembered(16)
TOGETHER = 0  # in the place of an organisation: counted all together, or below none of the level


@dataclass(frozen=True)
class Places:
    """Of one award below one organisation."""

    award: Award
    scope: int
    taken: int

    @property
    def left(self) -> int | None:
        return None if self.award.at_most is None else self.award.at_most - self.taken


def scopes_of(
    scheme: Scheme, award: Award, organisations: Collection[int], stretch: Stretch, lineage: Lineage
) -> dict[int, int]:
    """Below whom an award counts, of each: the nearest of the level, itself included."""
    if not award.within:
        return dict.fromkeys(organisations, TOGETHER)
    root = root_of(scheme)
    lineage.learn(organisations)
    return {
        one: within_of(one, root, stretch.until, award.within, among=lineage) or TOGETHER for one in set(organisations)
    }


def taken(
    scheme: Scheme, rule: Commendation, award: Award, stretch: Stretch, *, besides: Collection[int] = ()
) -> Counter[int]:
    """By the organisation below which they count; `besides`: records that are left out."""
    held = records(scheme, rule, award.name).filter(level__gte=Level.REVIEWED.rank).exclude(id__in=besides)
    subjects = [
        subject
        for subject in held.filter(day__range=(stretch.since, stretch.until)).values_list("subject", flat=True)
        if subject is not None
    ]
    scopes = scopes_of(scheme, award, subjects, stretch, Lineage())
    return Counter(scopes[subject] for subject in subjects)


def places_of(scheme: Scheme, rule: Commendation, stretch: Stretch) -> tuple[Places, ...]:
    """Of every award, below each organisation for which it is counted: somebody there can be nominated, or was."""
    found: list[Places] = []
    for award in rule.awards.values():
        counted = taken(scheme, rule, award, stretch)
        scopes = _scopes(scheme, rule, award.within, stretch) if award.within else (TOGETHER,)
        found += [Places(award, scope, counted[scope]) for scope in dict.fromkeys((*scopes, *counted))]
    return tuple(found)


def _scopes(scheme: Scheme, rule: Commendation, level: str, stretch: Stretch) -> tuple[int, ...]:
    """All of the level at or below whom there is somebody whom the rule means, by code."""
    as_of, root = head(), root_of(scheme)
    asked = (snapshots.edition(as_of), root, stretch.until, level, rule.where.text if rule.where else "")
    return _known.of(asked, partial(_found, as_of, root, stretch.until, level, rule.where))


def _found(as_of: int, root: int, day: dt.date, level: str, where: Expression | None) -> tuple[int, ...]:
    population = Population(as_of)
    above = population.within(root, day, level)
    meant = (one.organisation for one in population.listed(root, day, where))
    found = {above[organisation] for organisation in meant if organisation in above}
    named = tree.named(found, day)
    return tuple(sorted(found, key=lambda organisation: named[organisation].code))
