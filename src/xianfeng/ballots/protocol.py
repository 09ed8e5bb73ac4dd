"""What issuer, box, observers and voters agree on: a poll, and the message that a voter has signed unseen.

A poll is one electorate in one round. Its file is fixed and sealed before the first code is printed; its fingerprint
stands on every slip, so that a page can be held to it. Everything here is a function of its arguments.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xianfeng import canonical
from xianfeng.ballots import blind, opening
from xianfeng.ballots.blind import PREFIX
from xianfeng.ballots.forms import Form
from xianfeng.problems import Problem

HASH = 32
SALT = 32
SERIAL = 16
TAG = b"xianfeng ballot\x01"
LEAST_ELECTORS, LEAST_CAST = 20, 10  # of fewer, what is published would tell who answered what
OWN = PREFIX + SERIAL + HASH  # bytes of a prepared message that are the voter's own: prefix, serial, commitment


@dataclass(frozen=True)
class Poll:
    """`round` and `electorate` are hashes of what was sealed; `key` and `observers` are public keys."""

    title: str
    round: bytes
    electorate: bytes
    electors: int
    form: Form
    key: bytes
    observers: bytes
    least_electors: int
    least_cast: int
    annulled_above: int = 0  # percent: disputed codes among used ones, above which nothing is counted; 0: no such rule
    calls: int = 0  # so many of those whose code was used are called afterwards, and as many whose was not

    def __post_init__(self) -> None:
        if len(self.round) != HASH or len(self.electorate) != HASH:
            raise ValueError("round and electorate are named by hashes of 32 bytes")
        if self.electors < 1 or self.least_electors < LEAST_ELECTORS or self.least_cast < LEAST_CAST:
            raise ValueError(f"shown of {LEAST_ELECTORS} electors and {LEAST_CAST} ballots at least")
        if blind.bits(self.key) != blind.BITS:
            raise ValueError(f"signed by a key of {blind.BITS} bits")
        opening.read_public(self.observers)
        if not 0 <= self.annulled_above <= 100 or self.calls < 0:
            raise ValueError("annulled above some percent, and so many are called")

    @cached_property
    def text(self) -> str:
        """The poll's file."""
        return canonical.dumps(
            {
                "title": self.title,
                "round": self.round.hex(),
                "electorate": self.electorate.hex(),
                "electors": self.electors,
                "form": self.form.to_json(),
                "key": b64encode(self.key).decode(),
                "observers": b64encode(self.observers).decode(),
                "least": {"electors": self.least_electors, "cast": self.least_cast},
                "annulled_above": self.annulled_above,
                "calls": self.calls,
            }
        )

    def annuls(self, *, used: int, disputed: int) -> bool:
        """Whether nothing is counted: of so many used codes so many are said to have been used by somebody else."""
        return bool(self.annulled_above) and 100 * disputed > self.annulled_above * used

    @cached_property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def head(self) -> bytes:
        """What stands the same in every message of this poll."""
        return TAG + self.round + self.electorate + self.form.hash

    @classmethod
    def read(cls, text: str) -> Poll:
        """A Problem for what no poll can be, and for a file that is written otherwise: one poll has one fingerprint."""
        try:
            poll = cls._of(json.loads(text))
            if poll.text != text:
                raise ValueError("not as a poll is written")
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as fault:
            raise Problem("ballots.poll", "场次文件读不出来。", hint="请向组织测评的单位索取原文件。") from fault
        return poll

    @classmethod
    def _of(cls, given: dict[str, Any]) -> Poll:
        return cls(
            title=str(given["title"]),
            round=bytes.fromhex(given["round"]),
            electorate=bytes.fromhex(given["electorate"]),
            electors=int(given["electors"]),
            form=Form.of_json(given["form"]),
            key=b64decode(given["key"], validate=True),
            observers=b64decode(given["observers"], validate=True),
            least_electors=int(given["least"]["electors"]),
            least_cast=int(given["least"]["cast"]),
            annulled_above=int(given["annulled_above"]),
            calls=int(given["calls"]),
        )


def commitment(salt: bytes, packed: bytes) -> bytes:
    """C: what binds a ballot to its answers without telling them."""
    return hashlib.sha256(salt + packed).digest()


def prepared(poll: Poll, *, prefix: bytes, serial: bytes, commitment: bytes) -> bytes:
    """The message of a ballot with its random prefix in front (PrepareRandomize of RFC 9474)."""
    return prefix + poll.head + serial + commitment


def own(poll: Poll, message: bytes) -> bytes:
    """The voter's own part of a prepared message; a Problem for one that is not of this poll."""
    prefix, rest = message[:PREFIX], message[PREFIX:]
    if len(message) != OWN + len(poll.head) or not rest.startswith(poll.head):
        raise Problem("ballots.other_poll", "这张票不是本场测评的票。", hint="请核对票条上的场次和单位。")
    return prefix + rest[len(poll.head) :]


def whole(poll: Poll, own: bytes) -> bytes:
    """The prepared message again."""
    return own[:PREFIX] + poll.head + own[PREFIX:]


def name(message: bytes) -> str:
    """By what a ballot is known in the box and in the lists."""
    return hashlib.sha256(message).hexdigest()
