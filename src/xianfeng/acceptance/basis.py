"""What a figure really rests on, seen from its trace: one record each, a sum over records, or a total merely stated.

The scheme says what one record of a kind stands for; the records say whether that is so. A total typed into one record
is a stated one, whatever the scheme calls it.
"""

from __future__ import annotations

from dataclasses import replace

from xianfeng.figures.interface import Contribution, Figures, Query
from xianfeng.scheme.nodes import Count, Coverage, Distinct, Latest, Scheme, Sum

ALL = 10_000_000  # contributions of one figure


def observed(engine: Figures, scheme: Scheme, query: Query) -> str:
    """each, summed or stated; or in words what does not add up."""
    measure = scheme.measures[query.measure]
    if measure.parts:
        return observed(engine, scheme, replace(query, measure=measure.parts[0]))
    match measure:
        case Coverage():
            evidence = measure.kind or measure.population
            return _each(_records(engine, query), None, stated=_stated(scheme, evidence))
        case Count() | Distinct():
            value = engine.figure(query).value
            return _each(_records(engine, query), value, stated=_stated(scheme, measure.kind))
        case Sum() | Latest():
            return _summed(_records(engine, query), engine.figure(query).value, stated=_stated(scheme, measure.kind))
    raise AssertionError(f"no basis for a {type(measure).__name__}")


def _each(records: tuple[Contribution, ...], value: object, *, stated: bool) -> str:
    if stated:
        return "stated"
    if any(record.value not in (0, 1) for record in records):
        return "有的记录一条顶多个"
    if value is not None and sum(record.value for record in records) != value:
        return "与背后的记录数不符"
    return "each" if records else "没有记录"


def _summed(records: tuple[Contribution, ...], value: object, *, stated: bool) -> str:
    if stated or len(records) == 1:
        return "stated"
    if sum(record.value for record in records) != value:
        return "与背后的记录之和不符"
    return "summed" if records else "没有记录"


def _records(engine: Figures, query: Query) -> tuple[Contribution, ...]:
    return engine.trace(query, limit=ALL).records


def _stated(scheme: Scheme, kind: str) -> bool:
    return kind in scheme.kinds and scheme.kinds[kind].basis == "stated"
