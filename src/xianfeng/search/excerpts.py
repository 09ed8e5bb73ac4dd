"""The lines of an answer that say what was asked for, with the words to be marked, as written and not as folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xianfeng.folding import folded_with_origins

_AROUND = 24  # characters before the first found word
_LENGTH = 120
_CUT = "…"


@dataclass(frozen=True)
class Piece:
    text: str
    found: bool = False


Excerpt = tuple[Piece, ...]


def marked(text: str, words: Sequence[str]) -> Excerpt:
    """A whole text with every found word."""
    pieces: list[Piece] = []
    reached = 0
    for start, end in _joined(sorted(_found(text, words))):
        if start > reached:
            pieces.append(Piece(text[reached:start]))
        pieces.append(Piece(text[start:end], found=True))
        reached = end
    if reached < len(text):
        pieces.append(Piece(text[reached:]))
    return tuple(pieces)


def excerpt(text: str, words: Sequence[str]) -> Excerpt:
    """The stretch of a text, of several lines, that says the most of the words; its beginning where none is said."""
    lines = [line for line in text.split("\n") if line]
    if not lines:
        return ()
    best = max(lines, key=lambda line: len({word for word in words if _has(line, word)}))
    first = min((start for start, _ in _found(best, words)), default=0)
    start = max(first - _AROUND, 0)
    end = min(start + _LENGTH, len(best))
    pieces = marked(best[start:end], words)
    before = (Piece(_CUT),) if start else ()
    after = (Piece(_CUT),) if end < len(best) else ()
    return (*before, *pieces, *after)


def _has(line: str, word: str) -> bool:
    return word in folded_with_origins(line)[0]


def _found(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words stand: from the character that begins one to after the one that ends it."""
    folded, origins = folded_with_origins(text)
    for word in words:
        place = folded.find(word)
        while place >= 0:
            yield origins[place], origins[place + len(word) - 1] + 1
            place = folded.find(word, place + 1)


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
