"""What a record is called where its name leaves the house: by what its register makes public, and nothing else."""

from __future__ import annotations

from xianfeng.ledger import calling
from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say, together


def public(kind: Kind, record: Record) -> str:
    (name,) = calling.called(kind, [record], [field.name for field in kind.fields.values() if field.public])
    return name


def sort(kind: Kind, record: Record) -> str:
    """The register with the choices by which its records are called: 会议（分类别推进会）."""
    choices = [field.name for field in kind.fields.values() if field.type is FieldType.CHOICE]
    (told,) = calling.words(kind, [record], choices)
    return say("{kind}（{sort}）", kind=kind.title, sort=together(told, by=calling.BETWEEN)) if told else kind.title


def numbered(record: int) -> str:
    """What tells it from others of the same name."""
    return say("第 {number} 号记录", number=record)
