"""Whom an obligation binds, as offices say it: every township, one organisation, whoever holds a role.

One table serves both ways: what an office chooses or its task table says becomes a condition over organisations, and
a condition that means one of these is told in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xianfeng.scheme.build.names import ORGANISATION
from xianfeng.scheme.expressions import Expression, ExpressionFaults, parse
from xianfeng.scheme.expressions.algebra import Node
from xianfeng.scheme.expressions.conditions import Compared, Joined, Member
from xianfeng.scheme.expressions.terms import Literal, Name
from xianfeng.scheme.obliging import ORGANISATIONS
from xianfeng.sentences import say

_MOST = 12  # alternatives of a condition that are still told one by one
_SEVERAL = re.compile(r"各|[（(](?:街道|社区|市|市、区)[)）]|县区|乡镇|镇街|村居")
_OFFICE = re.compile(r"(?<!支)部$|[局办室处科联会]$|中心$")
_Case = Mapping[str, str]  # what organisations are: level, type, category, code


@dataclass(frozen=True)
class Whom:
    """An obligation's `of` and `where`, as a scheme writes them."""

    of: str = ORGANISATIONS
    where: str = ""


@dataclass(frozen=True)
class Group:
    """Organisations of one sort: what they are called, one by one, and what they are."""

    title: str
    english: str
    cases: tuple[_Case, ...]

    @property
    def whom(self) -> Whom:
        return Whom(where=" or ".join(_written(case, alone=len(self.cases) == 1) for case in self.cases))


def _group(title: str, english: str, **case: str) -> Group:
    return Group(title, english, (case,))


_COUNTIES = _group(say("各县（市）区"), "each county", type="division", level="county")
_TOWNSHIPS = _group(say("各乡镇（街道）"), "each township", type="division", level="township")
GROUPS: Mapping[str, Group] = {
    "counties": _COUNTIES,
    "townships": _TOWNSHIPS,
    "counties_townships": Group(
        say("各县（市）区和各乡镇（街道）"), "each county and township", _COUNTIES.cases + _TOWNSHIPS.cases
    ),
    "villages_communities": _group(say("各村（社区）"), "each village and community", type="division", level="village"),
    "villages": _group(say("各村"), "each village", type="division", category="village"),
    "communities": _group(say("各社区"), "each community", type="division", category="community"),
    "county_parties": _group(say("各县（市）区党委"), "each county Party committee", type="body", level="county"),
    "township_parties": _group(
        say("各乡镇（街道）党委"), "each township Party committee", type="body", level="township"
    ),
    "branches": _group(say("各党支部"), "each Party branch", level="branch"),
    "firms": _group(say("各非公有制企业"), "each private firm", type="unit", category="firm"),
}
_TOLD = (  # what conditions mean besides what an office chooses
    *(group for group in GROUPS.values() if len(group.cases) == 1),
    _group(say("市委"), "the city Party committee", type="body", level="city"),
    _group(say("各市"), "each city", type="division", level="city"),
    _group(say("各级党组织"), "each Party organisation", type="body"),
    _group(say("县级组织"), "each organisation at county level", level="county"),
    _group(say("乡级组织"), "each organisation at township level", level="township"),
    _group(say("村级组织"), "each organisation at village level", level="village"),
)


def of_code(code: str) -> Whom:
    """One organisation."""
    return Whom(where=_written({"code": code}, alone=True))


def code_of(where: Expression | None) -> str:
    """The organisation that a condition is about alone, by its code; '' when it is about others."""
    cases = _cases(where.node) if where else ()
    return cases[0]["code"] if len(cases) == 1 and set(cases[0]) == {"code"} else ""


def group_of(where: Expression | None) -> str:
    """The name in GROUPS of those a condition means; '' for none."""
    cases = _cases(where.node) if where else ()
    return next((name for name, group in GROUPS.items() if cases and _same(cases, group.cases)), "")


def read(where: str) -> Expression | None:
    """A condition over organisations as it is written; None when there is none that can be read."""
    try:
        return parse(where, ORGANISATION) if where else None
    except ExpressionFaults:
        return None


def told(where: Expression) -> tuple[Group, ...]:
    """The sorts of organisations that a condition means, each with its words; none when there are no words for it."""
    cases = _cases(where.node)
    found = [next((group for group in _TOLD if dict(group.cases[0]) == dict(case)), None) for case in cases]
    return tuple(group for group in found if group) if all(found) else ()


def guessed(words: str) -> str:
    """The name in GROUPS of those that a unit in charge seems to be; '' for what is no sort of organisations."""
    said = re.sub(r"\s", "", words)
    if _OFFICE.search(said) or not _SEVERAL.search(said):
        return ""
    party = bool(re.search(r"党|[县区镇道][）)]?工?委", said))
    county, township = bool(re.search(r"县|区(?!域)", said.replace("社区", ""))), bool(re.search(r"乡|镇|街道", said))
    village, community = bool(re.search(r"村", said)), bool(re.search(r"社区|居", said))
    if "支部" in said:
        return "branches"
    if village or community:
        return "" if county or township else "villages_communities" if village and community else _either(village)
    if county and township:
        return "" if party else "counties_townships"
    if county or township:
        return ("county_parties" if county else "township_parties") if party else "counties" if county else "townships"
    return "firms" if "企业" in said else ""


def _either(village: bool) -> str:
    return "villages" if village else "communities"


def _written(case: _Case, *, alone: bool) -> str:
    told = " and ".join(f"{key} == {value!r}" for key, value in case.items())
    return told if alone or len(case) == 1 else f"({told})"


def _same(one: tuple[_Case, ...], other: tuple[_Case, ...]) -> bool:
    return len(one) == len(other) and all(dict(case) in map(dict, other) for case in one)


def _cases(node: Node) -> tuple[_Case, ...]:
    """The alternatives of a condition that only says what things are; () for every other."""
    match node:
        case Compared(operator="==", left=Name(path=path), right=Literal(value=str(value))):
            return ({path: value},)
        case Member(operator="in", item=Name(path=path), options=options):
            return tuple({path: str(option.value)} for option in options)
        case Joined(operator="or", operands=operands):
            parts = [_cases(each) for each in operands]
            return tuple(case for part in parts for case in part) if all(parts) else ()
        case Joined(operator="and", operands=operands):
            return _both([_cases(each) for each in operands])
    return ()


def _both(parts: list[tuple[_Case, ...]]) -> tuple[_Case, ...]:
    made: tuple[_Case, ...] = ({},)
    for part in parts:
        made = tuple(_joined(made, part))
        if len(made) > _MOST:
            return ()
    return made


def _joined(made: tuple[_Case, ...], part: tuple[_Case, ...]) -> Iterator[_Case]:
    for case in made:
        yield from ({**case, **other} for other in part if not case.keys() & other.keys())
