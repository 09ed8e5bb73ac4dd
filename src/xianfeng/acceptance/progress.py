"""How far a target or rule has got: computed from records on the day that the books are read, finished or not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xianfeng.acceptance.books import Books
from xianfeng.acceptance.expected import Row
from xianfeng.bulletins.numbers import NOT_REPORTED, spoken
from xianfeng.figures.interface import Query


@dataclass(frozen=True, kw_only=True)
class Progress:
    measure: str
    title: str
    value: str  # the exact value, or 未报
    text: str  # the same as people read it
    records: int


def named(row: Row) -> str:
    """The measure that counts a row's progress; '' when nothing is counted."""
    return row.progress or str(row.check.get("target", ""))


def of(row: Row, books: Books) -> Progress | None:
    """None where nothing is counted, or the scheme has no such measure."""
    measure = books.scheme.measures.get(named(row))
    if measure is None:
        return None
    query = Query(
        scheme=books.scheme.hash,
        measure=measure.name,
        organisation=books.root,
        until=books.day,
        as_of=books.as_of,
    )
    figure = books.engine.figure(query)
    value = text = NOT_REPORTED
    if figure.value is not None:
        value, text = str(figure.value), spoken(Decimal(figure.value), measure.show, measure.unit)
    return Progress(measure=measure.name, title=measure.title, value=value, text=text, records=figure.records)
