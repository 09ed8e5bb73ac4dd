"""What an organisation promised in public, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.urls import reverse

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.public.sheets import level
from xianfeng.web.public.values import state_title
from xianfeng.web.scope import Scope

KINDS = ("commitment", "commitment_letter")  # of the core library: what all campaigns share
MOST = 20


def promises(organisation: int, seen: Scope) -> tuple[tuple[Cell, ...], ...]:
    """The latest of those that this reader may see: day, words, state, level."""
    rows = seen.records(Record.objects.filter(organisation=organisation, register__in=KINDS)).order_by("-id")
    return tuple(_line(row, seen) for row in rows[:MOST])


def _line(record: Record, seen: Scope) -> tuple[Cell, ...]:
    kind = versions.scheme(record.scheme_id).kinds[record.kind]
    words = _words(json.loads(record.values), seen.record_fields(record, kind))
    return (
        cells.day(record.day, link=reverse("record", args=[record.id])),
        cells.text(words or kind.title),
        cells.text(state_title(kind, record.state)),
        level(record.level),
    )


def _words(values: Mapping[str, object], fields: Mapping[str, Field]) -> str:
    """The first text of it that may be read."""
    texts = (values.get(name) for name, field in fields.items() if field.type is FieldType.LONG_TEXT)
    return next((str(text) for text in texts if text), "")
