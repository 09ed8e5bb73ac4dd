"""Calling electors afterwards, drawn by lot: of those whose code was used as many as of those whose was not.

Which numbers of codes were used, only the poll's observers learn, and whoever calls not even that: he gets numbers,
asks each elector whether he voted online, and hands the answers back. What is published are sums. So nobody who keeps
the list of numbers and electors learns from the house who took part; and nobody at all who answered what.

The issuer is bound to what it says was used by a hash in the published counts, before anybody knows the value by which
the lot falls; and nobody else knows the secret that goes into it.

Before a poll is opened of which so many codes are disputed that it would be annulled, all of these are called, among as
many that were not used and as many that were and are not disputed, and asked the same: whoever says that he voted has
not been robbed of his code. Any answer may come from any of the three.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xianfeng import canonical, lots, paths
from xianfeng.ballots import lists
from xianfeng.ballots.lists import Issued
from xianfeng.ballots.protocol import Poll
from xianfeng.problems import Problem
from xianfeng.sentences import say

VOTED, ABSENT, UNREACHED = "是", "否", "未通"
ANSWERS = (VOTED, ABSENT, UNREACHED)
_DISPUTED = b"xianfeng ballots disputed\0"


@dataclass(frozen=True)
class Used:
    """Which numbers of codes were used, from 1 to `codes`; those on whose place a paper sheet was taken are neither.
    `disputed`: of the used ones those of which it was said that somebody else used them."""

    poll: str
    codes: int
    used: tuple[int, ...]
    void: tuple[int, ...]
    disputed: tuple[int, ...]
    secret: bytes

    @cached_property
    def text(self) -> str:
        numbers = {"used": self.used, "void": self.void, "disputed": self.disputed}
        return canonical.dumps({"poll": self.poll, "codes": self.codes, **numbers, "secret": self.secret.hex()})

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def unused(self) -> tuple[int, ...]:
        others = {*self.used, *self.void}
        return tuple(number for number in range(1, self.codes + 1) if number not in others)

    def write(self, path: Path) -> None:
        paths.write_atomically(path, self.text.encode(), mode=0o600)

    @classmethod
    def read(cls, path: Path, poll: Poll, *, hash_: str) -> Used:
        """A Problem for what is not what the poll's counts bind the issuer to."""
        try:
            found = json.loads(path.read_text())
            numbers = {name: tuple(map(int, found[name])) for name in ("used", "void", "disputed")}
            used = cls(str(found["poll"]), int(found["codes"]), **numbers, secret=bytes.fromhex(found["secret"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise _others(path) from fault
        if used.poll != poll.fingerprint or used.hash != hash_:
            raise _others(path)
        return used


def _others(path: Path) -> Problem:
    told = say("{file}不是领票处关闭时封存的那一份。", file=path.name)
    return Problem("ballots.used_other", told, hint="向领票处要原文件；对不上的，请两位监票人当场记录。")


@dataclass(frozen=True)
class Drawn:
    """Whom to call: numbers of codes. Apart only for the observers."""

    used: tuple[int, ...]
    unused: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """In one row, so that who calls cannot tell them apart."""
        return tuple(sorted((*self.used, *self.unused)))


@dataclass(frozen=True)
class Mixed:
    """Whom to call because of disputes: the disputed, and the others that stand among them."""

    disputed: tuple[int, ...]
    others: Drawn

    @property
    def numbers(self) -> tuple[int, ...]:
        """In one row, so that who calls cannot tell them apart."""
        return tuple(sorted((*self.disputed, *self.others.numbers)))

    @property
    def is_told_apart(self) -> bool:
        """Whether fewer others than disputed could be found: who is called, probably complained."""
        return len(self.others.numbers) < len(self.disputed)


@dataclass(frozen=True)
class Heard:
    """Of those called because of disputes: how many take theirs back, and what the others say."""

    disputed: Outcome
    used: Outcome
    unused: Outcome


@dataclass(frozen=True)
class Outcome:
    """Of those called in one half: whose answer goes with what the issuer says, whose does not, who was not reached."""

    confirmed: int
    denied: int
    unreached: int

    @property
    def called(self) -> int:
        return self.confirmed + self.denied + self.unreached


def drawn(folder: Path, used: Path, *, value: str) -> Drawn:
    """From the published folder and what the issuer handed to the observers. `value`: the public one."""
    poll, counts = lists.poll(folder), lists.counts(folder)
    found = Used.read(used, poll, hash_=counts.used)
    sealed = bytes.fromhex(lists.hash_of(folder, lists.COUNTS))
    bound = lots.commitment(found.secret)
    seed = lots.seed(sealed, bound=bound, which=say("公布的数"), secret=found.secret, value=value)
    return Drawn(*(_of(seed, numbers, poll.calls) for numbers in (found.used, found.unused)))


def disputed(poll: Poll, used: Path, *, issued: Issued) -> Mixed:
    """Those of which it was said that somebody else used them, among others drawn by the issuer's secret. Where there
    are too few of the unused, more of the used are among them, and the other way round."""
    found = Used.read(used, poll, hash_=issued.used)
    if len(found.disputed) != issued.disputed or not {*found.disputed} <= {*found.used}:
        raise _others(used)
    seed, many = hashlib.sha256(_DISPUTED + found.secret).digest(), len(found.disputed)
    content = [number for number in found.used if number not in {*found.disputed}]
    unused = _of(seed, found.unused, max(many, 2 * many - len(content)))
    return Mixed(found.disputed, Drawn(_of(seed, content, 2 * many - len(unused)), unused))


def _of(seed: bytes, numbers: Iterable[int], many: int) -> tuple[int, ...]:
    return tuple(sorted(sorted(numbers, key=lambda number: lots.ticket(seed, str(number)))[:many]))


def due(poll: Poll, *, used: int, unused: int) -> tuple[int, int]:
    """How many are called whose code was used, and whose was not, where there are so many."""
    return min(poll.calls, used), min(poll.calls, unused)


def outcomes(called: Drawn, answers: Mapping[int, str]) -> tuple[Outcome, Outcome]:
    """What whoever called heard, held against what was used."""
    _refuse_others(called.numbers, answers)
    return _held(called.used, answers, VOTED, ABSENT), _held(called.unused, answers, ABSENT, VOTED)


def heard_of(called: Mixed, answers: Mapping[int, str]) -> Heard:
    """The same of disputes: confirmed are those whose electors say that they voted, and so were not robbed."""
    _refuse_others(called.numbers, answers)
    return Heard(
        _held(called.disputed, answers, VOTED, ABSENT),
        _held(called.others.used, answers, VOTED, ABSENT),
        _held(called.others.unused, answers, ABSENT, VOTED),
    )


def _refuse_others(numbers: Iterable[int], answers: Mapping[int, str]) -> None:
    if answers.keys() != {*numbers}:
        raise Problem("ballots.called_others", "打过电话的序号与抽中的不一样。", hint="抽中的都要有结果，一个不多。")


def _held(numbers: Iterable[int], answers: Mapping[int, str], confirming: str, denying: str) -> Outcome:
    heard = Counter(answers[number] for number in numbers)
    return Outcome(heard[confirming], heard[denying], heard[UNREACHED])


def heard(path: Path) -> dict[int, str]:
    """What whoever called wrote: a number and an answer in each line."""
    found: dict[int, str] = {}
    for row, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
        number, _, answer = line.strip().partition(" ")
        if not line.strip():
            continue
        if not number.isdigit() or answer.strip() not in ANSWERS or int(number) in found:
            told = say("第{row}行读不出来。", row=row)
            raise Problem("ballots.heard", told, hint="一行写一个序号，空一格，写是、否或未通。", row=row)
        found[int(number)] = answer.strip()
    return found
