"""What is owed by phase needs phases; what is owed about each subordinate needs a head and an organisation."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.types import FieldType


def check(draft: Draft) -> Iterator[Fault]:
    for each in draft.obligations.values():
        path = f"obligations.{each.name}"
        if each.every == "phase" and not draft.phases and not draft.reading.has("phases"):
            yield draft.at("phases_missing", f"{path}.every")
        kind = draft.kinds.get(each.kind)
        if each.about == "each_subordinate" and kind is not None:
            subject = kind.fields.get(kind.subject)
            if each.of != "superior_head" or subject is None or subject.type is not FieldType.ORGANISATION:
                yield draft.at("about_whom", f"{path}.about", kind=kind.name)
