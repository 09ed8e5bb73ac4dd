"""The column on a table: the same walk as on a record, in DuckDB through Ibis.

Number columns hold scaled integers; inside a formula they are widened to HUGEINT, which the static bounds of
`arithmetic` never exceed. Ibis knows no such type and believes in int64, hence the builtin functions and the honest
cast at the end. Ibis is only imported here: it is large, and web processes do without it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from xianfeng.scheme.expressions.algebra import Algebra, Bound, Comparison, Containment, Function, Plain
from xianfeng.scheme.expressions.expression import Expression
from xianfeng.scheme.expressions.types import Sort, Type

_MACROS = (
    "xianfeng_wide(x) AS x::HUGEINT",
    """xianfeng_divide(a, b, power) AS CASE WHEN b <> 0 THEN
         sign(a) * sign(b) * ((2 * abs(a) * power + abs(b)) // (2 * abs(b))) END""",
    """xianfeng_shift(day, days) AS CASE WHEN days BETWEEN DATE '0001-01-01' - day AND DATE '9999-12-31' - day
         THEN day + days::INTEGER END""",
    "xianfeng_days(later, earlier) AS (later - earlier)::HUGEINT",
    """xianfeng_total(tally) AS CASE WHEN tally IS NOT NULL THEN
         coalesce(list_sum(map_values(tally)), 0)::HUGEINT END""",
)
_BIGINT = 2**63 - 1


def prepare(connection: Any) -> None:
    """Give a DuckDB connection (Ibis's or DuckDB's own) the functions that columns call; lasts as long as it does."""
    run = getattr(connection, "raw_sql", None) or connection.execute
    for macro in _MACROS:
        run(f"CREATE OR REPLACE TEMP MACRO {macro}")


def column_name(path: str) -> str:
    """The column of a path: `organisation.level` is `organisation__level`."""
    return path.replace(".", "__")


def column(expression: Expression, table: ir.Table, *, today: dt.date) -> ir.Value:
    """The expression on every row: conditions are boolean and never NULL, missing values are NULL.

    A number column holds integers of 10^-`expression.type.scale`, as int64 or, where they may be larger, as
    decimal(38, 0).
    """
    value = expression.node.fold(Columns(table, today))
    if expression.type.sort is not Sort.NUMBER:
        return value
    return value.cast("int64" if expression.type.bound <= _BIGINT else "decimal(38, 0)")


def _macro(name: str, parameters: Callable[..., None], takes: tuple[str, ...], gives: str) -> Callable[..., Any]:
    made: Callable[..., Any] = ibis.udf.scalar.builtin(parameters, name=name, signature=(takes, gives))
    return made


_wide = _macro("xianfeng_wide", lambda x: None, ("int64",), "int64")
_wide_written = _macro("xianfeng_wide", lambda x: None, ("string",), "int64")
_divide = _macro("xianfeng_divide", lambda a, b, power: None, ("int64", "int64", "int64"), "int64")
_shift = _macro("xianfeng_shift", lambda day, days: None, ("date", "int64"), "date")
_days = _macro("xianfeng_days", lambda later, earlier: None, ("date", "date"), "int64")
_total = _macro("xianfeng_total", lambda tally: None, ("map<string, int64>",), "int64")


_APPLY: Mapping[Function, Callable[[Any], Any]] = {
    "-": lambda number: -number,
    "abs": lambda number: number.abs(),
    "year": lambda day: _wide(day.year().cast("int64")),
    "month": lambda day: _wide(day.month().cast("int64")),
    "total": _total,
    "length": lambda texts: _wide(texts.length()),
}
_COMPARE: Mapping[Comparison, Callable[[Any, Any], Any]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


class Columns(Algebra[Any]):
    """The algebra of columns. (Ibis types values by what they hold, statically unknown here: hence `Any`.)"""

    def __init__(self, table: ir.Table, today: dt.date) -> None:
        self._table = table
        self._today = today

    def name(self, path: str, type_: Type) -> Any:
        column = self._table[column_name(path)]
        return _wide(column) if type_.sort is Sort.NUMBER else column

    def literal(self, value: Plain, type_: Type) -> Any:
        if type_.sort is not Sort.NUMBER or not isinstance(value, int):
            return ibis.literal(value)
        return _wide(ibis.literal(value, "int64")) if abs(value) <= _BIGINT else _wide_written(str(value))

    def today(self) -> Any:
        return ibis.literal(self._today)

    def apply(self, function: Function, operand: Any) -> Any:
        return _APPLY[function](operand)

    def add(self, left: Any, right: Any) -> Any:
        return left + right

    def subtract(self, left: Any, right: Any) -> Any:
        return left - right

    def multiply(self, left: Any, right: Any) -> Any:
        return left * right

    def divide(self, numerator: Any, denominator: Any, power: int) -> Any:
        return _divide(numerator, denominator, ibis.literal(power, "int64"))

    def extreme(self, bound: Bound, left: Any, right: Any) -> Any:
        choose = ibis.least if bound == "min" else ibis.greatest  # these skip NULLs
        return ibis.cases((left.notnull() & right.notnull(), choose(left, right)))

    def shift(self, day: Any, days: Any) -> Any:
        return _shift(day, days)

    def days(self, later: Any, earlier: Any) -> Any:
        return _days(later, earlier)

    def choose(self, condition: Any, then: Any, otherwise: Any) -> Any:
        return condition.ifelse(then, otherwise)

    def compare(self, operator: Comparison, left: Any, right: Any) -> Any:
        return _COMPARE[operator](left, right).fill_null(False)

    def member(self, operator: Containment, item: Any, options: Sequence[Plain]) -> Any:
        large = [option for option in options if isinstance(option, int) and abs(option) > _BIGINT]
        found = item.isin([_wide_written(str(option)) if option in large else option for option in options])
        return (found if operator == "in" else ~found).fill_null(False)

    def contains(self, operator: Containment, item: Any, choices: Any) -> Any:
        found = choices.contains(item)
        return (found if operator == "in" else ~found).fill_null(False)

    def missing(self, operand: Any) -> Any:
        return operand.isnull()

    def known(self, boolean: Any) -> Any:
        return boolean.fill_null(False)

    def negate(self, condition: Any) -> Any:
        return ~condition

    def every(self, conditions: Sequence[Any]) -> Any:
        return ibis.and_(*conditions)

    def some(self, conditions: Sequence[Any]) -> Any:
        return ibis.or_(*conditions)
