"""What the names in a scheme's expressions stand for: columns of a register's records, or of the registry.

A path goes one hop away: to the organisation that filed the record or that it names, or to another record. Both are
read as they are known at the entry the question is asked as of; an organisation, as it was at the period's end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

import ibis
from ibis.expr import types as ir

from xianfeng.figures import columns, parameters
from xianfeng.figures.interface import Register
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.expressions.columns import Columns, column_name
from xianfeng.scheme.expressions.types import Type
from xianfeng.scheme.measuring import REGISTRY
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType

ORGANISATIONS = ibis.table(
    {
        "id": "int64",
        "code": "string",
        "name": "string",
        "type": "string",
        "level": "string",
        "tier": "string",
        "category": "string",
        "founded": "date",
        "closed": "date",
        "successor": "int64",
    },
    name="organisations",
)
PLACES = ibis.table(
    {
        "id": "int64",
        "organisation": "int64",
        "parent": "int64",
        "since": "date",
        "until": "date",
        "lo": "int64",
        "hi": "int64",
    },
    name="places",
)

_NAMED = "named"

Images = Callable[[str], ir.Table]  # of a register, by its key


def images(register: Register) -> ir.Table:
    """A register's records, each as it stands at the entry that is asked for."""
    return ibis.table(ibis.Schema.from_pyarrow(columns.schema(register)), name=view_name(register))


def view_name(register: Register) -> str:
    """Of its columns: the same register in other schemes has others."""
    return f"images:{register.key}:{','.join(register.schemes)}"


class _Asked(Columns):
    """Columns whose `today` is the last day of the period, whichever that will be."""

    def __init__(self, table: ir.Table, kind: Kind | None) -> None:
        self._table = table
        self._kind = kind

    def name(self, path: str, type_: Type) -> Any:
        return super().name(_column(self._kind, path), type_)

    def today(self) -> Any:
        return parameters.until()


def condition(expression: Expression, table: ir.Table, kind: Kind | None = None) -> Any:
    """A condition on the records of a kind, `named` for it, or on the registry's organisations."""
    return expression.node.fold(_Asked(table, kind))


def named(
    table: ir.Table, scheme: Scheme, kind: Kind, expressions: Iterable[Expression | None], of: Images
) -> ir.Table:
    """Records of a kind with what these expressions name elsewhere, beside the columns they have."""
    paths = sorted({path for expression in expressions if expression for path in expression.names})
    return reduce(lambda rows, path: _with(rows, scheme, kind, path, of), paths, table)


def _with(rows: ir.Table, scheme: Scheme, kind: Kind, path: str, of: Images) -> ir.Table:
    owner, _, name = path.rpartition(".")
    if owner in ("", kind.name):
        return rows
    there = _column(kind, path)
    if owner == REGISTRY:
        return _hop(rows, owner, there, ORGANISATIONS.select(id="id", value=name))
    field = kind.fields[owner]
    if field.type is FieldType.ORGANISATION:
        return _hop(rows, columns.field_column(owner), there, ORGANISATIONS.select(id="id", value=name))
    target = of(scheme.key(field.of)).select(id="record", value=_own(scheme.kinds[field.of], name))
    return _hop(rows, columns.field_column(owner), there, target)


def _hop(rows: ir.Table, key: str, name: str, target: ir.Table) -> ir.Table:
    joined = rows.left_join(target, rows[key] == target.id)
    return joined.select(*(rows[column] for column in rows.columns), joined.value.name(name))


def _column(kind: Kind | None, path: str) -> str:
    """Where a name is found: among a record's own columns, an organisation's, or those fetched from elsewhere, which
    lie apart: a field may well be called 'level'."""
    owner, _, name = path.rpartition(".")
    if kind is None:
        return name
    return _own(kind, name) if owner in ("", kind.name) else column_name(f"{_NAMED}.{path}")


def _own(kind: Kind, name: str) -> str:
    """The column of a kind's own name: a field before what every record has."""
    return columns.field_column(name) if name in kind.fields else name
