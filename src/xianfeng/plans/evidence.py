"""What shows that steps are done: states that records entered, and records that name them. Read, never kept.

A step is done on the day it happened, whenever that was entered: paper comes first. What lies after the day asked
about has not happened yet.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.planning import Done, Plan
from xianfeng.scheme.types import Level

Days = Mapping[str, dt.date]  # by step


@dataclass(frozen=True)
class Evidence:
    scheme: Scheme
    plan: Plan
    today: dt.date

    def of(self, records: Sequence[Record]) -> Mapping[int, Days]:
        """By record, the day on which each of its steps was done; in as many queries for one as for hundreds."""
        found: dict[int, dict[str, dt.date]] = {record.id: {} for record in records}
        for step in self.plan.steps.values():
            days = self._stated(step.done.state, records) if step.done.state else self._named(step.done, records)
            for record, day in days.items():
                found[record][step.name] = day
        return found

    def _stated(self, state: str, records: Sequence[Record]) -> Mapping[int, dt.date]:
        entered = {record.id: json.loads(record.entered).get(state) for record in records}
        days = {record: dt.date.fromisoformat(day) for record, day in entered.items() if day}
        return {record: day for record, day in days.items() if day <= self.today}

    def _named(self, done: Done, records: Sequence[Record]) -> Mapping[int, dt.date]:
        """The first day on which a record of the kind was there that satisfies what the step asks."""
        kind, wanted = self.scheme.kinds[done.kind], {record.id for record in records}
        rows = naming(self.scheme, done.kind, done.field, records).filter(day__lte=self.today)
        there = [row for row in rows if json.loads(row.values).get(done.field) in wanted]
        days: dict[int, list[dt.date]] = defaultdict(list)
        for row in satisfying(done.matching, self.scheme, kind, there):
            days[json.loads(row.values)[done.field]].append(row.day)
        return {record: min(some) for record, some in days.items()}


def naming(scheme: Scheme, kind: str, field: str, records: Sequence[Record]) -> QuerySet[Record]:
    """Records of a kind of which some name one of these, the newest first.

    Values are kept as one text: of one record they are narrowed down by it, and its number may be part of a longer one.
    """
    rows = Record.objects.filter(register=scheme.key(kind), level__gte=Level.FILED.rank).order_by("-day", "-id")
    if len(records) == 1:
        return rows.filter(values__contains=f'"{field}":{records[0].id}')
    return rows
