"""By which of its values a record is called: what its kind says, or what tells most where it says nothing.

A text was written to be read, so the first one comes before everything else; of kinds without one a record is called by
whom or what it is about, by what was written at length, or by its first choice, whichever there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xianfeng.scheme.measuring import REGISTRY
from xianfeng.scheme.nodes import OWN_DAY, Field, Kind
from xianfeng.scheme.types import FieldType

CALLING = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.MONEY,
        FieldType.DATE,
        FieldType.ORGANISATION,
    }
)
OF_EVERY_RECORD = (REGISTRY, OWN_DAY)  # besides its fields: who filed it, and its day


def may_call(field: Field) -> bool:
    """Whether a record can be called by a field: nothing personal ever stands in a name."""
    return field.type in CALLING and not field.personal


def parts(kind: Kind) -> tuple[str, ...]:
    """The names of the fields by which its records are called, in their order; none where it has nothing that tells."""
    return kind.called or tuple(next(_usual(kind), ()))


def _usual(kind: Kind) -> Iterator[tuple[str, ...]]:
    fields = [field for field in kind.fields.values() if may_call(field) and not field.retired]
    yield from _first(fields, FieldType.TEXT)
    yield from ((field.name,) for field in fields if field.name == kind.subject)
    yield from _first(fields, FieldType.LONG_TEXT)
    yield from _first(fields, FieldType.CHOICE)


def _first(fields: Collection[Field], type_: FieldType) -> Iterator[tuple[str, ...]]:
    yield from ((field.name,) for field in fields if field.type is type_)
