"""The law: no compulsory photos or locations (国办函〔2026〕12号)."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

PROOF = {FieldType.ATTACHMENTS: "附件", FieldType.PLACE: "地点"}


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        path = f"kinds.{kind.name}"
        for field in kind.fields.values():
            if field.type in PROOF and field.required:
                yield draft.at("law_compulsory_proof", f"{path}.fields.{field.name}.required", **_said(field))
        for move in kind.flow.moves.values():
            for number, name in enumerate(move.needs):
                needed = kind.fields.get(name)
                if needed is not None and needed.type in PROOF:
                    place = f"{path}.flow.moves.{move.name}.needs[{number}]"
                    yield draft.at("law_compulsory_proof", place, **_said(needed))


def _said(field: Field) -> dict[str, str]:
    return {"name": field.title, "what": PROOF[field.type]}
