"""An organisation comes under another: it and everything under it gets new places, and old work stays at the old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xianfeng.log import bulk, counters
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.registry import changes, paths, places, tree
from xianfeng.registry.models import Affiliation, Organisation, Place
from xianfeng.sentences import say

_PLACE = ("id", "organisation_id", "parent_id", "path", "since", "seq")


def move(*, organisation: int, parent: int, day: dt.date, by: Actor, reason: str = "") -> int:
    """Change the counting parent from a day on; the entry's number."""
    with changes.changing():
        node, place = changes.open_on(organisation, day)
        above, under = changes.open_on(parent, day)
        affiliation = changes.counting(organisation)
        _refuse_circle(node, above, day)
        if affiliation.parent_id == parent:
            raise Problem(
                "registry.unchanged",
                say("{node}已经隶属于{above}", node=node.name, above=above.name),
                hint="换一个上级。",
                place=node.code,
            )
        subtree = _quiet_since(place, day)
        first = counters.take(changes.PLACES, len(subtree)).start
        seq = changes.event(
            node,
            "move",
            changes.Decision(day, by, reason),
            place=first,
            before={"parent": affiliation.parent_id},
            after={"parent": parent},
            more={"place": first},
        )
        _affiliate(affiliation, above, day, seq)
        _replace(subtree, under, first, day, seq)
        return seq


def _refuse_circle(node: Organisation, above: Organisation, day: dt.date) -> None:
    if node.id == above.id or tree.is_above(node.id, above.id, day):
        raise Problem(
            "registry.under_itself",
            say("{above}在{node}之下，不能作它的上级", above=above.name, node=node.name),
            hint="先把下级移出，再调整隶属关系。",
            place=node.code,
        )


def _quiet_since(place: Place, day: dt.date) -> Sequence[Place]:
    """The places to be replaced; refused when something under them is already known of a later day."""
    subtree = places.below(place.id, day)
    for below in subtree:
        later = below.until if below.until is not None else below.since
        if later is not None and later > day:
            raise changes.out_of_order(below.organisation, later)
    return subtree


def _affiliate(old: Affiliation, above: Organisation, day: dt.date, seq: int) -> None:
    old.until, old.ended_seq = day, seq
    old.save(update_fields=["until", "ended_seq"])
    Affiliation.objects.create(organisation_id=old.organisation_id, parent=above, since=day, seq=seq)


def _replace(subtree: Sequence[Place], under: Place, first: int, day: dt.date, seq: int) -> None:
    """New places in the order of the old ones: whoever stands above comes first, and rebuilding numbers them alike."""
    new: dict[int, tuple[int, str]] = {}
    rows = []
    for place, old in enumerate(subtree, first):
        parent, above = new.get(old.parent_id or 0, (under.id, under.path))
        path = above + paths.step(place)
        new[old.id] = (place, path)
        rows.append((place, old.organisation_id, parent, path, day, seq))
    bulk.insert(Place, _PLACE, rows)
    for some in bulk.batched(new):
        Place.objects.filter(id__in=some).update(until=day, ended_seq=seq)
