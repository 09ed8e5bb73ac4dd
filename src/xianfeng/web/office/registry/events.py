"""What happened to an organisation, entry by entry, in words: from which day, by whom, what before and after."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xianfeng.log.models import Entry
from xianfeng.registry import changes, tree
from xianfeng.scheme import titles
from xianfeng.sentences import translated
from xianfeng.web.entries import actors, organisation_event

_FIELDS = {
    "name": _("名称"),
    "code": _("代码"),
    "level": _("级别"),
    "category": _("类别"),
    "type": _("类型"),
    "parent": _("上级"),
    "participating": _("参与"),
    "founded": _("成立日期"),
    "closed": _("撤销日期"),
    "successor": _("承接组织"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "level": titles.EVERY_LEVEL,
    "category": titles.CATEGORIES,
    "type": titles.TYPES,
}
_ORGANISATIONS = ("parent", "participating", "successor")


@dataclass(frozen=True)
class Change:
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    seq: int
    action: str
    title: str
    day: dt.date
    at: dt.datetime
    who: str
    reason: str
    changes: tuple[Change, ...]
    handed_over: int  # items that went to successors


def latest(organisation: int) -> int:
    """The last entry about an organisation: a form knows by it whether anything has happened since it was opened."""
    found = Entry.objects.filter(stream=changes.STREAM, about=organisation).aggregate(Max("seq"))["seq__max"]
    return found or 0


def events(organisation: int) -> tuple[Event, ...]:
    """First to last."""
    rows = list(Entry.objects.filter(stream=changes.STREAM, about=organisation).order_by("seq"))
    bodies = [json.loads(row.body) for row in rows]
    names = _names(bodies)
    known = actors(row.actor for row in rows)
    return tuple(_event(row, body, names, known) for row, body in zip(rows, bodies, strict=True))


def _event(row: Entry, body: Mapping[str, Any], names: Mapping[int, str], actors: Mapping[str, str]) -> Event:
    before, after = body.get("before") or {}, body.get("after") or {}
    changed = tuple(
        Change(str(title), _said(key, before.get(key), names), _said(key, after.get(key), names))
        for key, title in _FIELDS.items()
        if (before.get(key) or None) != (after.get(key) or None)
    )
    return Event(
        seq=row.seq,
        action=row.action,
        title=organisation_event(row),
        day=row.day,
        at=row.at,
        who=actors.get(row.actor, row.actor),
        reason=body.get("reason", ""),
        changes=changed,
        handed_over=len(body.get("items", {})),
    )


def _said(key: str, value: Any, names: Mapping[int, str]) -> str:
    if value is None:
        return ""
    if key in _ORGANISATIONS:
        return names.get(value, str(value))
    return translated(_WORDS.get(key, {}).get(value, str(value)))


def _names(bodies: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Of every organisation named as parent or successor, what it is called now."""
    numbers = {
        side[key]
        for body in bodies
        for side in (body.get("before") or {}, body.get("after") or {})
        for key in _ORGANISATIONS
        if isinstance(side.get(key), int)
    }
    return {number: node.name for number, node in tree.named(numbers, dt.date.max).items()} if numbers else {}
