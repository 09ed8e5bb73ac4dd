"""Printed figures that rest on a record: what its correction or withdrawal would make another number today.

What was printed stays; the figure comes to be listed among its bulletin's corrections. Whoever is about to change a
record is told so before he does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from xianfeng.bulletins.corrections import counting
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.wording import Wording, wording
from xianfeng.figures.interface import Contribution, Figures, Query
from xianfeng.ledger import history, versions
from xianfeng.ledger.models import Record
from xianfeng.papers import serial
from xianfeng.papers.document import Slice, Source
from xianfeng.registry.models import Place
from xianfeng.registry.paths import places_of
from xianfeng.scheme.measuring import Coverage, Measure
from xianfeng.scheme.nodes import Scheme


@dataclass(frozen=True, kw_only=True)
class Printed:
    closing: Closing
    source: Source
    wording: Wording


def printed(record: Record, *, engine: Figures | None = None) -> Iterator[Printed]:
    """Every figure of a closed bulletin that counted this record, the latest bulletin first, in the order of print."""
    from xianfeng import figures

    closings = Closing.objects.filter(as_of__gte=record.id).select_related("scheme").defer("scheme__package")
    if not closings:
        return
    asking = _Asking(record, engine or figures.engine())
    for closing in closings.order_by("-id"):
        scheme = versions.scheme(closing.scheme_id)
        for source in serial.from_json(json.loads(closing.document)).sources:
            if source.query is not None and source.call == "figure" and asking.counted(scheme, source, closing.as_of):
                yield Printed(closing=closing, source=source, wording=wording(source, scheme))


@dataclass(frozen=True)
class _Asking:
    """Whether figures counted one record."""

    record: Record
    engine: Figures

    @cached_property
    def at(self) -> frozenset[int | None]:
        """Where it may count: whoever filed it, and whom it is about."""
        return frozenset({self.record.organisation, self.record.subject})

    @cached_property
    def above(self) -> frozenset[int]:
        """The organisations in whose figures it may be counted, as the tree was then or as it is now."""
        paths = Place.objects.filter(organisation__in=self.at - {None}).values_list("path", flat=True)
        places = {place for path in paths for place in places_of(path)}
        return frozenset(Place.objects.filter(id__in=places).values_list("organisation_id", flat=True))

    def counted(self, scheme: Scheme, source: Source, as_of: int) -> bool:
        query = source.query
        if query is None or query.organisation not in self.above:
            return False
        row = source.row
        if row is not None and row.axis == "children":
            child = int(row.key or 0)
            if child not in self.above or (child == query.organisation and child not in self.at):
                return False
            query, row = replace(query, organisation=child), None
        asked = replace(query, as_of=as_of)
        measures = (one for one in counting(scheme, scheme.measures[query.measure]) if self._of_its_kind(scheme, one))
        return any(self._adds(replace(asked, measure=one.name), one, row) for one in measures)

    def _of_its_kind(self, scheme: Scheme, measure: Measure) -> bool:
        return self.record.register in {scheme.key(kind) for kind in measure.kinds}

    def _adds(self, query: Query, measure: Measure, row: Slice | None) -> bool:
        for whole in (False, True) if isinstance(measure, Coverage) else (False,):
            found = self.engine.trace(query, limit=1, among=(self.record.id,), whole=whole).records
            if any(row is None or self._lies_in(row, one, query) for one in found):
                return True
        return False

    def _lies_in(self, row: Slice, found: Contribution, query: Query) -> bool:
        """Whether what it added was added to this row of the breakdown."""
        match row.axis:
            case "month":
                return found.day is not None and str(found.day.replace(day=1)) == row.key
            case "level":
                return row.key == str(found.level)
        image = history.images([self.record.id], as_of=query.as_of or self.record.seq)[self.record.id]
        if row.axis == "reviewer":
            return row.key == (None if image.reviewer is None else str(image.reviewer))
        return row.key in _categories(image.values.get(row.field))


def _categories(value: Any) -> frozenset[str | None]:
    """The rows of a breakdown that a field's value stands in: one choice, several, a boolean, or a tally's groups."""
    if isinstance(value, dict | list):
        return frozenset(str(one) for one in value) or frozenset({None})
    return frozenset({None if value is None else str(value)})
