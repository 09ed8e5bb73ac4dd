"""Which names a formula may use where: a record's fields, what it points to one hop away, its organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from xianfeng.scheme.build.formulas import Scope
from xianfeng.scheme.expressions import (
    BOOLEAN,
    DATE,
    INTEGER,
    MONEY,
    PERCENT,
    REFERENCE,
    TALLY,
    TEXT,
    Type,
    choice,
    choices,
    decimal,
)
from xianfeng.scheme.measuring import REGISTRY, VALUE, VALUE_PLACES
from xianfeng.scheme.nodes import Constant, Field, Kind
from xianfeng.scheme.types import FieldType

Refused = Callable[[str], bool]

ORGANISATION: dict[str, Type] = {
    "level": TEXT,
    "type": TEXT,
    "category": TEXT,
    "tier": TEXT,
    "code": TEXT,
    "name": TEXT,
}
MEASURED = decimal(VALUE_PLACES)  # what a measure comes to
OF_A_VALUE: dict[str, Type] = {VALUE: MEASURED}
MEASURED_ORGANISATION = ("level", "type", "category", "tier")
OVERDUE = "overdue"  # whether a move was to be made by now out of where the record stands
OF_A_MOVE: dict[str, Type] = {OVERDUE: BOOLEAN}  # besides a record's own, in the conditions of moves
RESERVED = frozenset({"state", "day", "today", REGISTRY, "date", "reason", OVERDUE})

_PLAIN: dict[FieldType, Type] = {
    FieldType.TEXT: TEXT,
    FieldType.LONG_TEXT: TEXT,
    FieldType.INTEGER: INTEGER,
    FieldType.MONEY: MONEY,
    FieldType.PERCENT: PERCENT,
    FieldType.DATE: DATE,
    FieldType.BOOLEAN: BOOLEAN,
    FieldType.PERSON: REFERENCE,
    FieldType.ORGANISATION: REFERENCE,
    FieldType.RECORD: REFERENCE,
    FieldType.PLACE: REFERENCE,
    FieldType.TALLY: TALLY,
}
_NEVER = (FieldType.ATTACHMENTS, FieldType.DATETIME)  # nothing to compare; compare the record's day instead


def type_of(field: Field) -> Type | None:
    """A field's type in expressions; None for those that formulas cannot use."""
    if field.type is FieldType.CHOICE:
        return choice(field.choices)
    if field.type is FieldType.CHOICES:
        return choices(field.choices)
    if field.type is FieldType.DECIMAL:
        return decimal(field.decimals)
    return _PLAIN.get(field.type)


def of_organisation() -> Scope:
    return Scope(ORGANISATION)


def of_record(kind: Kind, kinds: Mapping[str, Kind], *, measured: bool, refused: Refused) -> Scope:
    """The names on one record. `measured`: over postings, which hold no text and nothing personal."""
    names: dict[str, Type] = {
        "state": choice([*kind.flow.states]),
        "day": DATE,
        REGISTRY: REFERENCE,
        **_hop(REGISTRY, measured),
    }
    barred: dict[str, str] = {}
    for name, type_, why in _fields(kind, measured):
        if type_ is None:
            barred[name] = why
        else:
            names[name] = type_
    for field in kind.fields.values():
        if field.type is FieldType.ORGANISATION:
            names |= _hop(field.name, measured)
        elif field.type is FieldType.RECORD and field.of in kinds:
            if not measured:
                names[f"{field.name}.state"] = choice([*kinds[field.of].flow.states])
            for name, type_, why in _fields(kinds[field.of], measured):
                if type_ is None:
                    barred[f"{field.name}.{name}"] = why
                else:
                    names[f"{field.name}.{name}"] = type_
    return Scope(names, barred=barred, refused=refused)


def _hop(name: str, measured: bool) -> dict[str, Type]:
    known = MEASURED_ORGANISATION if measured else tuple(ORGANISATION)
    return {f"{name}.{each}": ORGANISATION[each] for each in known}


def _fields(kind: Kind, measured: bool) -> Iterator[tuple[str, Type | None, str]]:
    """Each field with its type, or None and why no formula here can use it."""
    for field in kind.fields.values():
        if field.personal:
            yield field.name, None, "personal_in_formula"
        elif field.type in _NEVER:
            yield field.name, None, "not_in_formulas"
        elif measured and field.type.is_text:
            yield field.name, None, "text_in_measure"
        else:
            yield field.name, type_of(field), ""


def numbers(constants: Mapping[str, Constant]) -> dict[str, Decimal]:
    return {name: constant.value for name, constant in constants.items()}
