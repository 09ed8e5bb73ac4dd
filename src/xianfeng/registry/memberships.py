"""The members of an organisation that ends go to a successor like everything else that is open there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xianfeng.log.actors import Actor
from xianfeng.registry.actions.people import join, leave
from xianfeng.registry.models import Membership
from xianfeng.registry.open_items import OpenItem


def open_at(organisation: int) -> Iterator[OpenItem]:
    held = Membership.objects.filter(organisation=organisation, until=None).select_related("person").order_by("id")
    for membership in held:
        key, title = f"membership:{membership.id}", f"党员 {membership.person.code} 的组织关系"
        yield OpenItem(key=key, title=title, hand_over=_Transfer(membership))


class _Transfer:
    def __init__(self, membership: Membership) -> None:
        self._membership = membership

    def __call__(self, *, to: int, day: dt.date, by: Actor) -> None:
        leave(membership=self._membership.id, day=day, by=by)
        join(person=self._membership.person_id, organisation=to, day=day, by=by)
