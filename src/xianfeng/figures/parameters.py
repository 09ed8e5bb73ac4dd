"""What a compiled question leaves open: the period. Set as variables of the connection, so that one SQL
text per measure serves all periods, and the database still plans with values."""

from __future__ import annotations

import datetime as dt

import ibis
from ibis.expr import types as ir


@ibis.udf.scalar.builtin(name="getvariable", signature=((str,), "date"))  # type: ignore[untyped-decorator]
def _date(variable: str) -> dt.date: ...  # type: ignore[empty-body]


@ibis.udf.scalar.builtin(name="getvariable", signature=((str,), "int64"))  # type: ignore[untyped-decorator]
def _integer(variable: str) -> int: ...  # type: ignore[empty-body]


def since() -> ir.DateValue:
    return _date("since")


def until() -> ir.DateValue:
    return _date("until")


def root() -> ir.IntegerValue:
    """The organisation that the scheme binds to."""
    return _integer("root")
