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

from xianfeng.ledger import mentions
from xianfeng.ledger.models import Record
from xianfeng.ledger.satisfying import satisfying
from xianfeng.log.bulk import batched
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
        asked = {step.name: step.done for step in self.plan.steps.values()}
        kinds = {(done.kind, done.field) for done in asked.values() if not done.state}
        naming_ = {(kind, field): self._naming(kind, field, records) for kind, field in kinds}
        for step, done in asked.items():
            there = naming_.get((done.kind, done.field), {})
            days = self._stated(done.state, records) if done.state else self._named(done, there)
            for record, day in days.items():
                found[record][step] = day
        return found

    def _stated(self, state: str, records: Sequence[Record]) -> Mapping[int, dt.date]:
        entered = {record.id: json.loads(record.entered).get(state) for record in records}
        days = {record: dt.date.fromisoformat(day) for record, day in entered.items() if day}
        return {record: day for record, day in days.items() if day <= self.today}

    def _naming(self, kind: str, field: str, records: Sequence[Record]) -> Mapping[Record, int]:
        """Records of a kind, each with the one of these that it names."""
        wanted = {record.id for record in records}
        there = Record.objects.filter(
            register=self.scheme.key(kind), level__gte=Level.FILED.rank, day__lte=self.today
        ).order_by("-day", "-id")
        rows = (row for some in batched(wanted) for row in there.filter(id__in=mentions.naming(*some)))
        named = ((row, json.loads(row.values).get(field)) for row in rows)
        return {row: record for row, record in named if record in wanted}

    def _named(self, done: Done, there: Mapping[Record, int]) -> Mapping[int, dt.date]:
        """The first day on which a record of the kind was there that satisfies what the step asks."""
        days: dict[int, list[dt.date]] = defaultdict(list)
        for row in satisfying(done.matching, self.scheme, self.scheme.kinds[done.kind], list(there)):
            days[there[row]].append(row.day)
        return {record: min(some) for record, some in days.items()}
