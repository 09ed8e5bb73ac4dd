"""The one list of words in which a numeral counts nothing, and where in a text they stand.

A word is free only where it cannot be read as a number: the list names characters that must not stand beside it, and no
word may begin or end inside a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xianfeng.bulletins.numerals import ELSEWHERE, NUMBER


@dataclass(frozen=True, kw_only=True)
class Idiom:
    word: str
    left: str = ""  # characters that must not stand right before it
    right: str = ""  # nor right behind it
    instead: str = ""  # of a word that is never free: what to write instead


def free(text: str, counts: Sequence[bool]) -> list[bool]:
    """Which characters of a masked text an idiom accounts for; `counts` says which of them count."""
    freed = [False] * len(text)
    start = 0
    while start < len(text):
        idiom = next(
            (idiom for idiom in _by_first().get(text[start], ()) if _fits(idiom, text, start, counts, freed)), None
        )
        if idiom is None:
            start += 1
            continue
        end = start + len(idiom.word)
        freed[start:end] = [True] * len(idiom.word)
        start = end
    return freed


def _fits(idiom: Idiom, text: str, start: int, counts: Sequence[bool], freed: Sequence[bool]) -> bool:
    end = start + len(idiom.word)
    if idiom.instead or text[start:end] != idiom.word:
        return False
    before, after = text[:start][-1:], text[end : end + 1]
    if (before and before in idiom.left) or (after and after in idiom.right):
        return False
    if (
        counts[start]
        and before
        and (before in f"第{NUMBER}{ELSEWHERE}" or (counts[start - 1] and not freed[start - 1]))
    ):
        return False
    return not (counts[end - 1] and after == NUMBER)


def instead(text: str, start: int) -> str:
    """What to write instead of the word around a character that is not free; '' where the list knows nothing."""
    for idiom in _listed():
        around = text[max(0, start - len(idiom.word) + 1) : start + len(idiom.word)]
        if idiom.instead and idiom.word in around:
            return f"“{idiom.word}”可写作：{idiom.instead}。"
    return ""


@cache
def _by_first() -> Mapping[str, Sequence[Idiom]]:
    """Longest first, so that the longest word that fits wins."""
    found = defaultdict(list)
    for idiom in sorted(_listed(), key=lambda idiom: len(idiom.word), reverse=True):
        found[idiom.word[0]].append(idiom)
    return found


@cache
def _listed() -> tuple[Idiom, ...]:
    lines = (Path(__file__).parent / "idioms.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_read(line) for line in lines if line.strip() and not line.startswith("#"))


def _read(line: str) -> Idiom:
    told, _, other = line.partition("=")
    word, *guards = told.split()
    sides = {guard[0]: guard[1:] for guard in guards}
    return Idiom(word=word, left=sides.get("<", ""), right=sides.get(">", ""), instead=other.strip())
