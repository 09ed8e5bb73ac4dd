"""What a figure really rests on, seen from its trace: one record each, a sum over records, or a total merely stated.

The scheme says what one record of a kind stands for; the records say whether that is so. A total typed into one record
is a stated one, whatever the scheme calls it, and so is a total typed in two or three pieces. What tells pieces from
records of work is how the sum is spread: work recorded where it is done is many records of which none weighs much. So
a sum is `summed` when it takes at least `SPREAD` records, the largest first, to make up more than half of it. Five:
up to four typed totals (those of town and country, of four quarters) can never look like work, even with genuine small
records among them, while eight records of one size do. A small sum over few records is called stated as well: nothing
in the books shows that it is more.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from xianfeng.figures.interface import Contribution, Figures, Query
from xianfeng.scheme.measuring import Count, Coverage, Distinct, Latest, Sum
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

ALL = 10_000_000  # contributions of one figure
SPREAD = 5  # records that must be needed for half of a sum


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
        return say("有的记录一条顶多个")
    if value is not None and sum(record.value for record in records) != value:
        return say("与背后的记录数不符")
    return "each" if records else say("没有记录")


def _summed(records: tuple[Contribution, ...], value: object, *, stated: bool) -> str:
    if not records:
        return say("没有记录")
    if stated:
        return "stated"
    if sum(record.value for record in records) != value:
        return say("与背后的记录之和不符")
    return "summed" if _for_half(records) >= SPREAD else "stated"


def _for_half(records: tuple[Contribution, ...]) -> int:
    """How many records, the largest first, make up more than half of their sum."""
    largest = sorted((record.value for record in records), reverse=True)
    whole = sum(largest)
    return next((number for number, so_far in enumerate(accumulate(largest), 1) if 2 * so_far > whole), 0)


def _records(engine: Figures, query: Query) -> tuple[Contribution, ...]:
    return engine.trace(query, limit=ALL).records


def _stated(scheme: Scheme, kind: str) -> bool:
    return kind in scheme.kinds and scheme.kinds[kind].basis == "stated"
