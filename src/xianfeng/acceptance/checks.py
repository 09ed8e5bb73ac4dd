"""How one row is held against the books: one function for each thing that a row's `check` may name.

{figure: projects, until: 2010-01-01}    a figure that the bulletin printed, by its measure and period; of a system
                                         without a bulletin, what the books come to
{target: rural_points}                   the target of a measure
{constant: duty_hours}  {rule: path}     what the scheme states and the bulletin printed
{note: 八届九次}                          an [N] span of the text, under this row
{standard: five_ahead}                   the items of a standard, and how the bulletin printed it
{choices: kind.field}                    the choices of a field, but for its 其他 (`other`)
{required: kind, of: [field, …]}         fields that each record must fill, by their titles
{obligation: rosters, every: month}      an obligation and its terms, see `obligations`
{windows: contact_service}               the stretches of the year of an obligation, as printed
{phase: one, of: since}  {due: measure}  a day that the scheme sets
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from xianfeng.acceptance import basis, obligations
from xianfeng.acceptance.books import Books
from xianfeng.acceptance.expected import Row
from xianfeng.bulletins import numbers
from xianfeng.figures.interface import Query
from xianfeng.papers.document import Call, NoteRun, Source
from xianfeng.sentences import say, together

OTHER = "other"  # the choice that a form needs and a document never lists


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the books say about a row. `wrong` names what is missing or other than asked; '' when the thing is there."""

    printed: str = ""
    exact: Any = None
    items: tuple[str, ...] = ()
    records: int | None = None
    basis: str = ""
    wrong: str = ""
    held: tuple[Source | NoteRun, ...] = ()  # what of the bulletin the row was held against


def find(row: Row, books: Books) -> Found:
    name = next((name for name in row.check if name in _CHECKS), None)
    return _CHECKS[name](row, books) if name else Found(wrong=say("没有这种核对：{check}", check=dict(row.check)))


def _figure(row: Row, books: Books) -> Found:
    if not books.has_bulletin:
        return _counted(row, books)
    sources = [one for one in _printed(books, "figure", [str(row.check["figure"])]) if _asked(one, row, books)]
    if not sources or sources[0].query is None:
        return Found(wrong=say("简报没有印这个数据"))
    query = replace(sources[0].query, as_of=books.as_of)
    return Found(
        printed=_text(sources),
        exact=sources[0].value,
        records=sources[0].records,
        basis=basis.observed(books.engine, books.scheme, query),
        held=tuple(sources),
    )


def _counted(row: Row, books: Books) -> Found:
    """Where nothing was printed: what the measure comes to, written as its scheme says."""
    measure = books.scheme.measures.get(str(row.check["figure"]))
    if measure is None:
        return Found(wrong=say("方案没有这一项"))
    query = Query(
        scheme=books.scheme.hash,
        measure=measure.name,
        organisation=books.root,
        since=row.check.get("since"),
        until=row.check.get("until", books.day),
    )
    figure = books.engine.figure(query)
    return Found(
        printed=numbers.printed(figure.value, measure.show),
        exact=figure.value,
        records=figure.records,
        basis=basis.observed(books.engine, books.scheme, query),
    )


def _asked(source: Source, row: Row, books: Books) -> bool:
    """Whether a printed figure is the one of the whole scheme for the period that the row names."""
    query = source.query
    return query is not None and source.row is None and _whole(query, row.check, books)


def _whole(query: Query, check: Mapping[str, Any], books: Books) -> bool:
    period = (check.get("since"), check.get("until", books.day))
    return (query.since, query.until) == period and query.organisation == books.root


def _target(row: Row, books: Books) -> Found:
    name = str(row.check["target"])
    measure = books.scheme.measures.get(name)
    if measure is None or measure.target is None:
        return Found(wrong=say("方案没有定这个目标"))
    sources = _printed(books, "target", [name])
    return Found(printed=_text(sources), exact=measure.target.value, held=tuple(sources))


def _constant(row: Row, books: Books) -> Found:
    return _stated(_printed(books, "constant", [str(row.check["constant"])]))


