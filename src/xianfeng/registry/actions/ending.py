"""An organisation ends: closed, merged into another, or split. Its history stays, and what is open gets a successor.

What it did stays at its places. Asked 'as it is now', that work belongs to whoever succeeded it, so a merge drops no
value and a split counts none twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Max, Q

from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import changes, open_items, tree
from xianfeng.registry.actions import people
from xianfeng.registry.actions.moving import move
from xianfeng.registry.models import Affiliation, Designation, Organisation, Place
from xianfeng.sentences import say

NOBODY: Mapping[str, int] = MappingProxyType({})
_TOLD = 10


def close(
    *,
    organisation: int,
    day: dt.date,
    by: Actor,
    successor: int | None = None,
    successors: Mapping[str, int] = NOBODY,
    reason: str = "",
) -> int:
    """End an organisation, or a temporary body whose task is done; the entry's number.

    `successor` takes over everything that is open but what `successors` (item key -> organisation) gives to others.
    """
    with changes.changing():
        heirs = _Heirs(successor, successor, successors)
        return _end(organisation, "close", changes.Decision(day, by, reason), heirs)


def merge(
    *,
    organisations: Sequence[int],
    into: int,
    day: dt.date,
    by: Actor,
    successors: Mapping[str, int] = NOBODY,
    reason: str = "",
) -> tuple[int, ...]:
    """End several in favour of one that goes on; their children come under it. The numbers of the ending entries.

    For a merger that begins something new, found that first.
    """
    with changes.changing():
        if into in organisations or len(set(organisations)) < len(organisations) or not organisations:
            raise Problem("registry.merge", "要合并的组织与合并后的组织不能重复，也不能为空", hint="重新选择。")
        for organisation in organisations:
            _refuse_heir(changes.open_on(organisation, day)[0], into, day)
        known = _by_organisation(organisations, successors)
        ended = []
        for organisation in organisations:
            for child in _children(organisation):
                move(organisation=child, parent=into, day=day, by=by, reason=reason)
            heirs = _Heirs(into, into, known[organisation])
            ended.append(_end(organisation, "merge", changes.Decision(day, by, reason), heirs))
        return tuple(ended)


def split(
    *,
    organisation: int,
    into: Sequence[int],
    heir: int,
    day: dt.date,
    by: Actor,
    children: Mapping[int, int] = MappingProxyType({}),
    successors: Mapping[str, int] = NOBODY,
    reason: str = "",
) -> int:
    """End one in favour of several that exist already; the ending entry's number.

    `children` says under whom each child comes. Each open item is given to somebody by name, since a split has no
    obvious successor. `heir` is the one of them to which past work belongs when asked 'as it is now'.
    """
    with changes.changing():
        if len(set(into)) < 2 or heir not in into or organisation in into:
            hint = say("分立后至少有两个组织，并从中指定一个承接历史数据。")
            raise Problem("registry.split", "分立后的组织没有指定完整", hint=hint)
        for part in into:
            changes.open_on(part, day)
        strangers = [child for child, parent in children.items() if parent not in into]
        if strangers:
            raise Problem("registry.split", "下级组织只能划给分立后的组织", hint="重新指定。", place=str(strangers[0]))
        for child, parent in children.items():
            move(organisation=child, parent=parent, day=day, by=by, reason=reason)
        heirs = _Heirs(heir, None, successors, tuple(into))
        return _end(organisation, "split", changes.Decision(day, by, reason), heirs)


@dataclass(frozen=True)
class _Heirs:
    """Who succeeds: to the past, by default to what is open, to chosen items, and the parts of a split."""

    successor: int | None
    default: int | None
    chosen: Mapping[str, int]
    parts: tuple[int, ...] = ()

    @property
    def all(self) -> set[int]:
        return {*self.chosen.values()} | ({self.successor} if self.successor is not None else set())


def _end(organisation: int, action: str, decision: changes.Decision, heirs: _Heirs) -> int:
    day = decision.day
    node, place = changes.open_on(organisation, day)
    for heir in sorted(heirs.all):
        _refuse_heir(node, heir, day)
    _refuse_children(node, place, day)
    _refuse_later(node, day)
    above = place.parent.organisation_id if place.parent else None
    items = open_items.assign(organisation, name=node.name, default=heirs.default, chosen=heirs.chosen, above=above)
    more: dict[str, object] = {"items": {one.item.key: one.heir or above for one in items}} if items else {}
    more |= {"parts": heirs.parts} if heirs.parts else {}
    before, after = {"closed": None, "successor": None}, {"closed": day, "successor": heirs.successor}
    for one in items:
        hand_over, to = (one.item.hand_over, one.heir) if one.heir else (one.item.go_up, above)
        if hand_over is not None and to is not None:
            hand_over(to=to, day=day, by=decision.by)
    people.end_all_appointments(node, day, decision.by)
    seq = changes.event(node, action, decision, place=place.id, before=before, after=after, more=more)
    ended = {"until": day, "ended_seq": seq}
    Place.objects.filter(id=place.id).update(**ended)
    Affiliation.objects.filter(Q(organisation=node) | Q(parent=node), until=None).update(**ended)
    Organisation.objects.filter(id=node.id).update(closed=day, successor=heirs.successor, ended_seq=seq)
    return seq


def _refuse_heir(node: Organisation, heir: int, day: dt.date) -> None:
    taking, _ = changes.open_on(heir, day)
    if taking.id == node.id or tree.is_above(node.id, taking.id, day):
        raise Problem(
            "registry.heir_below",
            say("{taking}不能承接：它就是{node}，或在它之下", taking=taking.name, node=node.name),
            hint="先把它移出，或换一个承接单位。",
            place=node.code,
        )


def _refuse_children(node: Organisation, place: Place, day: dt.date) -> None:
    standing = Place.objects.filter(parent=place).select_related("organisation").order_by("id")
    still_open = standing.filter(until=None)
    count = still_open.count()
    if count:
        names = "、".join(child.organisation.name for child in still_open[:_TOLD])
        raise Problem(
            "registry.children_open",
            say(
                "{node}还有 {count} 个下级组织：{names}{more}",
                node=node.name,
                count=count,
                names=names,
                more=say("等") if count > _TOLD else "",
            ),
            hint="先撤销、合并或移出下级组织。",
            place=node.code,
        )
    later = standing.filter(until__gt=day).first()
    if later is not None and later.until is not None:
        raise changes.out_of_order(later.organisation, later.until)


def _refuse_later(node: Organisation, day: dt.date) -> None:
    """Nothing may be known of the organisation after the day it ends."""
    touching = Affiliation.objects.filter(Q(organisation=node) | Q(parent=node))
    days = (
        touching.aggregate(Max("since"))["since__max"],
        touching.aggregate(Max("until"))["until__max"],
        Designation.objects.filter(organisation=node).aggregate(Max("until"))["until__max"],
    )
    last = max((known for known in days if known is not None), default=day)
    if last > day:
        raise changes.out_of_order(node, last)


def _children(organisation: int) -> list[int]:
    standing = Place.objects.filter(parent__organisation=organisation, parent__until=None, until=None)
    return list(standing.order_by("id").values_list("organisation_id", flat=True))


def _by_organisation(organisations: Sequence[int], chosen: Mapping[str, int]) -> dict[int, dict[str, int]]:
    """The successors named for a merger, each under the organisation at which the item is open."""
    keys = {organisation: {item.key for item in open_items.at(organisation)} for organisation in organisations}
    unknown = set(chosen).difference(*keys.values()) if keys else set(chosen)
    if unknown:
        raise Problem(
            "registry.no_such_item",
            say("没有这一项：{unknown}", unknown=min(unknown)),
            hint="刷新后重新指定承接单位。",
        )
    return {organisation: {key: to for key, to in chosen.items() if key in held} for organisation, held in keys.items()}
