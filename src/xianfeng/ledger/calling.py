"""What a record is called wherever one is named: on pages, in calendars, on papers, in lists to choose from.

Its kind says by which values (`scheme/calling.py`). Whoever may read only some of them hears only those.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.ledger.saying import WORDS
from xianfeng.registry.models import Organisation
from xianfeng.scheme.calling import OF_EVERY_RECORD, parts
from xianfeng.scheme.measuring import REGISTRY
from xianfeng.scheme.nodes import OWN_DAY, Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say, together

BETWEEN = " · "


def called(kind: Kind, rows: Sequence[Record], readable: Collection[str] | None = None) -> tuple[str, ...]:
    """Each record of one kind by its name, or by its number where nothing of it tells."""
    told = words(kind, rows, readable)
    return tuple(
        together(some, by=BETWEEN) if some else numbered(kind, row) for row, some in zip(rows, told, strict=True)
    )


def mixed(rows: Iterable[Record]) -> Mapping[int, str]:
    """Records of several kinds by number, each by its name."""
    by_kind: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in rows:
        by_kind[row.scheme_id, row.kind].append(row)
    return {
        row.id: name
        for (scheme, kind), some in by_kind.items()
        for row, name in zip(some, called(versions.scheme(scheme).kinds[kind], some), strict=True)
    }


def numbered(kind: Kind, row: Record) -> str:
    return say("{kind}第{number}号", kind=kind.title, number=row.id)


def words(kind: Kind, rows: Sequence[Record], readable: Collection[str] | None = None) -> tuple[tuple[str, ...], ...]:
    """What makes up the name of each, in its order. `readable`: the fields that may be told; None: all of them."""
    names = [name for name in parts(kind) if readable is None or name in readable or name in OF_EVERY_RECORD]
    values: list[Mapping[str, Any]] = [
        {**json.loads(row.values), REGISTRY: row.organisation, OWN_DAY: row.day.isoformat()} for row in rows
    ]
    titles = _organisations(kind, names, values)
    return tuple(
        tuple(told for name in names if name in held and (told := _word(kind, name, held[name], titles)))
        for held in values
    )


def _organisations(kind: Kind, names: Collection[str], values: Collection[Mapping[str, Any]]) -> Mapping[int, str]:
    """What the organisations that names name are called today, looked up together."""
    pointing = [name for name in names if _is_organisation(kind, name)]
    named = {held[name] for held in values for name in pointing if name in held}
    return dict(Organisation.objects.filter(id__in=named).values_list("id", "name")) if named else {}


def _is_organisation(kind: Kind, name: str) -> bool:
    return name == REGISTRY or (name in kind.fields and kind.fields[name].type is FieldType.ORGANISATION)


def _word(kind: Kind, name: str, value: Any, titles: Mapping[int, str]) -> str:
    if _is_organisation(kind, name):
        return titles.get(value, "")
    field = kind.fields.get(name)
    say_ = WORDS.get(field.type) if field else None
    return say_(field, value) + field.unit if field and say_ else str(value).strip()
