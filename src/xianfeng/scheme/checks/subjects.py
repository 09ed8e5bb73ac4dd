"""A kind's subject is somebody or something that has a number: a person, an organisation, a record; what it publishes
is a record, of which it can tell something that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.publishing import declared
from xianfeng.scheme.types import FieldType

SUBJECTS = {FieldType.PERSON, FieldType.ORGANISATION, FieldType.RECORD}


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        field = kind.fields.get(kind.subject)
        if field is not None and field.type not in SUBJECTS:
            yield draft.at("subject_type", f"kinds.{kind.name}.subject", name=field.name, type=field.type)
        published = kind.fields.get(kind.publishes)
        if published is not None and published.type is not FieldType.RECORD:
            yield draft.at("publishes_no_record", f"kinds.{kind.name}.publishes", name=published.name)
    for publication in declared(draft.kinds):
        kind, request = publication.kind, publication.request
        if draft.reading.is_broken(f"kinds.{kind.name}.fields"):
            continue
        if not publication.outcome:
            yield draft.at("publishes_no_outcome", f"kinds.{kind.name}.publishes", kind=kind.fields[kind.publishes].of)
        if not publication.told:
            names = "、".join(filter(None, (request.text, request.reply)))
            yield draft.at("publishes_untold", f"kinds.{kind.name}.publishes", names=names)
        for name in publication.unseen:
            yield draft.at_key("publishes_unseen", f"kinds.{kind.name}.fields.{name}", name=name)
