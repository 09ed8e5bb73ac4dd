"""What the registry counts at and below an organisation on a day, as far as it is known to count all of it.

It is known now: whoever puts the registry right has nothing more to explain. Members are entered by those who keep
them, and seldom by all. They count only where each organisation there, of a level that has members anywhere, has some,
and so have most of that level in the campaign: where a few are entered here and there, nothing is known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Count

from xianfeng.ledger import powers
from xianfeng.log.append import head
from xianfeng.registry import places
from xianfeng.registry.models import Membership
from xianfeng.scheme.nodes import Among, Scheme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from xianfeng.population import Population


def counted(scheme: Scheme, among: Among, asked: Mapping[dt.date, Iterable[int]]) -> Mapping[tuple[dt.date, int], int]:
    """By day and organisation; one of which it is not known is left out."""
    if among.of == "members" and not Membership.objects.exists():
        return {}
    from xianfeng.population import Population  # numpy and DuckDB, which no page needs

    root, population = powers.root_of(scheme), Population(head())
    return {
        (day, organisation): number
        for day, organisations in asked.items()
        for organisation, number in _on(population, root, day, among, set(organisations)).items()
    }


def _on(population: Population, root: int, day: dt.date, among: Among, asked: set[int]) -> Mapping[int, int]:
    import numpy as np

    counted, everybody = population.spans(root, day, among.where), population.spans(root, day)
    if among.of == "members":
        held = _members(day)
        numbers = np.array([held.get(one, 0) for one in counted["organisation"].tolist()], np.int64)
        unknown = _gaps(counted["level"], numbers > 0)
    else:
        numbers = np.ones(len(counted["lo"]), np.int64)
        unknown = np.zeros(len(numbers), bool)
    within = np.isin(everybody["organisation"], sorted(asked))
    first, before = (np.searchsorted(counted["lo"], everybody[end][within]) for end in ("lo", "hi"))
    totals, gaps = (np.append(0, np.cumsum(values)) for values in (numbers, unknown))
    found, lacking = totals[before] - totals[first], gaps[before] - gaps[first]
    whole = (found > 0) & (lacking == 0)
    return dict(zip(everybody["organisation"][within][whole].tolist(), found[whole].tolist(), strict=True))


def _gaps(levels: NDArray[np.str_], has: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where members may be lacking: of the levels that have some, who has none, and all where most have none."""
    import numpy as np

    gaps = np.zeros(len(levels), bool)
    for level in np.unique(levels[has]):
        alike = levels == level
        gaps |= alike & (~has if 2 * has[alike].sum() > alike.sum() else True)
    return gaps


def _members(day: dt.date) -> Mapping[int, int]:
    rows = Membership.objects.filter(places.on(day)).order_by().values_list("organisation")
    return dict(rows.annotate(Count("person", distinct=True)))
