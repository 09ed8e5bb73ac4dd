"""Finding: one intersection of terms, what the reader may see among them, best answers first.

Answers come rank by rank, within a rank the reader's own subtree before everything else, and within those by the
documents' numbers (open before closed, then higher in the tree or newer). Each such shelf is one walk down the rarest
term, looking up the others, until the page is full. Nothing is counted, so there is no number that could tell of what
one may not see; what is not there and what is not the reader's take the same walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from xianfeng.search import terms
from xianfeng.search.documents import COLUMNS, Stored
from xianfeng.search.question import Question, Rank
from xianfeng.search.sight import Sight
from xianfeng.search.terms import Kind

_RARE = 2_000  # documents of a term: beyond that it is common, and how common is not asked
_CHUNK, _LARGEST_CHUNK = 40, 1_000  # rows of a walk, at first (or a page, if that is more) and at most
_PATIENCE = 20_000  # rows looked at for one page; then it ends where it is, and can be continued
_LOOKED_UP = 10  # terms beside the rarest; the rest are compared
_ABOVE_ALL = 2**62

_SELECTED = ", ".join(f'd."{name}"' for name in COLUMNS)
_NAMED = "search_searchdocument AS d"
_DRIVEN = "({}) AS t JOIN search_searchdocument AS d ON d.id = t.document"
_HAVING = "SELECT {}document FROM search_searchterm WHERE term IN ({})"
# OFFSET 0 keeps PostgreSQL from making a join of a look-up: it would read all of a common term for one page.
_HAS = "EXISTS (SELECT 1 FROM search_searchterm AS o WHERE o.term IN ({}) AND o.document = {} LIMIT 1 OFFSET 0)"
_HOW_COMMON = "SELECT %s, (SELECT COUNT(*) FROM (SELECT 1 FROM search_searchterm WHERE term = %s LIMIT {:d}) AS few)"

Group = tuple[int, ...]  # terms of which a document must have one


@dataclass(frozen=True)
class Hits:
    """A page of answers, and where the next one begins ('' when there is none)."""

    rows: tuple[Stored, ...]
    after: str
    question: Question


class _Mark(NamedTuple):
    """Where a page ended: on which shelf, after which document."""

    shelf: int
    below: int

    @classmethod
    def read(cls, text: str) -> _Mark:
        shelf, _, below = text.partition(".")
        try:
            return cls(int(shelf), max(-_ABOVE_ALL, min(int(below), _ABOVE_ALL)))
        except ValueError:
            return cls(0, _ABOVE_ALL)

    def __str__(self) -> str:
        return f"{self.shelf}.{self.below}"


class _Shelf(NamedTuple):
    rank: Rank
    own: bool  # in the reader's own subtree, or elsewhere


def find(text: str, *, sight: Sight, kind: Kind, after: str = "", limit: int = 20, own_only: bool = False) -> Hits:
    """A page of what a reader may see of one kind; `after` is where the page before ended."""
    question = Question.of(text)
    rows: list[Stored] = []
    mark = _Mark.read(after)
    walk = _Walk(question, sight, kind, chunk=max(_CHUNK, limit + 1))
    for number, shelf in enumerate(_shelves(question, sight, own_only) if question.whole else ()):
        if number < mark.shelf:
            continue
        for row in walk.along(shelf, below=mark.below if number == mark.shelf else _ABOVE_ALL):
            if len(rows) == limit:
                return Hits(tuple(rows), str(mark), question)
            rows.append(row)
            mark = _Mark(number, row.id)
        if walk.tired:
            return Hits(tuple(rows), str(_Mark(number, walk.reached)), question)
    return Hits(tuple(rows), "", question)


def _shelves(question: Question, sight: Sight, own_only: bool) -> Iterator[_Shelf]:
    for rank in question.ranks():
        if sight.everything or sight.paths:
            yield _Shelf(rank, own=True)
        if not (sight.everything or own_only):
            yield _Shelf(rank, own=False)


class _Walk:
    """Walks the shelves of one question for one reader."""

    def __init__(self, question: Question, sight: Sight, kind: Kind, *, chunk: int) -> None:
        self._question, self._sight, self._kind, self._chunk = question, sight, kind, chunk
        self._own: Group = tuple(terms.under(path, kind) for path in sight.paths)
        self._known: dict[int, int] = {}
        self._left = _PATIENCE
        self.reached = 0

    @property
    def tired(self) -> bool:
        return self._left <= 0

    def along(self, shelf: _Shelf, *, below: int) -> Iterator[Stored]:
        """The answers of a shelf by falling number."""
        groups: Sequence[Group] = [(term,) for term in self._question.terms(shelf.rank, self._kind)]
        if not (groups or shelf.rank is Rank.NAMED) or not all(map(self._common, groups)):
            return
        groups = [*self._mine(shelf), *groups, *self._public(shelf)]
        chunk = self._chunk
        while True:
            rows = self._rows(shelf.rank, groups, below, chunk)
            for row in rows:
                if self._question.rank(row) is shelf.rank and self._sight.mine(row.paths) is shelf.own:
                    yield row
            self._left -= len(rows)
            if len(rows) < chunk:
                self._left = max(self._left, 1)  # it went to the end
                return
            below = self.reached = rows[-1].id
            if self.tired:
                return
            chunk = min(chunk * 2, _LARGEST_CHUNK)

    def _mine(self, shelf: _Shelf) -> tuple[Group, ...]:
        """Comes first: among common terms the own subtree is the rarer one."""
        return (self._own,) if shelf.own and not self._sight.everything else ()

    def _public(self, shelf: _Shelf) -> tuple[Group, ...]:
        """Comes last: nearly everything has it."""
        return () if shelf.own else ((terms.public(self._kind),),)

    def _rows(self, rank: Rank, groups: Sequence[Group], below: int, most: int) -> list[Stored]:
        """Documents that have all of the terms and that the reader may see; some may be no answers."""
        given: list[int | str] = []
        conditions = ['d."full"'] if self._sight.everything else []
        others = sorted(groups, key=self._common)
        if rank is Rank.NAMED:
            source, number = _NAMED, "d.id"
            conditions += [f"d.kind = {self._kind:d}", "d.name = %s"]
            given.append(self._question.whole)
        else:
            rarest, *others = others
            source, number = _DRIVEN.format(_having(rarest)), "t.document"
            given.extend(rarest)
        for group in others[:_LOOKED_UP]:
            conditions.append(_HAS.format(_places(group), number))
            given.extend(group)
        conditions.append(f"{number} < %s")
        wanted = f"WHERE {' AND '.join(conditions)} ORDER BY {number} DESC LIMIT {most:d}"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_SELECTED} FROM {source} {wanted}", [*given, below])  # noqa: S608
            return [Stored(*row) for row in cursor.fetchall()]

    def _common(self, group: Iterable[int]) -> int:
        """How many documents have one of the terms, as far as that is rare."""
        new = [term for term in group if term not in self._known]
        if new:
            one = _HOW_COMMON.format(_RARE)
            with connection.cursor() as cursor:
                cursor.execute(" UNION ALL ".join([one] * len(new)), [asked for term in new for asked in (term, term)])
                self._known.update(cursor.fetchall())
        return sum(self._known[term] for term in group)


def _having(group: Group) -> str:
    """The documents with one of the terms, each once."""
    return _HAVING.format("" if len(group) == 1 else "DISTINCT ", _places(group))


def _places(group: Group) -> str:
    return ", ".join(["%s"] * len(group))
