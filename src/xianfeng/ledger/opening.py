"""Records held for handling: each with what the actor may do to it on that day.

Whoever handles a record holds its row until the entry is committed, so of two people moving one record the second finds
it where the first has put it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.utils import timezone

from xianfeng.ledger import clocks, flow, forms, objecting, powers, projection
from xianfeng.ledger.clocks import Times
from xianfeng.ledger.forms import Form
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.ledger.powers import Powers, acts_for_organisation, refuse_on_behalf, root_of
from xianfeng.ledger.values import is_number, short
from xianfeng.log.actors import Actor
from xianfeng.log.bulk import batched
from xianfeng.problems import Problem
from xianfeng.registry import changes
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.flowing import AUTHOR
from xianfeng.sentences import say


@dataclass(frozen=True)
class Opened:
    """A record held for handling, with what the actor may do to it on that day."""

    id: int
    version: str
    form: Form
    before: Image
    acting: flow.Acting
    today: dt.date
    near: Neighbours
    times: Times

    def wound(self, after: Image, step: str) -> Image:
        """The record after a step, with its clocks as they run then."""
        return self.times.wound(self.form, self.before, after, step=step, at=self.acting.known)


@dataclass(frozen=True)
class _Desk:
    """Who handles records, when and why; remembers what the records of one request share."""

    by: Actor
    day: dt.date | None
    reason: str
    for_: int | None
    seen: Mapping[int, int] | None = None
    contested: Collection[int] = ()
    near: Neighbours = field(default_factory=lambda: Neighbours(Lineage()))
    times: Times = field(default_factory=Times)
    powers: dict[str, Powers] = field(default_factory=dict)

    def open(self, row: Record) -> Opened:
        if self.seen is not None and self.seen.get(row.id) != row.seq:
            raise Problem(
                "ledger.stale",
                say("第 {record} 号记录刚刚有人办理过。", record=row.id),
                hint="请刷新，看过最新情况后再办理。",
            )
        refuse_on_behalf(self.for_, row.holder)
        form = forms.form(row.scheme_id, row.kind)
        powers.refuse_by_hand(form.kind, self.by)
        if form.kind.objects:
            objecting.refuse_judging_oneself(row, by=self.by)
        today = timezone.localdate(self.by.moment, ZoneInfo(form.scheme.timezone))
        before = projection.image_of(row, form.scheme.name)
        day = max(today, dt.date.fromisoformat(max(before.entered.values()))) if self.day is None else self.day
        capacities = self._capacities(row, form, before, day)
        made, known = clocks.made(self.by, day, today), clocks.known(self.by, day)
        personally = not acts_for_organisation(self.by)
        acting = flow.Acting(
            self.by.organisation, capacities, day, made, known, self.reason, personally, row.id in self.contested
        )
        return Opened(row.id, row.scheme_id, form, before, acting, today, self.near, self.times)

    def _capacities(self, row: Record, form: Form, before: Image, day: dt.date) -> frozenset[str]:
        """What the actor's organisation is to the record's holder, and as whom the record names him."""
        held = self._powers(form)
        head = held.head if form.handled else None
        named = powers.named(form.kind, before.values, self.by, head=head) | powers.requesting(self.by, row.id)
        personally = not acts_for_organisation(self.by)
        standing = held.capacities(held.chain(row.holder, day), for_=None if personally else self.for_)
        return (standing & named if personally else standing) | (named - {AUTHOR})

    def _powers(self, form: Form) -> Powers:
        if form.scheme.hash not in self.powers:
            self.powers[form.scheme.hash] = Powers(root_of(form.scheme), self.near.lineage, self.by)
        return self.powers[form.scheme.hash]


def open_many(
    records: Sequence[int],
    *,
    by: Actor,
    day: dt.date | None,
    reason: str = "",
    for_: int | None = None,
    seen: Mapping[int, int] | None = None,
) -> list[Opened]:
    if day is not None:
        flow.refuse_impossible(day)
    changes.hold_still()
    rows = hold(records)
    desk = _Desk(by, day, reason, for_, seen, objecting.contested(rows))
    desk.near.lineage.learn(row.holder for row in rows)
    opened = [desk.open(row) for row in rows]
    for form, some in groupby(opened, key=attrgetter("form")):
        desk.near.learn(form.kind, form.hops, ((one.before.organisation, one.before.values) for one in some))
    return opened


def hold(records: Sequence[int]) -> list[Record]:
    """Hold these records until the transaction ends, in the order of their numbers: two bulk moves never deadlock."""
    for record in records:
        if not is_number(record):
            raise _unknown(record)
    rows: list[Record] = []
    for some in batched(sorted(records)):
        rows.extend(Record.objects.select_for_update().filter(id__in=some).order_by("id"))
    if len(rows) != len(records):
        raise _unknown(min(set(records) - {row.id for row in rows}))
    return rows


def seen(record: int, seq: int | None) -> Mapping[int, int] | None:
    return None if seq is None else {record: seq}


def _unknown(record: object) -> Problem:
    return Problem(
        "ledger.unknown_record", say("没有第 {record} 号记录。", record=short(record)), hint="请核对记录编号。"
    )
