"""What issuer and box of a closed poll hand over, and what observers publish of it, without either being served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.ballots.voter import Kept
from xianfeng.ballots import lists, observing, protocol
from xianfeng.ballots.calls import Used
from xianfeng.ballots.lists import Issued, Line, Taken
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll

ANSWERS = [{"content": "满意"}] * 7 + [{"content": "不满意", "service": "三星", "code": "路灯"}] * 4 + [{}]
Cast = list[tuple[Kept, bytes]]  # what a voter kept, and the signature of it


@dataclass(frozen=True)
class Handed:
    """The folders and the file that lie before the observers."""

    published: Path
    sealed: Path
    issued: Path


def hand_over(folder: Path, poll: Poll, cast: Cast) -> Handed:
    handed = Handed(folder / "published", folder / "sealed", folder / "issued.json")
    own = [protocol.own(poll, kept.message) for kept, _ in cast]
    lists.write_poll(handed.published, poll)
    signed = (Line(each, signature) for each, (_, signature) in zip(own, cast, strict=True))
    list_a = lists.write_ballots(handed.published, signed)
    lists.write_sealed(handed.sealed, (Line(each, kept.sealed()) for each, (kept, _) in zip(own, cast, strict=True)))
    lists.write_taken(handed.sealed, Taken(poll=poll.fingerprint, cast=len(cast), refused=1, list_a=list_a))
    used = Used(poll.fingerprint, 20, used=tuple(range(1, 14)), void=(14, 15), disputed=(), secret=bytes(32))
    issued = Issued(poll=poll.fingerprint, codes=20, void=2, signed=13, refused=0, disputed=0, used=used.hash)
    lists.write_issued(handed.issued, issued)
    return handed


def publish(folder: Path, poll: Poll, opener: Opener, cast: Cast) -> Path:
    """The folder of what is published."""
    handed = hand_over(folder, poll, cast)
    opened = observing.open_all(poll, lists.sealed(handed.sealed), opener)
    observing.publish(handed.published, handed.sealed, issued=lists.issued(handed.issued, poll), opened=opened)
    return handed.published
