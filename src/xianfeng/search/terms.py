"""Terms: everything a search can ask of a document, each as one number.

A term says what kind of document it is found in, so that a search among bulletins never walks through villages. There
are characters and pairs of neighbours, the beginning of a name, keys (codes, pinyin) by their first letters, the places
under which a document lies, and whether the public may read it.

A number has 47 bits: 3 say what the term is, 42 which one, 2 the kind of document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import pairwise

from xianfeng.registry.paths import LETTERS, WIDTH

KEY_LENGTHS = (2, 3, 4, 6, 8)  # how many letters of a key are terms; what is longer is compared
_LETTERS = {letter: place for place, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyz", 1)}
_BASE = len(_LETTERS) + 1
_CHARACTER = 21  # bits of a code point
_WHICH, _KIND = 42, 2


class Kind(IntEnum):
    """What can be found."""

    ORGANISATION = 0
    RECORD = 1
    BULLETIN = 2
    SCHEME = 3


class _Is(IntEnum):
    GRAM = 0
    BEGINNING = 1
    KEY = 2
    WHOLE_KEY = 3
    PLACE = 4
    PUBLIC = 5


def grams(folded: str, kind: Kind) -> Iterator[int]:
    """Every ideograph and every two neighbours of a folded text."""
    before = ""
    for character in folded:
        if not character.isascii():
            yield _term(_Is.GRAM, _pair(character), kind)
        if before:
            yield _term(_Is.GRAM, _pair(before, character), kind)
        before = character


def asked(word: str, kind: Kind) -> Iterator[int]:
    """The terms that a document with this folded word has: its pairs, or itself when it is one character."""
    if len(word) == 1:
        return iter([_term(_Is.GRAM, _pair(word), kind)])
    return (_term(_Is.GRAM, _pair(*two), kind) for two in pairwise(word))


def beginnings(name: str, kind: Kind) -> Iterator[int]:
    """The first character of a folded name, and the first two."""
    return (_term(_Is.BEGINNING, _pair(*name[:length]), kind) for length in (1, 2) if len(name) >= length)


def beginning(word: str, kind: Kind) -> int:
    """The term of names that begin like this."""
    return _term(_Is.BEGINNING, _pair(*word[:2]), kind)


def keys(spelt: Iterable[str], kind: Kind) -> Iterator[int]:
    for key in spelt:
        if (whole := whole_key(key, kind)) is not None:
            yield whole
        for length in KEY_LENGTHS:
            if len(key) >= length:
                yield _term(_Is.KEY, _spelling(key[:length]), kind)


def key(word: str, kind: Kind) -> int | None:
    """The term of documents with a key that may begin like this; None when no key can."""
    length = max((length for length in KEY_LENGTHS if length <= len(word)), default=0)
    if not length or not _LETTERS.keys() >= set(word):
        return None
    return _term(_Is.KEY, _spelling(word[:length]), kind)


def whole_key(word: str, kind: Kind) -> int | None:
    """The term of documents with just this key; None for a longer one, which `key` finds well enough."""
    if not 1 < len(word) <= KEY_LENGTHS[-1] or not _LETTERS.keys() >= set(word):
        return None
    return _term(_Is.WHOLE_KEY, _spelling(word), kind)


def places(paths: Iterable[str], kind: Kind) -> Iterator[int]:
    """Every place on the paths down to a document."""
    steps = {path[end - WIDTH : end] for path in paths for end in range(WIDTH, len(path) + 1, WIDTH)}
    return (_term(_Is.PLACE, _place(step), kind) for step in steps)


def under(path: str, kind: Kind) -> int:
    """The term of documents that lie at or under a place."""
    return _term(_Is.PLACE, _place(path[-WIDTH:]), kind)


def public(kind: Kind) -> int:
    return _term(_Is.PUBLIC, 0, kind)


def _term(what: _Is, which: int, kind: Kind) -> int:
    return ((what << _WHICH | which) << _KIND) | kind


def _pair(first: str, second: str = "\0") -> int:
    return ord(first) << _CHARACTER | ord(second)


def _spelling(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _BASE + _LETTERS.get(letter, 0)
    return number


def _place(step: str) -> int:
    return int(step, len(LETTERS))
