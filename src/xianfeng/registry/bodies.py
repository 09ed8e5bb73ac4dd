"""Party bodies for a whole subtree at once: one on each division, as real places have them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from xianfeng.log.actors import Actor
from xianfeng.registry import places
from xianfeng.registry.actions.founding import Founding, found_many
from xianfeng.registry.models import Organisation, Place

SUFFIX = "-D"  # 党组织: a body's code is its division's with this
CATEGORY = "party"
_TITLES = {"committee": "委员会", "general_branch": "总支部委员会", "branch": "支部委员会"}
USUAL: Mapping[str, str] = MappingProxyType({"village": "branch"})  # all others have a committee


def found_bodies(
    *,
    under: int,
    by: Actor,
    founded: dt.date | None = None,
    levels: Mapping[str, str] = USUAL,
    where: Callable[[Organisation], bool] = lambda division: True,
    progress: Callable[[int], None] | None = None,
) -> range:
    """A party body on each open division of a subtree, itself included, that has none; their numbers.

    `levels`: a division's level -> its body's level. `founded` None: they were there before records begin.
    """
    divisions = (division for division in open_divisions(under) if where(division))
    return found_many(foundings=_foundings(divisions, levels, founded), by=by, progress=progress)


def open_divisions(under: int) -> Iterator[Organisation]:
    """The open divisions of a subtree, whoever stands above first, then by code."""
    level = list(Place.objects.filter(organisation=under, until=None).values_list("id", flat=True))
    while level:
        below: list[int] = []
        for some in places.chunks(level):
            rows = Organisation.objects.filter(places__in=some, type="division").order_by("code")
            yield from list(rows)
            below.extend(_below(some))
        level = below


def _below(some: Sequence[int]) -> list[int]:
    rows = Place.objects.filter(parent__in=some, until=None, organisation__type="division")
    return list(rows.order_by("organisation__code").values_list("id", flat=True))


def _foundings(
    divisions: Iterator[Organisation], levels: Mapping[str, str], founded: dt.date | None
) -> Iterator[Founding]:
    there = set(Organisation.objects.filter(type="body", code__endswith=SUFFIX).values_list("code", flat=True))
    for division in divisions:
        code = f"{division.code}{SUFFIX}"
        if code not in there:
            level = levels.get(division.level, "committee")
            yield Founding(
                code=code,
                name=name_of(division.name, level),
                type="body",
                level=level,
                category=CATEGORY,
                parent=division.id,
                founded=founded,
            )


def name_of(division: str, level: str) -> str:
    """福清市 has 中共福清市委员会, 小桥社区居委会 中共小桥社区支部委员会, 后山村委会 中共后山村支部委员会."""
    place = re.sub(r"村?村(民委员|委)会$", "村", division)
    place = re.sub(r"居(民委员|委)会$", "", place) or division
    return f"中共{place}{_TITLES.get(level, '委员会')}"
