"""A record's history: who did what, when, and what it changed, for pages; and what it was at an entry."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from xianfeng.ledger import versions
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.image import Image, applied
from xianfeng.log.models import Entry
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say

WITHDRAW = "withdraw"
ACTIONS: Mapping[str, str] = {
    "file": say("登记"),
    "amend": say("更正"),
    WITHDRAW: say("撤销"),
    "hand_over": say("移交"),
    "attach": say("添加附件"),
    "renew_code": say("补发查询码"),
}
_HEADER: Mapping[str, str] = {"state": say("状态"), "holder": say("负责组织"), "reviewer": say("审核组织")}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that an entry changed. None is missing. Of a personal field only that it changed is told."""

    field: str
    title: str
    before: Any
    after: Any
    personal: bool = False


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry of a record. `organisation` is the one whose powers were used; None for the clock."""

    seq: int
    at: dt.datetime  # when it was entered
    day: dt.date  # when it happened
    actor: str
    organisation: int | None
    on_behalf: int | None
    action: str
    title: str
    changes: tuple[Change, ...]
    reason: str
    public: bool  # whether the reason is for everybody: as its move said when it was written
    attachments: tuple[Mapping[str, Any], ...]
    commitments: Mapping[str, str]  # personal field -> what stands for its new value


def history(record: int) -> tuple[Event, ...]:
    """A record's entries, first to last; empty when there is no such record."""
    entries = Entry.objects.filter(stream=STREAM, about=record).order_by("seq")
    return tuple(_event(entry) for entry in entries)


def later(seen: Mapping[int, int]) -> dict[int, tuple[Event, ...]]:
    """By record, the entries that came after one of them; records of which that was the last are left out."""
    entries = Entry.objects.filter(stream=STREAM, about__in=seen, seq__gt=min(seen.values(), default=0))
    found: dict[int, list[Event]] = {}
    for entry in entries.order_by("seq"):
        if entry.about is not None and entry.seq > seen[entry.about]:
            found.setdefault(entry.about, []).append(_event(entry))
    return {record: tuple(events) for record, events in found.items()}


def images(records: Collection[int], *, as_of: int) -> dict[int, Image]:
    """What records were at an entry, by number; those that were not filed yet are left out."""
    return _images(Entry.objects.filter(stream=STREAM, about__in=records, seq__lte=as_of))


def as_filed(records: Collection[int]) -> dict[int, Image]:
    """What records were when they were filed, by number."""
    return _images(Entry.objects.filter(stream=STREAM, seq__in=records))


def folded(entries: Iterable[tuple[str, dt.date, Mapping[str, Any]]]) -> Image:
    """What a record is after its entries, given from the first on as (scheme version, day, body)."""
    (version, day, body), *later = entries
    image = applied(None, scheme=versions.scheme(version).name, day=day, body=body)
    for _, day, body in later:
        image = applied(image, scheme=image.scheme, day=day, body=body)
    return image


def _images(entries: QuerySet[Entry]) -> dict[int, Image]:
    rows = entries.order_by("about", "seq").values_list("about", "scheme", "day", "body").iterator()
    return {
        record: folded((version, day, json.loads(body)) for _, version, day, body in group)
        for record, group in groupby(rows, key=itemgetter(0))
    }


def _event(entry: Entry) -> Event:
    body = json.loads(entry.body)
    kind = versions.scheme(entry.scheme).kinds[body["kind"]]
    move = kind.flow.moves.get(entry.action)
    return Event(
        seq=entry.seq,
        at=entry.at,
        day=entry.day,
        actor=entry.actor,
        organisation=body.get("acting"),
        on_behalf=entry.on_behalf,
        action=entry.action,
        title=move.title if move is not None else ACTIONS[entry.action],
        changes=_changes(kind, body),
        reason=body.get("reason", ""),
        public=move is not None and move.public,
        attachments=tuple(body.get("attachments", ())),
        commitments={name: after for name, (_, after) in body.get("commitments", {}).items() if after},
    )


def _changes(kind: Kind, body: Mapping[str, Any]) -> tuple[Change, ...]:
    header = [
        Change(field=name, title=title, before=body[name][0], after=body[name][1])
        for name, title in _HEADER.items()
        if name in body
    ]
    fields = [
        Change(field=name, title=_title(kind, name), before=before, after=after)
        for name, (before, after) in body.get("changes", {}).items()
    ]
    told = [
        Change(field=name, title=_title(kind, name), before=None, after=None, personal=True)
        for name in body.get("commitments", {})
    ]
    return (*header, *fields, *told)


def _title(kind: Kind, name: str) -> str:
    return kind.fields[name].title if name in kind.fields else name
