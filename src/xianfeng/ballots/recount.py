"""Counting again what was published, with nothing but the published files: whoever doubts a result does not ask for it.

Every signature is verified under the sealed key, every ballot is there once, and the columns are added up anew. What
the files cannot show is that the columns are what the ballots of list A held: for that the observers stand. That these
are the files that were published is told by the hash of counts.json, which is sealed and printed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from xianfeng.ballots import blind, lists, protocol
from xianfeng.ballots.lists import Columns, Counts, Line
from xianfeng.ballots.protocol import Poll
from xianfeng.sentences import say

_AT_ONCE = 2_000
_NAMED = 5  # faulty lines told one by one


@dataclass(frozen=True)
class Recount:
    """`tallies`: for each question how often each answer was given, '' where none was; `faults` in words."""

    ballots: int
    tallies: Mapping[str, Mapping[str, int]]
    faults: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return not self.faults


def recount(folder: Path, *, processes: int = 1) -> Recount:
    poll, counts, columns = lists.poll(folder), lists.counts(folder), lists.columns(folder)
    ballots, faults = _ballots(poll, counts, lists.ballots(folder), processes)
    if counts.poll != poll.fingerprint:
        faults.append(say("场次文件与公布的校验码不符。"))
    if counts.list_b != lists.hash_of(folder, lists.LIST_B):
        faults.append(say("清单B与公布的校验码不符。"))
    faults += [*_numbers(poll, counts, ballots), *_columns(poll, counts, columns)]
    return Recount(ballots, {name: Counter(column) for name, column in columns.items()}, tuple(faults))


def _ballots(poll: Poll, counts: Counts, lines: Iterable[Line], processes: int) -> tuple[int, list[str]]:
    """How many there are, and what is wrong with them."""
    digest, seen, twice = hashlib.sha256(), set[bytes](), 0
    unsigned: list[int] = []

    def read() -> Iterator[Line]:
        nonlocal twice
        for line in lines:
            digest.update(line.text.encode())
            serial = line.own[: blind.PREFIX + protocol.SERIAL]
            twice += serial in seen
            seen.add(serial)
            yield line

    row = 0
    for start, signed in _verified(poll, read(), processes):
        unsigned += [start + place for place, good in enumerate(signed, start=1) if not good]
        row = start + len(signed)
    faults = [say("清单A第{row}行的签名不成立。", row=each) for each in unsigned[:_NAMED]]
    if len(unsigned) > _NAMED:
        faults.append(say("签名不成立的共{n}行。", n=len(unsigned)))
    if twice:
        faults.append(say("清单A有{n}张票重复。", n=twice))
    if digest.hexdigest() != counts.list_a:
        faults.append(say("清单A与公布的校验码不符。"))
    return row, list(faults)


def _verified(poll: Poll, lines: Iterator[Line], processes: int) -> Iterator[tuple[int, list[bool]]]:
    """Batches of lines, each by the row before it, in their order; a few wait for each process and no more."""
    batches = iter(lambda: list(islice(lines, _AT_ONCE)), [])
    if processes == 1:
        start = 0
        for batch in batches:
            yield start, _signed(poll, batch)
            start += len(batch)
        return
    with ProcessPoolExecutor(processes) as pool:
        start, waiting = 0, []
        for batch in batches:
            waiting.append((start, pool.submit(_signed, poll, batch)))
            start += len(batch)
            if len(waiting) > 2 * processes:
                first, answer = waiting.pop(0)
                yield first, answer.result()
        for first, answer in waiting:
            yield first, answer.result()


def _signed(poll: Poll, batch: list[Line]) -> list[bool]:
    return [
        len(line.own) == protocol.OWN and blind.is_signed(poll.key, protocol.whole(poll, line.own), line.beside)
        for line in batch
    ]


def _numbers(poll: Poll, counts: Counts, ballots: int) -> Iterator[str]:
    if counts.cast != ballots:
        yield say("公布投票{cast}张，清单A有{ballots}张。", cast=counts.cast, ballots=ballots)
    if ballots > counts.signed:
        yield say("投票{ballots}张，多于领票的{signed}张。", ballots=ballots, signed=counts.signed)
    if counts.signed + counts.void > counts.codes:
        yield say("领票和作废多于发出的票码{codes}个。", codes=counts.codes)
    if counts.codes > counts.electors or counts.electors != poll.electors:
        yield say("票码{codes}个，封存的名单是{electors}人。", codes=counts.codes, electors=poll.electors)


def _columns(poll: Poll, counts: Counts, columns: Columns) -> Iterator[str]:
    if not columns:
        return
    expected = {question.name: question for question in poll.form.counted}
    if columns.keys() != expected.keys():
        yield say("清单B的题目与场次文件不符。")
        return
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        yield say("清单B各题的票数不一致。")
    if max(lengths) != counts.cast - counts.unreadable:
        yield say("清单B的票数不等于投票数减去无效票。")
    if max(lengths) < poll.least_cast or poll.electors < poll.least_electors:
        yield say("人数不足，按规定不得公布清单B。")
    for name, question in expected.items():
        if set(columns[name]) - {"", *question.choices}:
            yield say("“{title}”有选项以外的答案。", title=question.title)
