"""The digits rule: no number in a bulletin that nobody can open.

Every run of digits, and every Chinese numeral, must be inside a run that a call printed. Two things are free: idioms of
the one shared list, and the numbering of structure (一、 （一） at the start of a heading or paragraph, 1. at the start
of a heading, 一是 二是 at the start of a clause). A numeral is not asked whether it is 'really' a quantity: a rule that
guesses lets figures through, while a word wrongly stopped is one line more in the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xianfeng.bulletins.document import Block, Document, Heading, Runs, Table, Text, plain, runs_of

_NUMERALS = "〇零一二三四五六七八九十百千万亿两廿卅卌皕俩仨壹贰叁肆柒捌玖佰仟兩萬億"  # 伍陆拾 stand in 队伍, 陆续, 收拾
_BANKING = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"  # 队伍, 大陆: numerals only in company
_ELSEWHERE = "\ufffc"  # stands for a run that a call printed
_STRUCTURE = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
_NUMBERED_HEADING = re.compile(r"^[0-9]+[.．、]")
_CLAUSE = re.compile(r"(?:^|(?<=[。；：！？，\s]))(?:[一二三四五六七八九]|十[一二]?)是")
_BANKED = re.compile(f"[{_BANKING}](?=[{_BANKING}万亿元圆])")


@dataclass(frozen=True, kw_only=True)
class Unsourced:
    """A number without a source: its text, the block it is in, and its surroundings with the number in 【】."""

    text: str
    place: str
    excerpt: str


def unsourced(document: Document) -> tuple[Unsourced, ...]:
    return tuple(fault for place, runs, heading in _lines(document) for fault in _faults(place, runs, heading=heading))


def _lines(document: Document) -> Iterator[tuple[str, Runs, bool]]:
    masthead = document.masthead
    parts = [
        ("报头名称", (Text(masthead.series),)),
        ("期号", masthead.number),
        ("编发单位", (Text(masthead.issuer),)),
        ("日期", masthead.date),
        ("专刊名", masthead.special),
        *((f"标题第{i}行", line) for i, line in enumerate(masthead.title, 1)),
        *((label, (Text(whom),)) for label, whom in masthead.to),
        ("印数", masthead.copies),
        ("责任编辑", (Text(masthead.editor),)),
    ]
    for place, runs in parts:
        yield place, runs, False
    yield from _block_lines("编者按", document.editors_note)
    yield from _block_lines("正文", document.body)


def _block_lines(part: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, Runs, bool]]:
    for number, block in enumerate(blocks, 1):
        place = f"{part}第{number}段" + ("（表格）" if isinstance(block, Table) else "")
        for runs in runs_of(block):
            yield place, runs, isinstance(block, Heading)


def _faults(place: str, runs: Runs, *, heading: bool) -> Iterator[Unsourced]:
    text = "".join(run.text if isinstance(run, Text) else _ELSEWHERE * len(run.text) for run in runs)
    free = _free(text, heading=heading)
    shown = plain(runs)
    start = 0
    while start < len(text):
        if free[start] or not _is_number(text, start):
            start += 1
            continue
        end = start + 1
        while end < len(text) and not free[end] and (_is_number(text, end) or _joins(text, end)):
            end += 1
        yield Unsourced(
            text=text[start:end],
            place=place,
            excerpt=f"{shown[max(0, start - 12) : start]}【{text[start:end]}】{shown[end : end + 12]}",
        )
        start = end


def _free(text: str, *, heading: bool) -> list[bool]:
    """Which characters an idiom or the structure accounts for."""
    free = [False] * len(text)
    patterns = [_idioms(), _CLAUSE, _STRUCTURE, *([_NUMBERED_HEADING] if heading else [])]
    for pattern in patterns:
        for match in pattern.finditer(text):
            free[match.start() : match.end()] = [True] * (match.end() - match.start())
    return free


def _is_number(text: str, position: int) -> bool:
    character = text[position]
    if character in _NUMERALS or unicodedata.category(character) in ("Nd", "Nl", "No"):
        return True
    return character in _BANKING and bool(_BANKED.match(text, position))


def _joins(text: str, position: int) -> bool:
    """A point or comma between digits is part of the number."""
    return text[position] in ".,．" and position + 1 < len(text) and text[position + 1].isdigit()


@cache
def _idioms() -> re.Pattern[str]:
    lines = (Path(__file__).parent / "idioms.txt").read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile("|".join(_idiom(word) for word in sorted(words, key=len, reverse=True)))


def _idiom(word: str) -> str:
    """万名 is a word, the 万名 of 3.7万名 is not: after a number, an idiom that starts with a unit counts."""
    after_number = f"(?<![0-9０-９{_NUMERALS}{_ELSEWHERE}])" if word[0] in "十百千万亿" else ""
    return after_number + re.escape(word)
