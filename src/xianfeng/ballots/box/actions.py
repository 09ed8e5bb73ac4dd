"""Taking ballots from whoever bears a signature of the poll's key, once each, and giving them up in no order at all."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from xianfeng.ballots import blind, opening, protocol, rewriting
from xianfeng.ballots.box import keys
from xianfeng.ballots.box.models import Ballot, Poll
from xianfeng.ballots.lists import Line, Taken
from xianfeng.problems import Problem

_AT_ONCE = 2_000
_RECEIPT = b"xianfeng ballot receipt 1\n"


@transaction.atomic(using="box")
def open_poll(*, poll: protocol.Poll) -> Poll:
    if Poll.objects.filter(fingerprint=poll.fingerprint).exists():
        raise Problem("ballots.opened_box", "本场测评已经开放投票。", hint="一场测评只开放一次。")
    return Poll.objects.create(fingerprint=poll.fingerprint, text=poll.text)


def cast(*, fingerprint: str, message: bytes, signature: bytes, content: bytes) -> bytes:
    """A receipt, under the box's key. The same ballot sent twice is there once and gets the same receipt."""
    poll = protocol.Poll.read(_poll(fingerprint).text)
    own = protocol.own(poll, message)
    if not blind.is_signed(poll.key, message, signature):
        raise Problem("ballots.forged", "这张票没有有效的签名，不能投。", hint="请回到领票的页面重新领票。")
    if len(content) != protocol.SALT + poll.form.size + opening.ADDED:
        raise Problem("ballots.content", "票的内容格式不对。", hint="请刷新页面后重试。")
    name = protocol.name(message)
    _put(fingerprint, Ballot(name=name, poll_id=fingerprint, own=own, signature=signature, content=content))
    return receipt(name)


def receipt(name: str) -> bytes:
    return keys.receipts().sign(_RECEIPT + name.encode())


@transaction.atomic(using="box")
def _put(fingerprint: str, ballot: Ballot) -> None:
    is_open = Poll.objects.select_for_update().get(fingerprint=fingerprint).is_open
    there = Ballot.objects.filter(name=ballot.name).first()
    if there is None:
        if not is_open:
            raise Problem("ballots.closed", "投票已经结束。", hint="请按公告的时间参加。")
        ballot.save(force_insert=True)
    elif bytes(there.content) != ballot.content:
        raise Problem("ballots.cast_twice", "这张票已经投过。", hint="一人一票，投出后不能再改。")


@transaction.atomic(using="box")
def count_refusal(*, fingerprint: str) -> None:
    Poll.objects.filter(fingerprint=fingerprint).update(refused=F("refused") + 1)


def close(*, fingerprint: str) -> None:
    """No ballot is taken any more, and what is there tells no order. Cut short, it is done again from the start."""
    Poll.objects.filter(fingerprint=_poll(fingerprint).fingerprint).update(is_open=False)
    rewriting.rewrite(Ballot)


def lines(fingerprint: str) -> Iterator[Line]:
    """Of a closed poll: list A."""
    for ballot in _of(fingerprint):
        yield Line(bytes(ballot.own), bytes(ballot.signature))


def sealed(fingerprint: str) -> Iterator[Line]:
    """Of a closed poll: what observers open."""
    for ballot in _of(fingerprint):
        yield Line(bytes(ballot.own), bytes(ballot.content))


def destroy(*, fingerprint: str) -> None:
    """After the observers have opened them: contents go; list A can still be written."""
    _closed(fingerprint)
    Ballot.objects.filter(poll_id=fingerprint).update(content=b"")
    rewriting.rewrite(Ballot)


def counted(fingerprint: str, *, list_a: str) -> Taken:
    """How many ballots and refusals, beside the hash of the list that was written of them."""
    cast = Ballot.objects.filter(poll_id=fingerprint).count()
    return Taken(poll=fingerprint, cast=cast, refused=_poll(fingerprint).refused, list_a=list_a)


def _of(fingerprint: str) -> Iterator[Ballot]:
    _closed(fingerprint)
    return Ballot.objects.filter(poll_id=fingerprint).order_by("name").iterator(chunk_size=_AT_ONCE)


def _closed(fingerprint: str) -> None:
    if _poll(fingerprint).is_open:
        raise Problem("ballots.box_open", "票箱还没有关闭。", hint="请先结束投票。")


def _poll(fingerprint: str) -> Poll:
    found = Poll.objects.filter(fingerprint=fingerprint).first()
    if found is None:
        raise Problem(
            "ballots.no_box", "票箱没有这场测评。", hint="它可能还没有开放：票存在您的设备上，到公告的时间再投。"
        )
    return found
