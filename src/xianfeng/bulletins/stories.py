"""Stories: names and words out of the records behind a figure — which towns, whose example."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xianfeng.bulletins.asking import measure_named, source_of
from xianfeng.bulletins.citing import Cited, Edition
from xianfeng.bulletins.document import Source
from xianfeng.bulletins.normalise import normalise
from xianfeng.figures.interface import Contribution, Query
from xianfeng.ledger.image import Image, applied
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import FieldType, Flowing

_MOST = 100  # names in one sentence
_WORDS = (FieldType.TEXT, FieldType.LONG_TEXT)


def story(edition: Edition, name: str, asked: Query, *, field: str, most: Any) -> tuple[list[Cited], bool]:
    """What `most` records say, and whether there are more; in the order in which they were filed."""
    measure = measure_named(edition, name)
    query = replace(asked, measure=measure.name)
    if not isinstance(most, int) or not 0 < most <= _MOST:
        raise Problem("bulletin.bad_call", f"most={most} 不对。", hint=f"写1到{_MOST}之间的整数。")
    if field and not (isinstance(measure, Flowing) and _public(edition, measure.kind, field)):
        raise Problem(
            "bulletin.unknown_field",
            f"“{name}”的记录没有可公开的文字项“{field}”。",
            hint="field= 写台账里 public: true 的文字项；不写则印组织名称。",
        )
    trace = edition.engine.trace(query, limit=most)
    base = source_of(edition, query)
    return [_told(edition, query, base, item, field) for item in trace.records], trace.next is not None


def _public(edition: Edition, kind: str, name: str) -> bool:
    field = edition.scheme.kinds[kind].fields.get(name)
    return field is not None and field.public and not field.personal and field.type in _WORDS


def _told(edition: Edition, query: Query, base: Source, item: Contribution, field: str) -> Cited:
    if field and item.record is not None:
        text = str(_values(item.record, edition.as_of).get(field) or "未填")
    else:
        text = edition.places.name(item.organisation, query.until) or "未注明"
    return Cited(
        source=replace(
            base,
            call="record" if item.record is not None else "organisation",
            text=normalise(text),
            value=text,
            records=1 if item.record is not None else 0,
            as_of=edition.as_of,
            href=f"/records/{item.record}" if item.record is not None else base.href,
        ),
        query=query,
    )


def _values(record: int, as_of: int) -> Mapping[str, Any]:
    """A record's values as they stood at an entry: its entries up to there, folded."""
    image: Image | None = None
    for entry in Entry.objects.filter(stream="record", about=record, seq__lte=as_of).order_by("seq"):
        image = applied(image, scheme=entry.scheme, day=entry.day, body=json.loads(entry.body))
    return image.values if image else {}
