"""Double leadership (双重管理) and double registration (双报到): other parents beside the one that counts."""

from __future__ import annotations

import datetime as dt

from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import changes
from xianfeng.registry.models import Affiliation
from xianfeng.sentences import say

RELATION = "participating"


def affiliate(*, organisation: int, parent: int, day: dt.date, by: Actor, reason: str = "") -> int:
    """Take part under another parent from a day on; its work still counts once, where it counts. The entry's number."""
    with changes.changing():
        node, place = changes.open_on(organisation, day)
        above, _ = changes.open_on(parent, day)
        affiliations = Affiliation.objects.filter(organisation=node, until=None)
        if node.id == above.id or affiliations.filter(parent=above).exists():
            raise Problem(
                "registry.unchanged",
                say("{node}已经在{above}之下", node=node.name, above=above.name),
                hint="换一个单位。",
                place=node.code,
            )
        decision = changes.Decision(day, by, reason)
        before, after = {"participating": None}, {"participating": parent}
        seq = changes.event(node, "affiliate", decision, place=place.id, before=before, after=after)
        Affiliation.objects.create(organisation=node, parent=above, relation=RELATION, since=day, seq=seq)
        return seq


def disaffiliate(*, organisation: int, parent: int, day: dt.date, by: Actor, reason: str = "") -> int:
    """End a participating affiliation; the entry's number."""
    with changes.changing():
        node, place = changes.open_on(organisation, day)
        affiliation = Affiliation.objects.filter(
            organisation=node, parent=parent, relation=RELATION, until=None
        ).first()
        if affiliation is None:
            raise Problem(
                "registry.not_participating",
                say("{node}没有参加编号 {parent} 的组织", node=node.name, parent=parent),
                hint="计数的上级用调整隶属关系更改。",
                place=node.code,
            )
        if affiliation.since is not None and affiliation.since > day:
            raise changes.out_of_order(node, affiliation.since)
        decision = changes.Decision(day, by, reason)
        before, after = {"participating": parent}, {"participating": None}
        seq = changes.event(node, "disaffiliate", decision, place=place.id, before=before, after=after)
        affiliation.until, affiliation.ended_seq = day, seq
        affiliation.save(update_fields=["until", "ended_seq"])
        return seq
