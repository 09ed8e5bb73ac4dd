"""A record as formulas see it: its own fields and, one hop away, what its organisation and its references are.

What lies one hop away is looked up only where a kind's formulas name it, and at once for all records of a request.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.log.bulk import batched
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.measuring import REGISTRY
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType


def names(kind: Kind) -> tuple[str, ...]:
    """The paths of one hop that the kind's checks and guards read, as 'village.level'."""
    formulas: list[Expression | None] = [kind.check]
    formulas += [field.check for field in kind.fields.values()]
    formulas += [formula for move in kind.flow.moves.values() for formula in (move.when, *move.sets.values())]
    paths = {path for formula in formulas if formula is not None for path in formula.names}
    return tuple(sorted(path for path in paths if "." in path))


Row = tuple[int, Mapping[str, object]]  # whose record it is, and its values


class Neighbours:
    """The organisations and records that lie one hop away from the records of one request."""

    def __init__(self, lineage: Lineage) -> None:
        self.lineage = lineage
        self._records: dict[int, Mapping[str, Any]] = {}

    def learn(self, kind: Kind, paths: Iterable[str], rows: Iterable[Row]) -> None:
        """Fetch what lies along the paths of these records, in as many queries for one record as for thousands."""
        hopped = {path.partition(".")[0] for path in paths}
        if not hopped:
            return
        organisations: set[int] = set()
        records: set[int] = set()
        for organisation, values in rows:
            for name in hopped:
                if isinstance(id_ := organisation if name == REGISTRY else values.get(name), int):
                    (records if _is_record(kind, name) else organisations).add(id_)
        self.lineage.learn(organisations)
        self._learn_records(records)

    def at(self, kind: Kind, name: str, id_: object, day: dt.date) -> Mapping[str, Any]:
        """What lies at the end of a hop, as of a day; nothing where it leads nowhere."""
        if not isinstance(id_, int):
            return {}
        if _is_record(kind, name):
            self._learn_records({id_})
            return self._records[id_]
        return self._organisation(id_, day)

    def _learn_records(self, ids: set[int]) -> None:
        for some in batched(sorted(ids - self._records.keys())):
            self._records.update((id_, {}) for id_ in some)
            found = Record.objects.filter(id__in=some).values_list("id", "state", "values")
            self._records.update((id_, {**json.loads(values), "state": state}) for id_, state, values in found)

    def _organisation(self, organisation: int, day: dt.date) -> Mapping[str, Any]:
        self.lineage.learn([organisation])
        node = self.lineage.node(organisation, day)
        if node is None:
            return {}
        return {
            "level": node.level,
            "type": node.type,
            "category": node.category,
            "code": node.code,
            "name": node.name,
            "tier": self.lineage.tier(organisation, day),
        }


def row(kind: Kind, paths: Iterable[str], image: Image, day: dt.date, neighbours: Neighbours) -> dict[str, object]:
    """The record with every path that is asked for, as of a day; what leads nowhere is missing."""
    seen: dict[str, object] = {
        **image.values,
        "state": image.state,
        "day": image.day.isoformat(),
        REGISTRY: image.organisation,
    }
    found: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        name, _, wanted = path.partition(".")
        if name not in found:
            found[name] = neighbours.at(kind, name, seen.get(name), day)
        seen[path] = found[name].get(wanted)
    return seen


def _is_record(kind: Kind, name: str) -> bool:
    return name != REGISTRY and kind.fields[name].type is FieldType.RECORD
