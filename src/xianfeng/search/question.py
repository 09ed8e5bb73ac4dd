"""A question: what was typed, which terms a document must have, and how well a document answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from xianfeng.folding import fold, words
from xianfeng.search import terms
from xianfeng.search.documents import Stored
from xianfeng.search.terms import Kind

_LONGEST = 60  # folded characters of a question; what comes after is not asked
_MOST = 8  # words


class Rank(IntEnum):
    """How a document answers, the best first."""

    NAMED = 0  # it is called just that
    KEYED = 1  # its code or its initials are just that
    BEGINS = 2
    KEY_BEGINS = 3
    CONTAINS = 4


@dataclass(frozen=True)
class Question:
    whole: str  # folded, without spaces
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Question:
        asked: list[str] = []
        left = _LONGEST
        for word in words(text)[:_MOST]:
            if part := word[:left]:
                asked.append(part)
                left -= len(part)
        return cls("".join(asked), tuple(dict.fromkeys(asked)))

    def ranks(self) -> tuple[Rank, ...]:
        """Those that a document can have."""
        keyed = self._is_key()
        return tuple(rank for rank in Rank if keyed or rank not in (Rank.KEYED, Rank.KEY_BEGINS))

    def terms(self, rank: Rank, kind: Kind) -> tuple[int, ...]:
        """What every document of a rank has; none for a name, which is looked up as a whole."""
        match rank:
            case Rank.NAMED:
                return ()
            case Rank.KEYED:
                found = terms.whole_key(self.whole, kind)
                return () if found is None else (found,)
            case Rank.KEY_BEGINS:
                found = terms.key(self.whole, kind)
                return () if found is None else (found,)
            case Rank.BEGINS:
                rest = terms.asked(self.whole, kind) if len(self.whole) > 2 else ()
                return tuple(dict.fromkeys((terms.beginning(self.whole, kind), *rest)))
            case Rank.CONTAINS:
                return tuple(dict.fromkeys(term for word in self.words for term in terms.asked(word, kind)))

    def rank(self, row: Stored) -> Rank | None:
        """The rank of a document that has the terms of some rank; None when it is no answer after all: it has the
        pairs of a word and not the word."""
        if row.name == self.whole:
            return Rank.NAMED
        keyed = self._is_key()
        if keyed and f"|{self.whole}|" in row.keys and terms.whole_key(self.whole, Kind(row.kind)) is not None:
            return Rank.KEYED
        if row.name.startswith(self.whole):
            return Rank.BEGINS
        if keyed and f"|{self.whole}" in row.keys:
            return Rank.KEY_BEGINS
        return Rank.CONTAINS if self._said_in(row) else None

    def _is_key(self) -> bool:
        return len(self.words) == 1 and terms.key(self.whole, Kind.ORGANISATION) is not None

    def _said_in(self, row: Stored) -> bool:
        long = [word for word in self.words if len(word) > 2]
        if not long:
            return True  # a pair that is a term is a pair of neighbours
        lines = [fold(line) for line in row.text.split("\n")]
        return all(any(word in line for line in lines) for word in long)
