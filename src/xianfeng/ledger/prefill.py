"""What is known is not asked again: the values a form starts from, out of the registry and earlier records.

A field that a row does not name takes its prefilled value, and the entry says so; one that is left blank stays blank.
Earlier records are those filed before the request began: a file's rows do not start from one another.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.bulk import batched
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

Asked = tuple[int, dt.date]  # an organisation that files, and the day it files of


class Offers:
    """What the rows of one request start from, asked for at once however many they are."""

    def __init__(self, form: Form, lineage: Lineage) -> None:
        self._form = form
        self._lineage = lineage
        self._filed: dict[int, list[tuple[dt.date, int]]] = {}  # organisation -> (day, record), in order
        self._values: dict[int, Mapping[str, Any]] = {}

    def of(self, rows: Sequence[Asked]) -> list[dict[str, Any]]:
        """The prefilled values of each new record, for those fields that have one."""
        fields = self._form.prefilled
        if not fields:
            return [{}] * len(rows)
        earlier = [[self._earlier(field, *row) for field in fields] for row in rows]
        self._learn({one[0] for each in earlier for one in each if one is not None})
        latest = [[self._latest(one) for one in each] for each in earlier]
        self._read({record for each in latest for record in each if record is not None})
        return [self._offer(row, each) for row, each in zip(rows, latest, strict=True)]

    def _earlier(self, field: Field, organisation: int, day: dt.date) -> Asked | None:
        """Whose latest record a field is taken from, if from any."""
        if field.prefill == "registry":
            return None
        if field.prefill == "last":
            return organisation, day
        above = self._lineage.ancestors(organisation, day)
        return (above[0], day) if above else None

    def _learn(self, organisations: Iterable[int]) -> None:
        for some in batched(sorted(set(organisations) - self._filed.keys())):
            self._filed.update((organisation, []) for organisation in some)
            filed = Record.objects.filter(organisation__in=some, register=self._form.register)
            rows = filed.exclude(state=WITHDRAWN).order_by("day", "id")
            for organisation, day, record in rows.values_list("organisation", "day", "id"):
                self._filed[organisation].append((day, record))

    def _latest(self, asked: Asked | None) -> int | None:
        if asked is None:
            return None
        organisation, day = asked
        filed = self._filed[organisation]
        position = bisect_right(filed, day, key=lambda one: one[0])
        return filed[position - 1][1] if position else None

    def _read(self, records: Iterable[int]) -> None:
        for some in batched(sorted(set(records) - self._values.keys())):
            found = Record.objects.filter(id__in=some).values_list("id", "values")
            self._values.update((record, json.loads(values)) for record, values in found)

    def _offer(self, row: Asked, latest: Sequence[int | None]) -> dict[str, Any]:
        offered: dict[str, Any] = {}
        for field, record in zip(self._form.prefilled, latest, strict=True):
            if field.prefill == "registry":
                value = self._registered(field, *row)
            else:
                value = None if record is None else self._values[record].get(field.name)
            if value is not None:
                offered[field.name] = value
        return offered

    def _registered(self, field: Field, organisation: int, day: dt.date) -> Any:
        """The organisation itself, or its name."""
        if field.type in (FieldType.ORGANISATION, FieldType.PLACE):
            return organisation
        node = self._lineage.node(organisation, day) if field.type.is_text else None
        return None if node is None else node.name
