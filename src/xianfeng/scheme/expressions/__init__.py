"""The one expression language of a scheme: a small, typed subset of Python's syntax, never evaluated as Python.

`parse` gives an `Expression` or every fault at once; `Expression.value` computes it on a record, `columns.column` on a
table, and both agree.
"""

from xianfeng.scheme.expressions.expression import Expression, parse
from xianfeng.scheme.expressions.faults import ExpressionFault, ExpressionFaults
from xianfeng.scheme.expressions.prose import describe
from xianfeng.scheme.expressions.syntax import usable_name
from xianfeng.scheme.expressions.types import (
    BOOLEAN,
    DATE,
    INTEGER,
    LARGEST_STORED,
    MONEY,
    PERCENT,
    REFERENCE,
    TALLY,
    TEXT,
    Sort,
    Type,
    choice,
    choices,
    decimal,
)
from xianfeng.scheme.expressions.values import Value

__all__ = [
    "BOOLEAN",
    "DATE",
    "INTEGER",
    "LARGEST_STORED",
    "MONEY",
    "PERCENT",
    "REFERENCE",
    "TALLY",
    "TEXT",
    "Expression",
    "ExpressionFault",
    "ExpressionFaults",
    "Sort",
    "Type",
    "Value",
    "choice",
    "choices",
    "decimal",
    "describe",
    "parse",
    "usable_name",
]
