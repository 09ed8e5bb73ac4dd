"""Folding: what makes two spellings of a text the same, to a search and to whoever asks whether two texts are alike.

Characters are folded one by one, without looking at their neighbours, so that a word folds alike wherever it stands:
alone in a question, or cut out of a sentence. That loses 乾 in 乾隆 (it becomes 干, in the question too) and finds
乾部, 幹部 and 干部 as one word, which converters that look at phrases do not promise: texts that went through one of
them (昇級, 正在乾的事情) come back.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# One simplified character for several: what OpenCC leaves alone because the neighbours decide, or because it is rare.
_MERGED: Mapping[str, str] = {
    "干": "乾乹榦亁",
    "升": "陞",
    "着": "著",
    "征": "徵",
    "借": "藉",
    "了": "瞭",
    "余": "馀",
    "么": "麽",
    "只": "祇衹",
    "证": "証",
    "并": "併竝",
    "复": "覆",
    "折": "摺",
    "伙": "夥",
    "仿": "彷",
    "沈": "瀋",
    "准": "凖",
    "台": "檯颱",
    "布": "佈",
    "占": "佔",
    "周": "週",
    "回": "迴",
    "同": "仝",
    "群": "羣",
    "峰": "峯",
    "为": "爲",
    "里": "裏裡",
    "户": "戸戶",
    "教": "敎",
    "产": "産",
    "党": "黨",
    "叶": "葉",
    "杰": "傑",
    "〇": "○◯零",
}
_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_DROPPED = frozenset("ZCPSM")  # separators, controls, punctuation, symbols, combining marks


def fold(text: str) -> str:
    """The folded text: letters, digits and simplified ideographs, nothing between them."""
    table = _table()
    return "".join(table[character] for character in text)


def folded_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where in the text it comes from."""
    table = _table()
    folded: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        became = table[character]
        folded.append(became)
        origins.extend([place] * len(became))
    return "".join(folded), origins


def words(text: str) -> tuple[str, ...]:
    """What is asked for, folded: the parts between spaces, each once. A phrase is a part without spaces."""
    return tuple(dict.fromkeys(word for part in text.split() if (word := fold(part))))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Which folding this is: an index made with another (a newer OpenCC) has to be made again."""
    simplified = _simplified()
    told = "".join(f"{old}{new}" for old, new in sorted(simplified.items()))
    return hashlib.sha256(f"{unicodedata.unidata_version}|{told}".encode()).hexdigest()[:16]


class _Table(dict[str, str]):
    """Characters and what they fold to, learnt as they are met."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = _fold(character, _simplified())
        return folded


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


def _fold(character: str, simplified: Mapping[str, str]) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    kept = (one for one in plain if one in simplified or unicodedata.category(one)[0] not in _DROPPED)
    return "".join(simplified.get(one, one) for one in kept)


@lru_cache(maxsize=1)
def _simplified() -> Mapping[str, str]:
    """Each ideograph that is written otherwise in simplified Chinese: by OpenCC, line by line, so that no two meet."""
    from opencc import OpenCC

    every = [chr(code) for first, last in _IDEOGRAPHS for code in range(first, last + 1)]
    lines = "\n".join(unicodedata.normalize("NFKC", one) for one in every)
    for variants in ("tw2s", "hk2s", "t2s"):
        lines = OpenCC(variants).convert(lines)
    known = {old: new for old, new in zip(every, lines.split("\n"), strict=True) if new != old and len(new) == 1}
    known |= {variant: one for one, variants in _MERGED.items() for variant in variants}
    return {old: known.get(new, new) for old, new in known.items()}
