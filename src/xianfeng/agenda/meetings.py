"""Records that stand in calendars because their register says by which date: meetings, rosters of those on duty."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from xianfeng.accounts.reach import Reach, holding
from xianfeng.agenda import naming
from xianfeng.agenda.item import Item, day_of
from xianfeng.calendars.days import ZONE
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say


def items(organisation: int, *, since: dt.date, until: dt.date, now: dt.datetime) -> Iterator[Item]:
    del now  # they are where they are, whatever the time
    yield from _told(Record.objects.filter(holder=organisation), since, until)


def below(organisation: int, *, since: dt.date, until: dt.date) -> Iterator[Item]:
    """Those of all organisations under this one, each with whose it is."""
    within = Reach(holding(organisation)).place_in("place")
    rows = Record.objects.filter(within).exclude(holder=organisation)
    yield from _told(rows, since, until, named=True)


def _told(records: QuerySet[Record], since: dt.date, until: dt.date, *, named: bool = False) -> Iterator[Item]:
    kinds = {scheme.key(kind.name): kind for scheme in versions.all_current() for kind in scheme.kinds.values()}
    standing = {register: kind for register, kind in kinds.items() if kind.calendar}
    rows = records.filter(register__in=standing, level__gte=Level.FILED.rank).order_by("id")
    dated = [(row, _at(standing[row.register], json.loads(row.values), row.day)) for row in rows]
    meant = [(row, at) for row, at in dated if since <= day_of(at) <= until]
    names = tree.named({row.holder for row, _ in meant}, until) if named else {}
    for row, at in meant:
        title = naming.sort(standing[row.register], row)
        if row.holder in names:
            title = say("{name}：{told}", name=names[row.holder].name, told=title)
        path, apart = f"/records/{row.id}", naming.numbered(row.id)
        yield Item(uid=f"record-{row.id}", title=title, at=at, path=path, busy=True, apart=apart)


def _at(kind: Kind, values: Mapping[str, Any], own: dt.date) -> dt.date | dt.datetime:
    """The date that the register names, or the record's own day where it was left empty."""
    field, told = kind.fields.get(kind.calendar), values.get(kind.calendar)
    if field is None or told is None:
        return own
    if field.type is FieldType.DATE:
        return dt.date.fromisoformat(told)
    moment = dt.datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
