"""Codes that people copy by hand: Crockford's 32 signs, and what is easily taken for another sign read as that one."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TAKEN_FOR = str.maketrans("ILOU", "110V")
_BETWEEN = str.maketrans("", "", " -－—–　")


def typed(text: str) -> str:
    """The signs of a code as somebody typed it; '' where a sign is none of the alphabet's."""
    signs = text.upper().translate(_BETWEEN).translate(_TAKEN_FOR)
    return signs if set(signs) <= set(ALPHABET) else ""
