"""The table that the tests of this room read: its names, and rows in canonical form put into DuckDB as in the lake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa
import pytest

from xianfeng.scheme import expressions
from xianfeng.scheme.expressions import BOOLEAN, DATE, INTEGER, MONEY, PERCENT, REFERENCE, TALLY, TEXT, Sort, Type
from xianfeng.scheme.expressions.columns import column, prepare

# Ibis 12 still calls a method that DuckDB 2 has renamed.
quiet = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

TODAY = dt.date(2010, 8, 30)
NAMES: Mapping[str, Type] = {
    "number": INTEGER,
    "count": INTEGER,
    "amount": MONEY,
    "share": PERCENT,
    "ratio": expressions.decimal(4),
    "due": DATE,
    "started": DATE,
    "state": expressions.choice(["submitted", "published", "fulfilled"]),
    "note": TEXT,
    "open": BOOLEAN,
    "tags": expressions.choices(["环境", "教育", "交通"]),
    "groups": TALLY,
    "owner": REFERENCE,
    "author": REFERENCE,
    "organisation.level": TEXT,
    "完成数": INTEGER,
}
CONSTANTS = {"quota": Decimal("3.5"), "villages": Decimal(2244)}
_ARROW: Mapping[Sort, pa.DataType] = {
    Sort.NUMBER: pa.int64(),
    Sort.TEXT: pa.string(),
    Sort.DATE: pa.date32(),
    Sort.BOOLEAN: pa.bool_(),
    Sort.CHOICES: pa.list_(pa.string()),
    Sort.TALLY: pa.map_(pa.string(), pa.int64()),
    Sort.REFERENCE: pa.int64(),
}


def table(connection: ibis.BaseBackend, rows: Sequence[Mapping[str, Any]]) -> ibis.expr.types.Table:
    """The rows as a table of the connection; missing keys are NULL."""
    columns = {
        path.replace(".", "__"): pa.array([_stored(row.get(path), type_) for row in rows], _ARROW[type_.sort])
        for path, type_ in NAMES.items()
    }
    return connection.create_table("rows", pa.table({"row": range(len(rows)), **columns}), overwrite=True)


def _stored(value: Any, type_: Type) -> Any:
    if value is None:
        return None
    if type_.sort is Sort.NUMBER:
        return int(Decimal(value) * 10**type_.scale)
    if type_.sort is Sort.TALLY:
        return list(value.items())
    return dt.date.fromisoformat(value) if type_.sort is Sort.DATE and isinstance(value, str) else value


def column_values(
    connection: ibis.BaseBackend, parsed: Sequence[expressions.Expression], rows: Sequence[Mapping[str, Any]]
) -> list[list[Any]]:
    """For each expression its value on each row, computed by DuckDB in one query, as `Expression.value` gives it."""
    rows_table = table(connection, rows)
    columns = {f"e{at}": column(expression, rows_table, today=TODAY) for at, expression in enumerate(parsed)}
    result = rows_table.select("row", **columns).order_by("row").to_pyarrow()
    return [
        [_python(value, expression) for value in result.column(f"e{at}").to_pylist()]
        for at, expression in enumerate(parsed)
    ]


def _python(value: Any, expression: expressions.Expression) -> Any:
    if value is None:
        return None
    if expression.type.sort is Sort.NUMBER:
        return expression.type.unscaled(int(value))
    return tuple(value) if isinstance(value, list) else value


def connect() -> ibis.BaseBackend:
    connection = ibis.duckdb.connect()
    connection.raw_sql("SET threads = 1")
    prepare(connection)
    return connection
