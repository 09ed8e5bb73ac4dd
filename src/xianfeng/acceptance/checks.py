"""How one row is held against the books: one function for each thing that a row's `check` may name.

{figure: projects, until: 2010-01-01}    a figure that the bulletin printed, by its measure and period
{target: rural_points}                   the target of a measure, with the progress towards it
{constant: duty_hours}  {rule: path}     what the scheme states and the bulletin printed
{note: 八届九次}                          an [N] span of the text, under this row
{standard: five_ahead}                   how many items a standard has
{obligation: rosters, every: month}      an obligation and its terms
{windows: contact_service}               the stretches of the year of an obligation
{choices: kind.field}                    how many choices a field has
{phase: one, of: since}  {due: measure}  a day that the scheme sets
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xianfeng.acceptance import basis
from xianfeng.acceptance.books import Books
from xianfeng.acceptance.expected import Row
from xianfeng.bulletins.document import Source
from xianfeng.figures.interface import Query


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the books say about a row. `wrong` names what is missing or other than asked; '' when the thing is there."""

    printed: str = ""
    exact: Any = None
    records: int | None = None
    basis: str = ""
    progress: str = ""
    wrong: str = ""


def find(row: Row, books: Books) -> Found:
    name = next((name for name in row.check if name in _CHECKS), None)
    return _CHECKS[name](row, books) if name else Found(wrong=f"没有这种核对：{dict(row.check)}")


def _figure(row: Row, books: Books) -> Found:
    source = _printed(books, "figure", str(row.check["figure"]), row.check)
    if source is None or source.query is None:
        return Found(wrong="简报没有印这个数据")
    query = replace(source.query, as_of=books.as_of)
    return Found(
        printed=source.text,
        exact=source.value,
        records=source.records,
        basis=basis.observed(books.engine, books.scheme, query),
    )


def _target(row: Row, books: Books) -> Found:
    name = str(row.check["target"])
    measure = books.scheme.measures.get(name)
    if measure is None or measure.target is None:
        return Found(wrong="方案没有定这个目标")
    source = _printed(books, "target", name, {})
    progress, records = _progress(books, name)
    printed = source.text if source else ""
    return Found(printed=printed, exact=measure.target.value, records=records, progress=progress)


def _progress(books: Books, measure: str) -> tuple[str, int | None]:
    """The target's measure on the day of issue: computed from records, finished or not."""
    asked = next((source.query for source in books.printed if source.query), None)
    if asked is None or books.issued is None:
        return "", None
    query = Query(
        scheme=books.scheme.hash,
        measure=measure,
        organisation=asked.organisation,
        until=books.issued,
        as_of=books.as_of,
    )
    figure = books.engine.figure(query)
    return ("未报" if figure.value is None else str(figure.value)), figure.records


def _constant(row: Row, books: Books) -> Found:
    return _stated(books, "constant", str(row.check["constant"]))


def _rule(row: Row, books: Books) -> Found:
    return _stated(books, "rule", str(row.check["rule"]))


def _stated(books: Books, call: str, name: str) -> Found:
    source = _printed(books, call, name, {})
    return Found(printed=source.text, exact=source.value) if source else Found(wrong="简报没有印这一项")


def _note(row: Row, books: Books) -> Found:
    text = str(row.check["note"])
    spans = [note.text for note in books.notes if note.row == row.row]
    return Found(printed=text) if text in spans else Found(wrong=f"简报里没有标为 {row.row} 的“{text}”")


def _standard(row: Row, books: Books) -> Found:
    name = str(row.check["standard"])
    standard = books.scheme.standards.get(name)
    if standard is None:
        return Found(wrong="方案没有这个标准")
    paths = (f"standards.{name}.items", f"standards.{name}.title")
    source = next((source for source in books.printed if source.call == "rule" and source.name in paths), None)
    return Found(printed=source.text if source else "", exact=len(standard.items))


def _obligation(row: Row, books: Books) -> Found:
    obligation = books.scheme.obligations.get(str(row.check["obligation"]))
    if obligation is None:
        return Found(wrong="方案没有这项要求")
    terms = {name: getattr(obligation, name) for name in row.check if name != "obligation"}
    return Found(wrong="；".join(f"{name} 是 {value}" for name, value in terms.items() if value != row.check[name]))


def _windows(row: Row, books: Books) -> Found:
    name = str(row.check["windows"])
    obligation = books.scheme.obligations.get(name)
    paths = [f"obligations.{name}.windows.{n}.title" for n in range(len(obligation.windows))] if obligation else []
    printed = {source.name: source.text for source in books.printed if source.call == "rule"}
    if not paths or any(path not in printed for path in paths):
        return Found(wrong="简报没有印这项要求的时间")
    return Found(printed="、".join(printed[path] for path in paths))


def _choices(row: Row, books: Books) -> Found:
    kind, _, name = str(row.check["choices"]).partition(".")
    field = books.scheme.kinds[kind].fields.get(name) if kind in books.scheme.kinds else None
    return Found(exact=len(field.choices)) if field else Found(wrong="方案没有这一项")


def _phase(row: Row, books: Books) -> Found:
    phase = books.scheme.phases.get(str(row.check["phase"]))
    return Found(exact=getattr(phase, str(row.check["of"]))) if phase else Found(wrong="方案没有这个阶段")


def _due(row: Row, books: Books) -> Found:
    measure = books.scheme.measures.get(str(row.check["due"]))
    return Found(exact=measure.target.due) if measure and measure.target else Found(wrong="方案没有定这个期限")


def _printed(books: Books, call: str, name: str, check: Mapping[str, Any]) -> Source | None:
    """What the bulletin printed by a call of this name; of a figure, the one for the period that the row names."""
    for source in books.printed:
        named = source.call == call and source.name == name
        if named and (source.query is None or _in_period(source.query, books, check)):
            return source
    return None


def _in_period(query: Query, books: Books, check: Mapping[str, Any]) -> bool:
    return query.until == check.get("until", books.issued) and query.since == check.get("since")


_CHECKS: Mapping[str, Callable[[Row, Books], Found]] = {
    "figure": _figure,
    "target": _target,
    "constant": _constant,
    "rule": _rule,
    "note": _note,
    "standard": _standard,
    "obligation": _obligation,
    "windows": _windows,
    "choices": _choices,
    "phase": _phase,
    "due": _due,
}
