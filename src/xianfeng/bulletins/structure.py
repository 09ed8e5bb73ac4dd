"""The numbering of structure, which counts paragraphs and nothing else: 一、 （一） 1. and 一是 二是.

It is free only as long as it counts up from one. `# 383、` is a figure in disguise, unless 382 headings went before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xianfeng.bulletins.numerals import NUMBER
from xianfeng.papers.document import Heading, Paragraph

Span = tuple[int, int]

_DIGITS = "一二三四五六七八九"
_STYLES = (
    re.compile(f"([一二三四五六七八九十]+)、(?!{NUMBER})"),
    re.compile(f"（([一二三四五六七八九十]+)）(?!{NUMBER})"),
)
_HEADING_STYLES = (*_STYLES, re.compile(f"([0-9]+)[.．、](?![0-9{NUMBER}])"))
_CLAUSE = re.compile(r"(?:^|(?<=[。；：！？，\s]))([一二三四五六七八九十]+)是")
_PARAGRAPH = 4  # a paragraph stands below headings of every level


class Numbering:
    """One part of a document, read from its start."""

    def __init__(self) -> None:
        self._last: dict[tuple[int, int], int] = {}  # by level and style: a heading's 一、 is not a paragraph's
        self._clause = 0

    def of(self, block: Heading | Paragraph, text: str) -> Iterator[Span]:
        """The stretches of the block's text that are its numbering."""
        level, styles = (block.level, _HEADING_STYLES) if isinstance(block, Heading) else (_PARAGRAPH, _STYLES)
        self._begin_again(level, len(styles))
        for style, pattern in enumerate(styles):
            match = pattern.match(text)
            if match and self._is_next(match[1], level, style):
                self._begin_again(level, style)
                yield match.span()
        yield from self._clauses(text)

    def _is_next(self, numeral: str, level: int, style: int) -> bool:
        number = self._last.get((level, style), 0) + 1
        if numeral not in (str(number), ordinal(number)):
            return False
        self._last[level, style] = number
        return True

    def _begin_again(self, level: int, style: int) -> None:
        """What stands below a heading or number counts from one again."""
        self._last = {key: number for key, number in self._last.items() if key <= (level, style)}

    def _clauses(self, text: str) -> Iterator[Span]:
        for match in _CLAUSE.finditer(text):
            number = 1 if match[1] == ordinal(1) else self._clause + 1
            if match[1] == ordinal(number):
                self._clause = number
                yield match.span()


def ordinal(number: int) -> str:
    """1…99 in characters: 二, 十, 十二, 二十; '' beyond, where no bulletin numbers anything in characters."""
    if number > 99:
        return ""
    tens, ones = divmod(number, 10)
    return (_DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")
