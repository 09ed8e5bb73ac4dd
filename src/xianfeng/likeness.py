"""What is left of a text to compare it by: folded, without the words that everybody writes.

Shared by whoever asks whether two texts are alike; how alike is theirs to say, for a question about one matter and a
search through a million promises count differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

Fold = Callable[[str], str]  # makes two spellings of a text the same
_NO_LETTER = re.compile(r"\W+")


class Clearing:
    """Cuts texts where something stands that says nothing: marks, spaces, and the words said by all."""

    def __init__(self, said: Collection[str], fold: Fold) -> None:
        parts = {fold(part) for one in said for part in _NO_LETTER.split(one)}
        folded = sorted(parts - {""}, key=len, reverse=True)
        self._fold = fold
        self._between = re.compile("|".join(map(re.escape, folded))) if folded else None

    def parts(self, text: str) -> list[str]:
        parts = (self._fold(some) for some in _NO_LETTER.split(text))
        if self._between is None:
            return [part for part in parts if part]
        return [piece for part in parts for piece in self._between.split(part) if piece]
