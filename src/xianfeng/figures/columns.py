"""How postings lie in columns: one typed table per register.

The log keeps a posting's fields as canonical JSON; figures need numbers. Every number is a whole one (money in fen,
decimals scaled by their declared places), so that no sum can be off by a digit in any engine. A field that a version
does not have, or a record leaves out, is null: absent is missing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from xianfeng.figures.interface import Register, Source
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType

COMMON = pa.schema(
    [
        ("seq", pa.int64()),
        ("sign", pa.int8()),
        ("record", pa.int64()),
        ("scheme", pa.string()),
        ("organisation", pa.int64()),
        ("place", pa.int64()),
        ("subject", pa.int64()),
        ("day", pa.date32()),
        ("state", pa.string()),
        ("level", pa.int8()),
        ("reviewer", pa.int64()),
    ]
)
# What a source hands over: the common columns, the register, the month of entry, and two columns of JSON.
RAW = pa.schema(
    [*COMMON, ("register", pa.string()), ("month", pa.string()), ("entered", pa.string()), ("fields", pa.string())]
)

_SQL_TYPES = {
    pa.int64(): "BIGINT",
    pa.int8(): "TINYINT",
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "VARCHAR[]",
    pa.map_(pa.string(), pa.int64()): "MAP(VARCHAR, BIGINT)",
}

Columns = dict[str, list[Any]]


def field_column(name: str) -> str:
    return f"f_{name}"


def total_column(name: str) -> str:
    """A tally's groups together."""
    return f"t_{name}"


def entered_column(state: str) -> str:
    return f"e_{state}"


def schema(register: Register) -> pa.Schema:
    """The columns of a register's postings, with every field and state that any version of it has."""
    columns = [*COMMON, *((entered_column(state), pa.date32()) for state in register.states)]
    for name, field in register.fields.items():
        columns.append((field_column(name), arrow_type(field.type)))
        if field.type is FieldType.TALLY:
            columns.append((total_column(name), pa.int64()))
    return pa.schema(columns)


def projection(register: Register, present: Iterable[str]) -> str:
    """The register's columns; those that these rows were written without are missing."""
    held = frozenset(present)
    return ", ".join(
        f'"{field.name}"' if field.name in held else f'NULL::{_SQL_TYPES[field.type]} AS "{field.name}"'
        for field in schema(register)
    )


def arrow_type(type_: FieldType) -> pa.DataType:
    if type_.is_number or type_.is_reference:
        return pa.int64()
    if type_.is_date:
        return pa.date32()
    return {
        FieldType.CHOICE: pa.string(),
        FieldType.CHOICES: pa.list_(pa.string()),
        FieldType.BOOLEAN: pa.bool_(),
        FieldType.TALLY: pa.map_(pa.string(), pa.int64()),
    }[type_]


def typed(register: Register, raw: pa.Table) -> pa.Table:
    """Raw postings of one register as its typed columns."""
    wanted = schema(register)
    told = {
        **{name: raw.column(name) for name in COMMON.names},
        **_spread(raw.column("entered"), wanted, partial(_entered, register)),
        **_spread(raw.column("fields"), wanted, partial(_fields, register)),
    }
    return pa.table([told[field.name].cast(field.type) for field in wanted], schema=wanted)


def _spread(column: pa.ChunkedArray, wanted: pa.Schema, told: Callable[[list[Any]], Columns]) -> dict[str, pa.Array]:
    """What a column of JSON tells, by column: read once for each text, since many postings say the same."""
    texts = column.combine_chunks().dictionary_encode()
    rows = [json.loads(text) for text in texts.dictionary.to_pylist()]
    return {
        name: pa.array(values, type=wanted.field(name).type).take(texts.indices) for name, values in told(rows).items()
    }


def _entered(register: Register, rows: list[Any]) -> Columns:
    return {entered_column(state): _dates(row.get(state) for row in rows) for state in register.states}


def _fields(register: Register, rows: list[Any]) -> Columns:
    columns: Columns = {}
    for name, field in register.fields.items():
        values = [row.get(name) for row in rows]
        encode = _encoder(field)
        columns[field_column(name)] = [None if value is None else encode(value) for value in values]
        if field.type is FieldType.TALLY:
            columns[total_column(name)] = [None if value is None else sum(value.values()) for value in values]
    return columns


def registers_of(source: Source, raw: pa.Table) -> Mapping[str, Register]:
    """The registers of these postings as their schemes know them. The registry's own postings are of no scheme: theirs
    are as all know them."""
    schemes = _found(raw, "scheme")
    return source.registers(None if "" in schemes else schemes)


def parted(source: Source, raw: pa.Table) -> Iterator[tuple[Register, str, pa.Table]]:
    """Postings by month of entry and register, as the register's typed columns; their order stays."""
    registers = registers_of(source, raw)
    for month in _found(raw, "month"):
        entered = _where(raw, "month", month)
        for key in sorted(_found(entered, "register")):
            yield registers[key], month, typed(registers[key], _where(entered, "register", key))


def _found(raw: pa.Table, column: str) -> list[str]:
    values: list[str] = pc.unique(raw.column(column)).to_pylist()
    return values


def _where(raw: pa.Table, column: str, value: str) -> pa.Table:
    return raw.filter(pc.equal(raw.column(column), value))


def merged(key: str, schemes: Iterable[str], versions: Iterable[tuple[Mapping[str, Field], Iterable[str]]]) -> Register:
    """One register from what each version of its kind declares (figure fields, states), oldest first.

    A field has one type and one number of places for ever: the ledger adopts no version that changes them.
    """
    fields: dict[str, Field] = {}
    states: dict[str, None] = {}
    for declared, named in versions:
        fields.update(declared)
        states.update(dict.fromkeys(named))
    return Register(key=key, schemes=tuple(schemes), fields=fields, states=tuple(states))


def _dates(values: Iterable[str | None]) -> list[dt.date | None]:
    return [None if value is None else _date(value) for value in values]


def _date(value: str) -> dt.date:
    return dt.date.fromisoformat(value[:10])  # of a moment, its day as the record states it


def _encoder(field: Field) -> Callable[[Any], Any]:
    if field.type.is_number:
        return partial(_scaled, field.decimals)
    if field.type.is_date:
        return _date
    if field.type is FieldType.TALLY:
        return _groups
    return _same


def _scaled(places: int, value: int | str) -> int:
    return int(Decimal(value).scaleb(places))


def _groups(value: Mapping[str, int]) -> list[tuple[str, int]]:
    return list(value.items())


def _same(value: Any) -> Any:
    return value
