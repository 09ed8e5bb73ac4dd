"""What counts at its subject is about an organisation, and nobody owes it there."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import SUBJECT, Flowing
from xianfeng.scheme.types import FieldType


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        if not isinstance(measure, Flowing) or measure.at != SUBJECT or measure.kind not in draft.kinds:
            continue
        kind = draft.kinds[measure.kind]
        subject = kind.fields.get(kind.subject)
        if not kind.subject or (subject is not None and subject.type is not FieldType.ORGANISATION):
            yield draft.at("at_no_organisation", f"measures.{measure.name}.at", kind=kind.name)
        if measure.owed:
            yield draft.at_key("owed_of_a_subject", f"measures.{measure.name}.owed")
