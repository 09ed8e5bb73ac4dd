"""Counting again what was published, with nothing but the published files: whoever doubts a result does not ask for it.

Every signature is verified under the sealed key, every ballot is there once, and the columns are added up anew. What
the files cannot show is that the columns are what the ballots of list A held: for that the observers stand. That these
are the files that were published is told by the hash of counts.json, which is sealed and printed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from xianfeng.ballots import blind, lists, protocol
from xianfeng.ballots.lists import Answers, Counts, Line
from xianfeng.ballots.protocol import Poll
from xianfeng.sentences import say

_SHA256 = re.compile("[0-9a-f]{64}")
_NAMED = 5  # faulty lines told one by one


@dataclass(frozen=True)
class Recount:
    """`tallies`: by question how often each answer was given, '' where none was; `bands`: what nearly all gave."""

    ballots: int
    tallies: Mapping[str, Mapping[str, int]]
    bands: Mapping[str, str]
    faults: tuple[str, ...]
    is_annulled: bool = False  # too many say that somebody else used their code: nothing is counted

    @property
    def stands(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class _Block:
    """Lines of list A after each other. `astray`: how many do not come after the one before; `signed`: for each whether
    its signature holds, None for what is no line."""

    first: bytes
    last: bytes
    astray: int
    signed: list[bool | None]


def recount(folder: Path, *, processes: int = 1) -> Recount:
    poll, counts, answers = lists.poll(folder), lists.counts(folder), lists.answers(folder)
    ballots, faults = list_a(poll, folder, hash_=counts.list_a, processes=processes)
    if counts.poll != poll.fingerprint:
        faults.append(say("场次文件与公布的校验码不符。"))
    if counts.list_b != lists.hash_of(folder, lists.LIST_B):
        faults.append(say("清单B与公布的校验码不符。"))
    faults += numbers(poll, counts, ballots)
    is_annulled = poll.annuls(used=counts.signed, disputed=counts.standing)
    if answers is None:
        return Recount(ballots, {}, {}, tuple(faults), is_annulled)
    faults += _columns(poll, counts, answers)
    tallies = {name: Counter(column) for name, column in answers.columns.items()}
    return Recount(ballots, tallies, answers.bands, tuple(faults), is_annulled)


def list_a(poll: Poll, folder: Path, *, hash_: str, processes: int = 1) -> tuple[int, list[str]]:
    """How many ballots there are, and what is wrong with them. `hash_`: what was told of the list."""
    digest, before = hashlib.sha256(), b""
    row, unsigned, astray = 0, list[int](), 0

    def read() -> Iterator[list[bytes]]:
        for block in lists.blocks(folder):
            digest.update(b"".join(block))
            yield block

    for block in _looked(poll, read(), processes):
        astray += block.astray + (block.first <= before)
        before = block.last
        for signed in block.signed:
            row += 1
            if signed is None:
                raise lists.unreadable(lists.LIST_A, row)
            if not signed:
                unsigned.append(row)
    faults = [say("清单A第{row}行的签名不成立。", row=each) for each in unsigned[:_NAMED]]
    if len(unsigned) > _NAMED:
        faults.append(say("签名不成立的共{n}行。", n=len(unsigned)))
    if astray:
        faults.append(say("清单A有{n}张票重复，或者不按次序。", n=astray))
    if digest.hexdigest() != hash_:
        faults.append(say("清单A与公布的校验码不符。"))
    return row, list(faults)


def _looked(poll: Poll, blocks: Iterator[list[bytes]], processes: int) -> Iterator[_Block]:
    """In their order, a few of which wait for each process and no more."""
    if processes == 1:
        yield from (_look(poll, block) for block in blocks)
        return
    with ProcessPoolExecutor(processes) as pool:
        waiting: deque[Future[_Block]] = deque()
        for block in blocks:
            waiting.append(pool.submit(_look, poll, block))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _look(poll: Poll, lines: list[bytes]) -> _Block:
    owns = [line.partition(b" ")[0] for line in lines]
    astray = sum(later <= before for before, later in pairwise(owns))
    return _Block(owns[0], owns[-1], astray, [_is_signed(poll, line) for line in lines])


def _is_signed(poll: Poll, line: bytes) -> bool | None:
    try:
        ballot = Line.read(line)
    except ValueError:
        return None
    whole = protocol.whole(poll, ballot.own)
    return len(ballot.own) == protocol.OWN and blind.is_signed(poll.key, whole, ballot.beside)


def numbers(poll: Poll, counts: Counts, ballots: int) -> Iterator[str]:
    """What cannot be of the numbers that were counted of a list A of so many ballots."""
    if counts.cast != ballots:
        yield say("公布投票{cast}张，清单A有{ballots}张。", cast=counts.cast, ballots=ballots)
    if ballots > counts.signed:
        yield say("投票{ballots}张，多于领票的{signed}张。", ballots=ballots, signed=counts.signed)
    if counts.signed + counts.void > counts.codes:
        yield say("领票和作废多于发出的票码{codes}个。", codes=counts.codes)
    if counts.disputed > counts.signed:
        yield say(
            "反映票码被别人用了的{disputed}人，多于领票的{signed}张。", disputed=counts.disputed, signed=counts.signed
        )
    if counts.refuted > counts.disputed or (counts.refuted and not poll.calls):
        yield say(
            "回访后不成立的反映{refuted}人，反映的{disputed}人。", refuted=counts.refuted, disputed=counts.disputed
        )
    if not _SHA256.fullmatch(counts.used):
        yield say("公布的数字里没有“用过哪些票码”的校验码，事后抽谁核对就没有依据。")
    if counts.codes > counts.electors or counts.electors != poll.electors:
        yield say("票码{codes}个，封存的名单是{electors}人。", codes=counts.codes, electors=poll.electors)


def _columns(poll: Poll, counts: Counts, answers: Answers) -> Iterator[str]:
    expected = {question.name: question for question in poll.form.counted}
    valid = counts.cast - counts.unreadable
    if sorted([*answers.columns, *answers.bands]) != sorted(expected):
        yield say("清单B的题目与场次文件不符。")
        return
    if any(len(column) != valid for column in answers.columns.values()):
        yield say("清单B的票数不等于投票数减去无效票。")
    if valid < poll.least_cast or poll.electors < poll.least_electors:
        yield say("人数不足，按规定不得公布清单B。")
    if poll.annuls(used=counts.signed, disputed=counts.standing):
        yield say("反映票码被别人用了的超过规定，本场作废，不得公布清单B。")
    for name, question in expected.items():
        given = set(answers.columns.get(name, ())) | {answers.bands.get(name, "")}
        if given - {"", *question.choices}:
            yield say("“{title}”有选项以外的答案。", title=question.title)
