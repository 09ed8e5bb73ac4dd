"""Documents and their terms in the database: written together, taken away together.

A stored document says everything that its terms were made of, so that they can be found again to be removed without a
second index from documents to terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from xianfeng.folding import fold
from xianfeng.log import bulk
from xianfeng.search import terms
from xianfeng.search.models import SearchDocument, SearchTerm
from xianfeng.search.sources import Text
from xianfeng.search.terms import Kind

COLUMNS = ("id", "kind", "about", "public", "full", "seq", "title", "text", "name", "keys", "paths")
_WEIGHT = 32  # bits below the weight in a document's number
_DROP = "DELETE FROM search_searchterm WHERE term = %s AND document = %s"


class Stored(NamedTuple):
    """A row of SearchDocument: COLUMNS."""

    id: int
    kind: int
    about: int
    public: bool
    full: bool
    seq: int
    title: str
    text: str
    name: str
    keys: str
    paths: str

    @property
    def closed(self) -> bool:
        return self.id < 0


def stored(text: Text, serial: int, seq: int) -> Stored:
    """The row of a document that is given a number."""
    number = (text.weight << _WEIGHT) + serial
    paths = "\n".join(text.paths)
    return Stored(
        number,
        text.kind,
        text.about,
        text.public,
        text.full,
        seq,
        text.title,
        text.text,
        text.name,
        text.keys,
        paths,
    )


def says_the_same(one: Stored, other: Stored) -> bool:
    """Whether two rows differ in nothing that is found or shown; an order apart from the weight is nothing."""
    return one[1:5] + one[6:] == other[1:5] + other[6:] and one.id >> _WEIGHT == other.id >> _WEIGHT


def terms_of(row: Stored) -> set[int]:
    """Every term of a document. Only who may read it in full meets it under a place."""
    kind = Kind(row.kind)
    found = {term for line in row.text.split("\n") for term in terms.grams(fold(line), kind)}
    found.update(terms.beginnings(row.name, kind))
    found.update(terms.keys(row.keys.strip("|").split("|"), kind))
    if row.full:
        found.update(terms.places(row.paths.split("\n"), kind))
    if row.public:
        found.add(terms.public(kind))
    return found


def of(kind: Kind, things: Sequence[int]) -> Iterator[Stored]:
    """The stored documents of some things."""
    for some in bulk.batched(things):
        rows = SearchDocument.objects.filter(kind=kind, about__in=some).order_by("id")
        yield from (Stored(*row) for row in rows.values_list(*COLUMNS))


def add(rows: Sequence[Stored]) -> None:
    """Terms go in by their order: rows of one term lie side by side, and a batch touches each page once."""
    bulk.insert(SearchDocument, COLUMNS, rows)
    pairs = [(term, row.id) for row in rows for term in terms_of(row)]
    pairs.sort()
    bulk.insert(SearchTerm, ("term", "document"), pairs)


def remove(rows: Iterable[Stored]) -> None:
    gone = list(rows)
    pairs = sorted((term, row.id) for row in gone for term in terms_of(row))
    if pairs:
        with connection.cursor() as cursor:
            cursor.executemany(_DROP, pairs)
    for some in bulk.batched([row.id for row in gone]):
        SearchDocument.objects.filter(id__in=some).delete()
