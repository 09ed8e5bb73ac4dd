"""The digits rule: no number in a bulletin that nobody can open.

Whatever counts (`numerals`) must be inside a run that a call printed. Two things are free: the words of the one shared
list (`idioms`) and the numbering of structure (`structure`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from xianfeng.bulletins import idioms
from xianfeng.bulletins.numerals import counting, is_numeral, masked
from xianfeng.bulletins.structure import Numbering, Span
from xianfeng.papers.document import Block, Document, Runs, Table, Text, plain, runs_of

_POINTS = ("", ".", "．", "点")
_ORDINAL = re.compile("专刊(?:之|第|（)?([一二三四五六七八九十]{1,3})(?:期|号|）)?[】》」]?$")


@dataclass(frozen=True, kw_only=True)
class Unsourced:
    """A number without a source: its text, the block it is in, its surroundings with the number in 【】, and what to
    write instead where the list knows a word."""

    text: str
    place: str
    excerpt: str
    instead: str = ""


def unsourced(document: Document) -> tuple[Unsourced, ...]:
    masthead = (fault for place, runs in _masthead(document) for fault in _faults(place, runs))
    note = _block_faults("编者按", document.editors_note)
    special = _special_faults(document.masthead.special)
    return (*masthead, *special, *note, *_block_faults("正文", document.body))


def _masthead(document: Document) -> Iterator[tuple[str, Runs]]:
    masthead = document.masthead
    yield "报头名称", (Text(masthead.series),)
    yield "期号", masthead.number
    yield "编发单位", (Text(masthead.issuer),)
    yield "日期", masthead.date
    for number, line in enumerate(masthead.title, 1):
        yield f"标题第{number}行", line
    for label, whom in masthead.to:
        yield label, (Text(whom),)
    yield "印数", masthead.copies
    yield "责任编辑", (Text(masthead.editor),)


def _special_faults(special: Runs) -> tuple[Unsourced, ...]:
    """A name is no source of the numbers in it, though a call prints it; the ordinal at its end is the name's own."""
    text = plain(special)
    return tuple(_faults("专刊名", (Text(text),), tuple(match.span(1) for match in _ORDINAL.finditer(text))))


def _block_faults(part: str, blocks: tuple[Block, ...]) -> Iterator[Unsourced]:
    numbering = Numbering()
    for number, block in enumerate(blocks, 1):
        place = f"{part}第{number}段"
        if isinstance(block, Table):
            for runs in runs_of(block):
                yield from _faults(f"{place}（表格）", runs)
        else:
            yield from _faults(place, block.runs, tuple(numbering.of(block, masked(block.runs))))


def _faults(place: str, runs: Runs, structure: tuple[Span, ...] = ()) -> Iterator[Unsourced]:
    text, shown = masked(runs), plain(runs)
    for start, end in (*_numbers(text, structure), *_run_together(runs)):
        yield Unsourced(
            text=shown[start:end],
            place=place,
            excerpt=f"{shown[max(0, start - 12) : start]}【{shown[start:end]}】{shown[end : end + 12]}",
            instead=idioms.instead(text, start),
        )


def _numbers(text: str, structure: tuple[Span, ...]) -> Iterator[Span]:
    """The stretches that count and nothing accounts for."""
    counts = counting(text)
    free = idioms.free(text, counts)
    for start, end in structure:
        free[start:end] = [True] * (end - start)
    loose = [count and not freed for count, freed in zip(counts, free, strict=True)]
    edges = [place for place, (one, other) in enumerate(pairwise([False, *loose, False])) if one != other]
    yield from zip(edges[::2], edges[1::2], strict=True)


def _run_together(runs: Runs) -> Iterator[Span]:
    """Two figures with no word between them read as a third: 3 and 83 as 383, 3 and 7 as 3点7."""
    ends = list(accumulate(len(run.text) for run in runs))
    printed = [place for place, run in enumerate(runs) if run.text and not isinstance(run, Text)]
    for one, other in pairwise(printed):
        touching = is_numeral(runs[one].text[-1]) and is_numeral(runs[other].text[0])
        if touching and "".join(plain(runs[one + 1 : other]).split()) in _POINTS:
            yield ends[one] - len(runs[one].text), ends[other]
