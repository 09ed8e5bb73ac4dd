"""Required and retired, personal and public exclude each other; only texts and dates can be personal."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.types import FieldType

PERSONAL = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE}


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        for field in kind.fields.values():
            path = f"kinds.{kind.name}.fields.{field.name}"
            if field.retired and field.required:
                yield draft.at("required_retired", f"{path}.required")
            if field.personal and field.public:
                yield draft.at("public_personal", f"{path}.public")
            if field.personal and field.type not in PERSONAL:
                yield draft.at("personal_type", f"{path}.personal", type=field.type)
