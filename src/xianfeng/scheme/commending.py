"""Commendations (评选表彰): which awards, how many of each, and what whoever is nominated must have done.

A condition is satisfied or not, and says which: nobody gets points. Like all nodes frozen and whole; the steps from
nomination to award are the kind's flow, counting and asking are the room's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Literal

from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.types import FieldType


@dataclass(frozen=True, kw_only=True)
class Commended:
    """The fields of a kind in which somebody is commended; '' for what it does not keep."""

    award: str
    approval: str  # 批准文号
    person: str = ""  # who it is, where it is not the organisation itself
    opinion: str = ""  # what was found in deliberation

    @property
    def roles(self) -> Mapping[str, str]:
        """Each field that has a role, by the role."""
        return {role.name: name for role in fields(self) if (name := getattr(self, role.name))}


COMMENDED_TYPES: Mapping[str, FieldType] = MappingProxyType(
    {"award": FieldType.CHOICE, "approval": FieldType.TEXT, "person": FieldType.PERSON, "opinion": FieldType.LONG_TEXT}
)


@dataclass(frozen=True, kw_only=True)
class Award:
    """How many can be given in a period: `within` a level, below each one organisation; None: there is no limit.

    `named`: the public notice prints who it is, where it is a person, as long as it runs.
    """

    name: str
    at_most: int | None = None
    within: str = ""
    named: bool = False
    local: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What has to hold at the organisation that is nominated, or to which whoever is nominated belongs."""

    name: str
    title: str
    when: Expression  # over the scheme's measures by their names, and what the organisation is
    measures: tuple[str, ...]  # that it looks at


@dataclass(frozen=True, kw_only=True)
class Commendation:
    name: str
    title: str
    kind: str  # in whose records it goes from nomination to award
    awards: Mapping[str, Award]
    noticed: str  # the state of a public notice
    awarded: str  # the state of whoever is commended
    eligible: Mapping[str, Condition]
    where: Expression | None = None  # which organisations can be nominated, or theirs; None: all that it binds
    every: Literal["once", "month", "quarter", "half_year", "year"] = "year"
    advisory: str = ""  # the evaluation whose results stand beside its nominations and decide nothing; historical only
    local: str = ""

    @property
    def public(self) -> tuple[str, str]:
        """The states in which everybody may read of it."""
        return self.noticed, self.awarded

    @property
    def measures(self) -> tuple[str, ...]:
        """Everything it looks at, each once."""
        return tuple(dict.fromkeys(name for each in self.eligible.values() for name in each.measures))
