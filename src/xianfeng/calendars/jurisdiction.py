"""Whose days an organisation keeps, and who may say what they are.

A calendar is a jurisdiction's: a division, from the nation's provinces down to villages. A body or a unit keeps the
days of the division that it belongs to. The office of a division, be it the division itself or a body directly at it,
edits its table; everybody below reads it. The nation's table is the operator's, who fills it from announcements.
"""

from __future__ import annotations

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry import chains
from xianfeng.registry.models import Organisation
from xianfeng.sentences import say

NATION = 0  # the nation's table belongs to no organisation of the registry
_EDITS = frozenset({Ability.OFFICE, Ability.REGISTRY})
_OPERATOR = frozenset({ActorKind.IMPORT, ActorKind.CLOCK})


def of(organisation: int) -> Organisation | None:
    """The division whose days an organisation keeps; None: it belongs to none."""
    return _nearest(chains.upwards(organisation))


def edits(organisation: int, role: frozenset[Ability]) -> bool:
    """Whether whoever has these abilities at an organisation edits the table of its division."""
    return bool(role & _EDITS) and _speaks(organisation)


def demand(jurisdiction: int, by: Actor) -> None:
    """A Problem unless the actor may edit the jurisdiction's table (`NATION`: the nation's)."""
    if by.kind in _OPERATOR and by.organisation is None:
        if jurisdiction != NATION and not Organisation.objects.filter(id=jurisdiction, type="division").exists():
            raise Problem(
                "calendars.no_jurisdiction",
                say("编号 {number} 不是行政区划，没有自己的工作日历。", number=jurisdiction),
                hint=say("改用它所在的省、市、县或乡镇。"),
            )
        return
    own = of(by.organisation) if by.organisation else None
    if own is None or own.id != jurisdiction or not edits(by.organisation or 0, abilities.of(by.role)):
        raise Problem(
            "calendars.not_yours",
            say("只有本地的活动办公室或系统管理员能改工作日历。"),
            hint=say("请他们来改；全国的放假安排由系统操作员填入。"),
        )


def _nearest(chain: tuple[int, ...]) -> Organisation | None:
    divisions = {row.id: row for row in Organisation.objects.filter(id__in=chain, type="division")}
    return next((divisions[one] for one in chain if one in divisions), None)


def _speaks(organisation: int) -> bool:
    """Whether an organisation is a division, or a body directly at one: not a firm's, nor a department's branch."""
    chain = chains.upwards(organisation)
    types = dict(Organisation.objects.filter(id__in=chain[:2]).values_list("id", "type"))
    at = [types[one] for one in chain[:2]]
    return at[:1] == ["division"] or at == ["body", "division"]
