"""A record as formulas see it: its own fields and, one hop away, what its organisation and its references are.

What lies one hop away is looked up only where a kind's formulas name it, one record at a time: few kinds do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.nodes import REGISTRY, Kind
from xianfeng.scheme.types import FieldType


def names(kind: Kind) -> tuple[str, ...]:
    """The paths of one hop that the kind's checks and guards read, as 'village.level'."""
    formulas: list[Expression | None] = [kind.check]
    formulas += [field.check for field in kind.fields.values()]
    formulas += [move.when for move in kind.flow.moves.values()]
    paths = {path for formula in formulas if formula is not None for path in formula.names}
    return tuple(sorted(path for path in paths if "." in path))


def row(kind: Kind, paths: Iterable[str], image: Image, day: dt.date) -> dict[str, object]:
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
            found[name] = _at(kind, name, seen.get(name), day)
        seen[path] = found[name].get(wanted)
    return seen


def _at(kind: Kind, name: str, id_: object, day: dt.date) -> Mapping[str, Any]:
    if not isinstance(id_, int):
        return {}
    if name != REGISTRY and kind.fields[name].type is FieldType.RECORD:
        values = Record.objects.filter(id=id_).values_list("values", flat=True).first()
        return json.loads(values) if values else {}
    return _organisation(id_, day)


def _organisation(organisation: int, day: dt.date) -> Mapping[str, Any]:
    chain = (organisation, *tree.ancestors(organisation, day))
    nodes = tree.named(chain, day)
    node = nodes.get(organisation)
    if node is None:
        return {}
    divisions = (nodes[above].level for above in chain if nodes[above].type == "division")
    return {
        "level": node.level,
        "type": node.type,
        "category": node.category,
        "code": node.code,
        "name": node.name,
        "tier": next(divisions, None),  # the level of the nearest division at or above it
    }
