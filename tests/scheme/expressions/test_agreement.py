"""A value on a record is the value in the column of a table: for random formulas, over random rows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scheme.expressions import formulas, tables
from xianfeng.scheme.expressions import Expression, ExpressionFaults, Sort, parse
from xianfeng.scheme.expressions.arithmetic import divide_half_up
from xianfeng.scheme.expressions.types import LARGEST_COMPUTED

LARGE = st.integers(-LARGEST_COMPUTED, LARGEST_COMPUTED)


@pytest.fixture(scope="module")
def connection() -> ibis.BaseBackend:
    return tables.connect()


def _parsed(text: str) -> Expression | None:
    """The formula, unless it is too large to be computed exactly."""
    try:
        return parse(text, tables.NAMES, expect=None)
    except ExpressionFaults as refused:
        if {fault.code for fault in refused.faults} <= {"expression.overflow", "expression.too_large"}:
            return None
        raise


@tables.quiet
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(formulas.FORMULAS, min_size=12, max_size=12),
    rows=st.lists(formulas.ROWS, min_size=12, max_size=12),
)
def test_a_record_and_a_table_agree(connection: ibis.BaseBackend, texts: list[str], rows: list[dict[str, Any]]) -> None:
    parsed = [expression for expression in map(_parsed, texts) if expression is not None]
    columns = tables.column_values(connection, parsed, rows)
    for expression, column in zip(parsed, columns, strict=True):
        values = [expression.value(row, today=tables.TODAY) for row in rows]
        assert values == column, expression.text
        if expression.type.sort is Sort.NUMBER:
            scaled = [expression.type.scaled(value) for value in values if isinstance(value, (int, Decimal))]
            assert all(abs(number) <= expression.type.bound for number in scaled), expression.text


@given(numerator=LARGE, denominator=LARGE.filter(bool))
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Context(prec=200).divide(Decimal(numerator), Decimal(denominator))
    assert divide_half_up(numerator, denominator) == exact.to_integral_value(ROUND_HALF_UP)


@tables.quiet
@pytest.mark.parametrize(
    "text",
    [
        "number * count",
        "amount * share",
        "amount * share / ratio",
        "number / ratio",
        "ratio / number * 1000",
        "amount / (amount / 999999999999999)",
        "round(number / 3, 0) * 100000000000000",
        "min(number * count, -(number * count))",
        "number * count + number * count - amount * share",
        "total(groups) * number",
    ],
)
def test_no_formula_that_is_accepted_overflows(connection: ibis.BaseBackend, text: str) -> None:
    expression = parse(text, tables.NAMES, expect=None)
    extremes = [999999999999999, -999999999999999, 1, -1]
    rows = [
        {
            "number": number,
            "count": count,
            "amount": f"{number}e-2",
            "share": f"{count}e-2",
            "ratio": f"{count}e-4",
            "groups": {str(group): 999999999999999 for group in range(1000)},
        }
        for number in extremes
        for count in extremes
    ]
    [column] = tables.column_values(connection, [expression], rows)
    assert column == [expression.value(row, today=tables.TODAY) for row in rows]
