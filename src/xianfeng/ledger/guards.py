"""Which moves the conditions of a record let through now: what pages offer is what the door would take."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import timezone

from xianfeng.ledger import flow, forms, objecting, projection
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.models import Record
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.flowing import Move


@dataclass
class Guards:
    """Remembers what the records of one request share."""

    near: Neighbours = field(default_factory=lambda: Neighbours(Lineage()))
    _asked: set[int] = field(default_factory=set)
    _contested: set[int] = field(default_factory=set)

    def learn(self, records: Collection[Record]) -> None:
        """Look up at once what the conditions of many records read."""
        self._learn_contested(records)
        asked: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for record in records:
            asked[record.scheme_id, record.kind].append(record)
        for key, rows in asked.items():
            form = forms.form(*key)
            if form.hops and any(move.when is not None for move in form.flow.moves.values()):
                self.near.learn(form.kind, form.hops, ((row.organisation, json.loads(row.values)) for row in rows))

    def _is_contested(self, record: Record) -> bool:
        if record.id not in self._asked:
            self._learn_contested([record])
        return record.id in self._contested

    def _learn_contested(self, records: Collection[Record]) -> None:
        self._asked |= {record.id for record in records}
        self._contested |= objecting.contested(records)

    def open(self, record: Record, move: Move, *, now: dt.datetime) -> bool:
        """Whether a move's condition holds where the record stands, and its time has come."""
        form = forms.form(record.scheme_id, record.kind)
        heard = form.flow.states[record.state].heard is not None
        if move.when is None and move.name not in form.flow.clocks and not heard:
            return True
        image = projection.image_of(record, form.scheme.name)
        day = timezone.localdate(now, ZoneInfo(form.scheme.timezone))
        contested = heard and self._is_contested(record)
        acting = flow.Acting(None, frozenset(), day, now, now, contested=contested)
        return flow.closed(form, image, move, acting, self.near) is None
