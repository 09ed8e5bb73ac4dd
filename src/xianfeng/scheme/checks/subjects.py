"""A kind's subject is somebody or something that has a number: a person, an organisation, a record; what it publishes
is a record, and everybody may read what it tells of it."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.publishing import publications
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
    for publication in publications(draft.kinds):
        for name in publication.unseen:
            path = f"kinds.{publication.kind.name}.fields.{name}"
            yield draft.at_key("publishes_unseen", path, name=name)
