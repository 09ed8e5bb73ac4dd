"""Stories: names and words out of the records behind a figure — which towns, whose example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from xianfeng.bulletins.asking import measure_named, source_of
from xianfeng.bulletins.citing import Edition
from xianfeng.bulletins.normalise import normalise
from xianfeng.figures.interface import Contribution, Query
from xianfeng.ledger import history
from xianfeng.papers.document import Source
from xianfeng.problems import Problem
from xianfeng.scheme.measuring import Flowing
from xianfeng.sentences import say

_MOST = 100  # names in one sentence


def story(edition: Edition, name: str, asked: Query, *, field: str, most: Any) -> tuple[list[Source], bool]:
    """What `most` records say, and whether there are more; in the order in which they were filed."""
    measure = measure_named(edition, name)
    query = replace(asked, measure=measure.name)
    if not isinstance(most, int) or not 0 < most <= _MOST:
        raise Problem(
            "bulletin.bad_call", say("most={most} 不对。", most=most), hint=say("写1到{most}之间的整数。", most=_MOST)
        )
    if field and not (isinstance(measure, Flowing) and _public(edition, measure.kind, field)):
        raise Problem(
            "bulletin.unknown_field",
            say("“{name}”的记录没有可公开的文字项“{field}”。", name=name, field=field),
            hint="field= 写台账里 public: true 的文字项；不写则印组织名称。",
        )
    trace = edition.engine.trace(query, limit=most)
    base = source_of(edition, query)
    words = _words(edition, query, trace.records, field)
    told = [_told(edition, base, item, text) for item, text in zip(trace.records, words, strict=True)]
    return told, trace.next is not None


def _public(edition: Edition, kind: str, name: str) -> bool:
    field = edition.scheme.kinds[kind].fields.get(name)
    return field is not None and field.public and not field.personal and field.type.is_text


def _words(edition: Edition, query: Query, items: Sequence[Contribution], field: str) -> list[str]:
    """What each record says in the field; who filed it, without a field."""
    edition.names.learn([item.organisation for item in items], query.until)
    records = [item.record for item in items if item.record is not None] if field else []
    images = history.images(records, as_of=edition.as_of)
    return [
        str(images[item.record].values.get(field) or "未填")
        if item.record in images
        else edition.names.name(item.organisation, query.until) or "未注明"
        for item in items
    ]


def _told(edition: Edition, base: Source, item: Contribution, text: str) -> Source:
    return replace(
        base,
        call="record" if item.record is not None else "organisation",
        text=normalise(text),
        value=text,
        record=item.record,
        records=1 if item.record is not None else 0,
        as_of=edition.as_of,
    )
