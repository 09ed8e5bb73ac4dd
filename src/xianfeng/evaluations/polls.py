"""A frozen round online: each of its polls is made of what was sealed, and its result is what anybody can count again.

Nobody types an online result: the published folder is counted again here, and taken as it stands or not at all. How it
came to be, and that the page and the counts are those that were sealed, is in the round's entries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from xianfeng import canonical, paths
from xianfeng.ballots import blind, lists, opening
from xianfeng.ballots.protocol import Poll
from xianfeng.ballots.recount import recount
from xianfeng.evaluations import freezing, stages
from xianfeng.evaluations.freezing import Frozen, FrozenElectorate
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.log import seals
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem, Problems
from xianfeng.sentences import say

_ADDRESS = re.compile(r"(https://[A-Za-z0-9.-]+|http://127\.0\.0\.1)(:\d+)?(/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where the voters' page of a poll stands, to whom it speaks, and how many seconds a ballot waits at most."""

    issuing: str
    box: str
    delay: int
    address: str = ""  # '' where nobody has told it

    def __post_init__(self) -> None:
        for field, said in (("issuing", self.issuing), ("box", self.box), ("address", self.address)):
            if not _ADDRESS.fullmatch(said) and (said or field != "address"):
                told = say("“{said}”不是网址。", said=said)
                hint = say("写 https:// 开头的网址；只在本机演示时可以用 http://127.0.0.1。")
                raise Problem("evaluations.address", told, hint=hint, field=field)


@dataclass(frozen=True)
class SealedPage:
    """A voters' page, for the addresses that are sealed with the hash over its files."""

    poll: Poll
    site: Site
    digest: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """A poll of a round, as far as it has got."""

    electorate: int
    poll: Poll
    site: Site | None  # since its page was sealed
    digest: str
    taken: OnlineResult | None


@dataclass(frozen=True, kw_only=True)
class OnlineResult:
    """`counts`: by question and answer; of a question that nearly all answered alike all ballots under that answer,
    which is told the same; None where too few voted for anything to be told, or where nothing counts."""

    electorate: int
    electors: int
    void: int  # codes that a paper slip was taken for
    cast: int
    invalid: int
    counts: Mapping[str, Mapping[str, int]] | None
    used: int  # codes
    unused: int  # which no paper was taken for either
    disputed: int  # used codes of which it was said that somebody else used them
    refuted: int  # of these, whose electors said when they were called that they had voted
    is_annulled: bool  # more of these than the rule lets pass


@transaction.atomic
def make(*, number: int, electorate: int, key: bytes, observers: bytes, by: Actor) -> Poll:
    """Of a frozen electorate, with the issuer's and the observers' public keys; its fingerprint is sealed."""
    row = stages.opened(number, by, at=(Stage.FROZEN,), doing=say("开设网上投票"))
    (poll,) = _make(row, freezing.read(row), {electorate: key}, observers, by)
    return poll


def _make(
    row: EvaluationRound, frozen: Frozen, keys: Mapping[int, bytes], observers: bytes, by: Actor
) -> tuple[Poll, ...]:
    asked = {electorate: _electorate(frozen, electorate) for electorate in keys}
    if not all(one.electors for one in asked.values()):
        raise Problem("evaluations.visitors", "来办事的人没有名单，不能在网上投票。", hint="发纸质票。")
    if not keys.keys().isdisjoint(of(row).values()):
        raise Problem("evaluations.poll_made", "这些参评人员的网上投票已经开设。", hint="用已经写出的场次文件。")
    made = {electorate: _poll(frozen, asked[electorate], key, observers) for electorate, key in keys.items()}
    bodies = [
        {"electorate": electorate, "poll": poll.fingerprint, "statement": json.loads(poll.text)}
        for electorate, poll in made.items()
    ]
    stages.note_all(row, "poll", by, bodies=bodies)
    seals.seal(by=by)
    return tuple(made.values())


def _poll(frozen: Frozen, asked: FrozenElectorate, key: bytes, observers: bytes) -> Poll:
    return Poll(
        title=say("{title}：{unit}", title=frozen.title, unit=asked.title),
        round=frozen.hash,
        electorate=asked.hash,
        electors=asked.electors,
        form=frozen.form,
        key=key,
        observers=observers,
        least_electors=frozen.least_electors,
        least_cast=frozen.least_cast,
        annulled_above=frozen.annulled_above,
        calls=frozen.calls,
    )


@transaction.atomic
def make_many(*, number: int, keys: Mapping[int, bytes], observers: bytes, by: Actor) -> tuple[Poll, ...]:
    """A poll for each of these electorates, with the issuer's key made for it and the same observers; all or none."""
    row = stages.opened(number, by, at=(Stage.FROZEN,), doing=say("开设网上投票"))
    faults = [] if _readable(opening.read_public, observers) else [_no_key("observers")]
    frozen = freezing.read(row)
    used = {one.poll.key: one.electorate for one in held(row)}
    for electorate, key in keys.items():
        title = _electorate(frozen, electorate).title
        if not _readable(blind.bits, key):
            faults.append(_no_key("key").at(title))
        elif used.setdefault(key, electorate) != electorate:
            told, hint = say("这把公钥已用于另一个单位。"), say("一场一把：请领票处为这个单位新制。")
            faults.append(Problem("evaluations.key_used", told, hint=hint, field="key", place=title))
    if faults:
        message = say("有{count}处不对，一场也没有封存。", count=len(faults))
        raise Problems(faults, code="evaluations.keys", message=message, hint="改好以后再封存。")
    return _make(row, frozen, keys, observers, by)


