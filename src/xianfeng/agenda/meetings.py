"""Records that stand in calendars because their register says by which date: meetings, rosters of those on duty."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from xianfeng.agenda import naming
from xianfeng.agenda.item import Item
from xianfeng.calendars.days import ZONE
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType, Level


def items(organisation: int, *, since: dt.date, until: dt.date, now: dt.datetime) -> Iterator[Item]:
    del now  # they are where they are, whatever the time
    kinds = {scheme.key(kind.name): kind for scheme in versions.all_current() for kind in scheme.kinds.values()}
    standing = {register: kind for register, kind in kinds.items() if kind.calendar}
    rows = Record.objects.filter(holder=organisation, register__in=standing, level__gte=Level.FILED.rank)
    for row in rows.order_by("id"):
        kind = standing[row.register]
        at = _at(kind, json.loads(row.values), row.day)
        item = Item(uid=f"record-{row.id}", title=naming.sort(kind, row), at=at, path=f"/records/{row.id}", busy=True)
        if since <= item.day <= until:
            yield item


def _at(kind: Kind, values: Mapping[str, Any], own: dt.date) -> dt.date | dt.datetime:
    """The date that the register names, or the record's own day where it was left empty."""
    field, told = kind.fields.get(kind.calendar), values.get(kind.calendar)
    if field is None or told is None:
        return own
    if field.type is FieldType.DATE:
        return dt.date.fromisoformat(told)
    moment = dt.datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
