"""Marks: what a call prints into the rendered text, standing for a run that only the parent holds.

A mark is private-use characters around an index. A template could write one itself and would only print, once more,
what some call has printed already; the text of a run never passes through the template.
"""

from __future__ import annotations

import re

_FIRST = 0xE100
_MARK = re.compile("\ue000([\ue100-\ue109]+)\ue001")
PRIVATE = re.compile("[\ue000-\uf8ff]")


def mark(index: int) -> str:
    return "\ue000" + "".join(chr(_FIRST + int(digit)) for digit in str(index)) + "\ue001"


def split(text: str) -> list[str | int]:
    """Texts and the indexes between them, in order; empty texts are left out."""
    parts: list[str | int] = []
    for position, part in enumerate(_MARK.split(text)):
        if position % 2:
            parts.append(int("".join(str(ord(character) - _FIRST) for character in part)))
        elif part:
            parts.append(part)
    return parts