def _readable(read: Callable[[bytes], object], key: bytes) -> bool:
    try:
        read(key)
    except ValueError:
        return False
    return True


def _no_key(field: str) -> Problem:
    told, hint = say("公钥的文件不对。"), say("用领票处和监票人交来的公钥原文件。")
    return Problem("evaluations.key", told, hint=hint, field=field)


@transaction.atomic
def seal_pages(those: Sequence[SealedPage], *, number: int, by: Actor) -> None:
    """Before the first code is handed out: who changes a page afterwards is found. All or none."""
    row = stages.opened(number, by, at=(Stage.FROZEN,), doing=say("封存投票网页"))
    made, before = of(row), {step.body["poll"] for step in stages.steps(row, "page")}
    for one in those:
        _known(made, one.poll)
        if one.poll.fingerprint in before:
            hint = say("用封存的网页；地址错了，把这一轮作废重来。")
            raise Problem("evaluations.page_sealed", "这场投票的网页已经封存。", hint=hint)
    bodies = [{"poll": one.poll.fingerprint, "hash": one.digest, "site": asdict(one.site)} for one in those]
    stages.note_all(row, "page", by, bodies=bodies)
    seals.seal(by=by)


@transaction.atomic
def take(*, number: int, folder: Path, by: Actor, processes: int = 1) -> OnlineResult:
    """What was published, counted again; the hash of its counts is entered and sealed with what they say."""
    row = stages.opened(number, by, at=(Stage.CLOSED,), doing=say("取网上投票的结果"))
    electorate = _known(of(row), lists.poll(folder))
    if electorate in results(row):
        raise Problem("evaluations.taken", "这份网上投票的结果已经取过。", hint="直接办下一步。")
    found = recount(folder, processes=processes)
    if found.faults:
        refused = [Problem("evaluations.recount", fault) for fault in found.faults]
        told = say("公布的文件重新计票不成立，没有采用。")
        raise Problems(refused, code="evaluations.recount", message=told, hint="与监票人核对公布的文件。")
    counts = lists.counts(folder)
    body = {
        "electorate": electorate,
        "hash": lists.hash_of(folder, lists.COUNTS),
        "counts": asdict(counts),
        "tallies": {name: dict(tally) for name, tally in found.tallies.items()},
        "bands": dict(found.bands),
        "annulled": found.is_annulled,
    }
    stages.note(row, "take", by, body=body)
    seals.seal(by=by)
    _keep(folder, counts.poll)
    return results(row)[electorate]


FILES = (lists.POLL, lists.LIST_A, lists.LIST_B, lists.COUNTS)


def published(fingerprint: str) -> dict[str, Path]:
    """The files of a poll whose result was taken, for anybody to count again."""
    folder = paths.room("polls") / fingerprint
    return {name: folder / name for name in FILES if (folder / name).exists()}


def _keep(folder: Path, fingerprint: str) -> None:
    kept = paths.room("polls") / fingerprint
    kept.mkdir(exist_ok=True)
    for name in FILES:
        if (folder / name).exists():
            paths.write_atomically(kept / name, (folder / name).read_bytes())


def of(row: EvaluationRound) -> dict[str, int]:
    """The polls of a round by their fingerprints, each with the number of its electorate."""
    return {step.body["poll"]: step.body["electorate"] for step in stages.steps(row, "poll")}


def held(row: EvaluationRound) -> tuple[Held, ...]:
    """Its polls, each with what was done to it."""
    found, taken = stages.steps(row, "poll", "page"), results(row)
    pages = {step.body["poll"]: step.body for step in found if step.move == "page"}
    return tuple(
        Held(
            electorate=step.body["electorate"],
            poll=Poll.read(canonical.dumps(step.body["statement"])),
            site=Site(**pages[name]["site"]) if (name := step.body["poll"]) in pages else None,
            digest=pages[name]["hash"] if name in pages else "",
            taken=taken.get(step.body["electorate"]),
        )
        for step in found
        if step.move == "poll"
    )


def results(row: EvaluationRound) -> dict[int, OnlineResult]:
    """By electorate: what was taken."""
    taken = [step.body for step in stages.steps(row, "take")]
    return {body["electorate"]: _result(body) for body in taken}


def _result(body: Mapping[str, Any]) -> OnlineResult:
    counts = lists.Counts(**body["counts"])
    valid = counts.cast - counts.unreadable
    bands = {name: {answer: valid} for name, answer in body["bands"].items()}
    return OnlineResult(
        electorate=body["electorate"],
        electors=counts.electors,
        void=counts.void,
        cast=counts.cast,
        invalid=counts.unreadable,
        counts={**body["tallies"], **bands} if counts.list_b else None,
        used=counts.signed,
        unused=counts.codes - counts.signed - counts.void,
        disputed=counts.disputed,
        refuted=counts.refuted,
        is_annulled=body["annulled"],
    )


def _electorate(frozen: Frozen, number: int) -> FrozenElectorate:
    found = {one.number: one for one in frozen.electorates}
    if number not in found:
        told = say("这一轮没有第{number}组参评人员。", number=number)
        raise Problem("evaluations.no_electorate", told, hint="从封存的名单中选。")
    return found[number]


def _known(made: Mapping[str, int], poll: Poll) -> int:
    electorate = made.get(poll.fingerprint)
    if electorate is None:
        raise Problem("evaluations.other_poll", "这份场次文件不是这一轮评议的。", hint="请核对文件夹和评议的编号。")
    return electorate
