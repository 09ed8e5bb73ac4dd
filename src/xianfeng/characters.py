"""Which characters people can see: a name that shows nothing is no name, and none may read otherwise than it is stored.

Characters of no width come along when text is pasted from a page or a document; they are left out, so that what looks
the same is the same. Those that turn the direction of reading or control a machine are refused.
"""

from __future__ import annotations

import unicodedata

_NO_WIDTH = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))  # soft hyphen, zero-width space, word joiner, byte order
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_EMPTY_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by category, without any ink
_CONTROLLING = frozenset(("Cc", "Cs"))  # not Co: rare characters of real village names stand in the private area


def says_nothing(text: str) -> bool:
    """Whether nothing of it would be seen."""
    first = text[:1]
    if "!" <= first <= "~" or "一" <= first <= "鿿":  # as nearly every text begins, and filing asks it of each
        return False
    return not any(map(_seen, text))


def without_no_width(text: str) -> str:
    return text if text.isprintable() else text.translate(_NO_WIDTH)


def misleading(text: str, *, allowed: str = "") -> str | None:
    """The first character that controls a machine or turns the direction of reading; None when there is none."""
    if text.isprintable():
        return None
    return next((each for each in text if each not in allowed and _misleads(each)), None)


def _seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _EMPTY_LETTERS


def _misleads(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _CONTROLLING
