"""What is left of a text to compare it by: folded, without the words that everybody writes.

Shared by whoever asks whether two texts are alike; how alike is theirs to say, for a question about one matter and a
search through a million promises count differently.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from xianfeng.folding import fold

_NO_LETTER = re.compile(r"\W+")


class Clearing:
    """Cuts texts where something stands that says nothing: marks, spaces, and the words said by all."""

    def __init__(self, said: Collection[str]) -> None:
        parts = {fold(part) for one in said for part in _NO_LETTER.split(one)}
        folded = sorted(parts - {""}, key=len, reverse=True)
        self._between = re.compile("|".join(map(re.escape, folded))) if folded else None

    def parts(self, text: str) -> list[str]:
        parts = (fold(some) for some in _NO_LETTER.split(text))
        if self._between is None:
            return [part for part in parts if part]
        return [piece for part in parts for piece in self._between.split(part) if piece]
