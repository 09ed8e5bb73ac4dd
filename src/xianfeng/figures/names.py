"""What the names in a scheme's expressions stand for: columns of a register's records, or of the registry.

A path goes one hop away: to the organisation that filed the record or that it names, or to another record. Both are
read as they are known at the entry the question is asked as of.
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
from xianfeng.scheme.nodes import REGISTRY, Kind, Scheme
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
INSIDE = ibis.table({"place": "int64", "key": "int64"}, name="inside")

_NAMED = "named"

Images = Callable[[str], ir.Table]  # of a register, by its key


def images(register: Register) -> ir.Table:
    """A register's records, each as it stands at the entry that is asked for."""
    return ibis.table(ibis.Schema.from_pyarrow(columns.schema(register)), name=view_name(register.key))


def view_name(key: str) -> str:
    return f"images:{key}"


class _Asked(Columns):
    """Columns whose `today` is the last day of the period, whichever that will be."""

    def __init__(self, table: ir.Table) -> None:
        self._table = table

    def name(self, path: str, type_: Type) -> Any:
        return super().name(f"{_NAMED}.{path}", type_)

    def today(self) -> Any:
        return parameters.until()


def condition(expression: Expression, table: ir.Table) -> Any:
    """A condition on rows that carry the expression's names as columns."""
    return expression.node.fold(_Asked(table))


def named(
    table: ir.Table, scheme: Scheme, kind: Kind, expressions: Iterable[Expression | None], of: Images
) -> ir.Table:
    """Records of a kind with the columns that these expressions name, beside those they have."""
    paths = sorted({path for expression in expressions if expression for path in expression.names})
    return reduce(lambda rows, path: _with(rows, scheme, kind, path, of), paths, table)


def organisations(expressions: Iterable[Expression | None]) -> ir.Table:
    """The registry's organisations with the columns that these expressions name."""
    paths = sorted({path for expression in expressions if expression for path in expression.names})
    named = {_column(path): ORGANISATIONS[path.rpartition(".")[2]] for path in paths}
    return ORGANISATIONS.mutate(**named) if named else ORGANISATIONS


def _with(rows: ir.Table, scheme: Scheme, kind: Kind, path: str, of: Images) -> ir.Table:
    owner, _, name = path.rpartition(".")
    if owner in ("", kind.name):
        return rows.mutate(rows[_own(kind, name)].name(_column(path)))
    if owner == REGISTRY:
        return _hop(rows, owner, path, ORGANISATIONS.select(id="id", value=name))
    field = kind.fields[owner]
    if field.type is FieldType.ORGANISATION:
        return _hop(rows, columns.field_column(owner), path, ORGANISATIONS.select(id="id", value=name))
    other = scheme.kinds[field.of]
    target = of(scheme.key(field.of))
    return _hop(rows, columns.field_column(owner), path, target.select(id="record", value=_own(other, name)))


def _hop(rows: ir.Table, key: str, path: str, target: ir.Table) -> ir.Table:
    joined = rows.left_join(target, rows[key] == target.id)
    return joined.select(*(rows[name] for name in rows.columns), joined.value.name(_column(path)))


def _own(kind: Kind, name: str) -> str:
    """The column of a kind's own name: a field before what every record has."""
    return columns.field_column(name) if name in kind.fields else name


def _column(path: str) -> str:
    """Apart from the records' own columns: a field may well be called 'level'."""
    return column_name(f"{_NAMED}.{path}")
