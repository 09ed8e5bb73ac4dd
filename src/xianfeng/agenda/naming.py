"""What a record is called where its name leaves the house: by what its register makes public, and nothing else."""

from __future__ import annotations

import json

from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say


def public(kind: Kind, record: Record) -> str:
    """Its first public text, else its number."""
    values = json.loads(record.values)
    texts = (values.get(name) for name, field in kind.fields.items() if field.public and field.type is FieldType.TEXT)
    told = next(filter(None, texts), None)
    return told or say("{kind}第{number}号", kind=kind.title, number=record.id)


def sort(kind: Kind, record: Record) -> str:
    """The register with the first of its choices: 会议（分类别推进会）."""
    values = json.loads(record.values)
    chosen = (
        field.choices.get(values[name])
        for name, field in kind.fields.items()
        if field.type is FieldType.CHOICE and name in values
    )
    told = next(filter(None, chosen), None)
    return say("{kind}（{sort}）", kind=kind.title, sort=told) if told else kind.title
