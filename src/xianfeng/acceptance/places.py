"""Whether a number stands in its own sentence: 705 task forces, not 705 posts.

Each place where the bulletin prints what a row is about must be one of the row's sentences: its `text`, or one of
`beside`; and each of these must be printed. A place and a sentence are the same when the words next to the number are:
`NEAR` letters on either side, or as many as the sentence quotes. Punctuation and spaces are left out, and of another
number only that it is there: a number is held against words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xianfeng.acceptance.expected import Row
from xianfeng.papers.document import (
    Block,
    Document,
    FigureRun,
    NoteRun,
    Runs,
    Source,
    Table,
    Text,
    plain,
)
from xianfeng.sentences import say

if TYPE_CHECKING:
    from xianfeng.acceptance.books import Books

NEAR = 8
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
LEAST = 2  # letters that a sentence must quote beside its number, all together


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place where something is printed, with the words of its line before and after."""

    what: Source | NoteRun
    text: str
    before: str
    after: str


def of(document: Document) -> tuple[Place, ...]:
    """The places of everything printed by the template. Number, date and copies stand where the masthead puts them."""
    blocks = (*document.editors_note, *document.body)
    lines = (*document.masthead.title, *(line for block in blocks for line in _lines(block)))
    return tuple(place for line in lines for place in _places(line, document.sources))


def _lines(block: Block) -> Iterator[Runs]:
    """The line of a cell begins with what it is about: the first cell of its row and the head of its column."""
    if not isinstance(block, Table):
        yield block.runs
        return
    head, *rows = block.rows
    yield from head
    for row in rows:
        yield row[0]
        for title, cell in zip(head[1:], row[1:], strict=False):
            yield (Text(plain(row[0]) + plain(title)), *cell)


def _places(line: Runs, sources: tuple[Source, ...]) -> Iterator[Place]:
    for number, run in enumerate(line):
        if not isinstance(run, Text):
            what = sources[run.figure] if isinstance(run, FigureRun) else run
            before, after = _letters(plain(line[:number])), _letters(plain(line[number + 1 :]))
            yield Place(what=what, text=_flat(run.text), before=before[-NEAR:], after=after[:NEAR])


def faults(row: Row, held: Collection[Source | NoteRun], books: Books) -> Iterator[str]:
    """In words: places of what the row is held against that are no sentence of its, sentences that are not there."""
    places = [place for place in books.places if place.what in held]
    if not places:
        return
    sentences = (row.text, *row.beside)
    unsaid = {place.text for place in places if not any(place.text in _flat(sentence) for sentence in sentences)}
    for text in sorted(unsaid):
        yield say("原文里没有“{text}”：在 beside 里照简报写下它所在的话", text=text)
    for place in places:
        if place.text not in unsaid and not any(_stands(place, sentence) for sentence in sentences):
            yield say("印在别处：{before}【{text}】{after}", before=place.before, text=place.text, after=place.after)
    for sentence in sentences:
        told = [place for place in places if place.text in _flat(sentence)]
        if (told or sentence in row.beside) and not any(_stands(place, sentence) for place in told):
            yield say("没有印在这句话里：{sentence}", sentence=sentence)


def _stands(place: Place, sentence: str) -> bool:
    """Whether the number of the place is in the sentence with the same words beside it."""
    flat = _flat(sentence)
    start = flat.find(place.text)
    while start >= 0:
        before, after = _letters(flat[:start])[-NEAR:], _letters(flat[start + len(place.text) :])[:NEAR]
        if len(before + after) >= LEAST and place.before.endswith(before) and place.after.startswith(after):
            return True
        start = flat.find(place.text, start + 1)
    return False


def _flat(text: str) -> str:
    """One width of everything, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _letters(text: str) -> str:
    """What two sentences are compared by: letters, and a # for each number in digits."""
    return "".join(each for each in _DIGITS.sub("#", _flat(text)) if each == "#" or each.isalpha())
