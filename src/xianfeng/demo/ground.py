"""The organisations and people that a plan's records refer to, by the names of its groups.

An organisation's code begins with the code of the division it stands on (350121105-Q003 on 350121105), and a division's
code with that of the division above: who stands above whom can be read from the codes, without a query for each record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xianfeng.problems import Problem
from xianfeng.registry.codes import NATION
from xianfeng.sentences import say

_LENGTHS = {"nation": 0, "province": 2, "city": 4, "county": 6, "township": 9, "village": 12}


@dataclass(frozen=True, slots=True)
class Site:
    id: int
    code: str
    name: str

    @property
    def division(self) -> str:
        return self.code.partition("-")[0]


@dataclass(frozen=True)
class Ground:
    """`groups`: the organisations of each group, by code; `people`: their numbers; `divisions`: number by code."""

    groups: Mapping[str, Sequence[Site]]
    people: Mapping[str, Sequence[int]]
    divisions: Mapping[str, int]

    def sites(self, group: str) -> Sequence[Site]:
        if not self.groups.get(group):
            message = say("计划里没有组织“{group}”，或者它是空的。", group=group)
            raise Problem("demo.no_group", message, hint="在 groups 或 organisations 里写上。")
        return self.groups[group]

    def persons(self, group: str) -> Sequence[int]:
        if not self.people.get(group):
            raise Problem("demo.no_people", say("计划里没有人员“{group}”。", group=group), hint="在 people 里写上。")
        return self.people[group]

    def superior(self, site: Site, level: str) -> int:
        """The division of that level above a site, or the nearest one above it."""
        code = at_level(site.division, level)
        return self.divisions[code]


def stem(code: str) -> str:
    """The digits that all codes below a division share."""
    if code == NATION:
        return ""
    return code.removesuffix("0000") if code.endswith("0000") and len(code) == 6 else _without_city_zeros(code)


def _without_city_zeros(code: str) -> str:
    return code[:4] if len(code) == 6 and code.endswith("00") else code


def at_level(code: str, level: str) -> str:
    """The code of the division of a level that a code lies in; the code itself when it is no longer than that."""
    shorter = code[: _LENGTHS[level]]
    return shorter.ljust(6, "0") if len(shorter) < 6 else shorter


def by_division(sites: Iterable[Site]) -> dict[str, list[Site]]:
    found: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        found[site.division].append(site)
    return found


def nearest(code: str, sites: Mapping[str, Sequence[Site]]) -> Site:
    """The site on the division of a code, or on the nearest one above it."""
    for level in ("village", "township", "county", "city", "province"):
        found = sites.get(at_level(code, level))
        if found:
            return found[0]
    message = say("{code} 之上没有这一组的组织。", code=code)
    raise Problem("demo.nobody_above", message, hint="换一组组织，或补上缺的组织。")