def _rule(row: Row, books: Books) -> Found:
    return _stated(_printed(books, "rule", [str(row.check["rule"])]))


def _stated(sources: list[Source]) -> Found:
    if not sources:
        return Found(wrong=say("简报没有印这一项"))
    return Found(printed=_text(sources), exact=sources[0].value, held=tuple(sources))


def _note(row: Row, books: Books) -> Found:
    text = str(row.check["note"])
    spans = tuple(note for note in books.notes if (note.row, note.text) == (row.row, text))
    return (
        Found(printed=text, held=spans)
        if spans
        else Found(wrong=say("简报里没有标为 {row} 的“{text}”", row=row.row, text=text))
    )


def _standard(row: Row, books: Books) -> Found:
    name = str(row.check["standard"])
    standard = books.scheme.standards.get(name)
    if standard is None:
        return Found(wrong=say("方案没有这个标准"))
    sources = _printed(books, "rule", [f"standards.{name}.items", f"standards.{name}.title"])
    return Found(printed=_text(sources), exact=len(standard.items), items=standard.items, held=tuple(sources))


def _choices(row: Row, books: Books) -> Found:
    kind, _, name = str(row.check["choices"]).partition(".")
    field = books.scheme.kinds[kind].fields.get(name) if kind in books.scheme.kinds else None
    if field is None:
        return Found(wrong=say("方案没有这一项"))
    return Found(items=tuple(title for value, title in field.choices.items() if value != OTHER))


def _required(row: Row, books: Books) -> Found:
    kind = books.scheme.kinds.get(str(row.check["required"]))
    fields = [kind.fields.get(name) for name in row.check["of"]] if kind else [None]
    if any(field is None or not field.required for field in fields):
        return Found(wrong=say("方案没有要求必须填写这几项"))
    return Found(items=tuple(field.title for field in fields if field))


def _obligation(row: Row, books: Books) -> Found:
    obligation = books.scheme.obligations.get(str(row.check["obligation"]))
    if obligation is None:
        return Found(wrong=say("方案没有这项要求"))
    terms = {name: said for name, said in row.check.items() if name != "obligation"}
    return Found(wrong=together(obligations.faults(obligation, terms)))


def _windows(row: Row, books: Books) -> Found:
    name = str(row.check["windows"])
    obligation = books.scheme.obligations.get(name)
    paths = [f"obligations.{name}.windows.{n}.title" for n in range(len(obligation.windows))] if obligation else []
    sources = {source.name: source for source in _printed(books, "rule", paths)}
    if not paths or any(path not in sources for path in paths):
        return Found(wrong=say("简报没有印这项要求的时间"))
    texts = tuple(sources[path].text for path in paths)
    return Found(printed="、".join(texts), items=texts, held=tuple(sources.values()))


def _phase(row: Row, books: Books) -> Found:
    phase = books.scheme.phases.get(str(row.check["phase"]))
    return Found(exact=getattr(phase, str(row.check["of"]))) if phase else Found(wrong=say("方案没有这个阶段"))


def _due(row: Row, books: Books) -> Found:
    measure = books.scheme.measures.get(str(row.check["due"]))
    return Found(exact=measure.target.due) if measure and measure.target else Found(wrong=say("方案没有定这个期限"))


def _printed(books: Books, call: Call, names: Iterable[str]) -> list[Source]:
    """All that the bulletin printed by calls of these names: in whatever style, and so perhaps in several texts."""
    wanted = set(names)
    return [source for source in books.printed if source.call == call and source.name in wanted]


def _text(sources: list[Source]) -> str:
    """What was printed; where one thing was printed in different words, all of them."""
    return "／".join(dict.fromkeys(source.text for source in sources))


_CHECKS: Mapping[str, Callable[[Row, Books], Found]] = {
    "figure": _figure,
    "target": _target,
    "constant": _constant,
    "rule": _rule,
    "note": _note,
    "standard": _standard,
    "choices": _choices,
    "required": _required,
    "obligation": _obligation,
    "windows": _windows,
    "phase": _phase,
    "due": _due,
}
