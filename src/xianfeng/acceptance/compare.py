"""Every row of a system, held against the books, and the other way round; equal or not, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any

from xianfeng.acceptance import checks, places, progress
from xianfeng.acceptance.books import Books
from xianfeng.acceptance.checks import Found
from xianfeng.acceptance.expected import BASES, Row, System
from xianfeng.acceptance.progress import Progress
from xianfeng.papers.document import NoteRun, Source
from xianfeng.sentences import say, together

NOT_IN_THE_DOCUMENT = say("（文件没有）")
COUNTED = ("figure", "target", "constant", "rule")  # calls that print what a row must state


@dataclass(frozen=True, kw_only=True)
class Outcome:
    row: Row
    found: Found
    progress: Progress | None = None
    wrong: str  # '' when everything is equal

    @property
    def equal(self) -> bool:
        return not self.wrong


def outcomes(expected: System, books: Books) -> list[Outcome]:
    """Both ways: each row of the document, what the bulletin says that no row has, and the rows that are missing."""
    found = list(rows(expected, books))
    return [*found, *unlisted(found, books), *holes(expected)]


def rows(expected: System, books: Books) -> Iterator[Outcome]:
    """The outcome of each row, in the order of the document."""
    for row in expected.rows:
        found, made = checks.find(row, books), progress.of(row, books)
        wrong = together([*_faults(row, found, books), *_uncounted(row, made)])
        yield Outcome(row=row, found=found, progress=made, wrong=wrong)


def unlisted(found: Sequence[Outcome], books: Books) -> Iterator[Outcome]:
    """Each number that the bulletin prints and no row was held against, as an outcome of its own."""
    held = {one for outcome in found for one in outcome.found.held}
    for note in dict.fromkeys(books.notes):
        if note not in held:
            yield _note_without_row(note)
    for source in dict.fromkeys(books.printed):
        if source.call in COUNTED and source not in held:
            yield _source_without_row(source)


def _note_without_row(note: NoteRun) -> Outcome:
    row = Row(row=note.row, part=say("文稿数字"), mark="N", text=NOT_IN_THE_DOCUMENT, check={"note": note.text})
    wrong = say("验收数据的 {row} 没有文稿数字“{text}”", row=note.row, text=note.text)
    return Outcome(row=row, found=Found(printed=note.text), wrong=wrong)


def _source_without_row(source: Source) -> Outcome:
    check: dict[str, str] = {source.call: source.name}
    if source.query is not None:
        check |= {"since": str(source.query.since or ""), "until": str(source.query.until)}
    mark = "R" if source.call == "figure" else "T"
    row = Row(row="—", part=source.name, mark=mark, text=NOT_IN_THE_DOCUMENT, check=check)
    asked = together((f"{name} {value}" for name, value in check.items() if value), by="，")
    wrong = say("简报印了“{text}”（{asked}），验收数据没有这一行", text=source.text, asked=asked)
    return Outcome(row=row, found=Found(printed=source.text, exact=source.value, records=source.records), wrong=wrong)


def holes(expected: System) -> Iterator[Outcome]:
    """Each row of the acceptance list that the expectations leave out, as an outcome of its own."""
    present = {row.row for row in expected.rows}
    for name in expected.covers:
        if name not in present:
            row = Row(row=name, part=say("缺"), mark="N", text="", check={})
            yield Outcome(row=row, found=Found(), wrong=say("验收清单有 {row}，验收数据没有", row=name))


def _faults(row: Row, found: Found, books: Books) -> Iterator[str]:
    if found.wrong:
        yield found.wrong
        return
    if row.expected and found.printed != row.expected:
        yield say("印的是“{text}”", text=found.printed)
    if row.exact is not None and not _same(row.exact, found.exact):
        yield say("准确值是 {value}", value=found.exact)
    if row.items:
        yield from _other_items(row.items, found.items)
    if row.basis and found.basis != row.basis:
        yield say("依据是{basis}", basis=BASES.get(found.basis, found.basis))
    if not row.expected or found.printed == row.expected:  # another number is in no sentence of the row
        yield from places.faults(row, found.held, books)


def _uncounted(row: Row, made: Progress | None) -> Iterator[str]:
    """A target or rule is never a result: it has a progress, or says why nothing is counted. What an obligation asks
    for is always counted, for somebody has to report it; and a term that the office chose itself is explained."""
    if row.mark != "T":
        return
    if (measure := progress.named(row)) and made is None:
        yield say("方案没有计算进度的统计指标 {measure}", measure=measure)
    elif not measure and ("obligation" in row.check or not row.reason):
        yield say("没有进度：写 progress；没有可计的数，用 reason 说明")
    if row.check.get("local") and not row.reason:
        yield say("没有用 reason 说明文件没有规定什么")


def _other_items(stated: Sequence[str], found: Sequence[str]) -> Iterator[str]:
    """Where the lists part, by order and text."""
    for number, (said, there) in enumerate(zip_longest(stated, found), 1):
        if said != there:
            yield (
                say("第{number}项是“{found}”，应为“{stated}”", number=number, found=there, stated=said)
                if there
                else say("没有第{number}项“{stated}”", number=number, stated=said)
            )


def _same(expected: Any, found: Any) -> bool:
    """Whether an exact value is the one found: numbers by value, everything else by its text."""
    try:
        return Decimal(str(expected)) == Decimal(str(found))
    except InvalidOperation:
        return str(expected) == str(found)
