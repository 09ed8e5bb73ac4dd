"""Giving each code one blind signature: the same request again gets the same answer, another one none.

Nobody is named as having done anything here: a log of who came when would be half of what links a voter to a ballot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from xianfeng.ballots import codes, protocol, rewriting
from xianfeng.ballots.calls import Used
from xianfeng.ballots.issuing import keys
from xianfeng.ballots.issuing.models import Code, Poll
from xianfeng.ballots.lists import Issued
from xianfeng.problems import Problem
from xianfeng.sentences import say

_AT_ONCE = 5_000


@transaction.atomic(using="issuing")
def open_poll(*, poll: protocol.Poll, digests: Iterable[str]) -> Poll:
    """Before the first code is handed out; a poll is opened once."""
    kept = sorted(set(digests))
    if not kept or not all(map(codes.is_digest, kept)):
        hint = say("交领票处的是 digests.txt；codes.txt 是印票条用的，不能交出去。")
        raise Problem("ballots.digests", "票码文件不对，里面不是票码的校验值。", hint=hint)
    if len(kept) > poll.electors:
        raise Problem("ballots.codes_many", "票码多于封存名单上的人数。", hint="请核对名单和票码文件。")
    if Poll.objects.filter(fingerprint=poll.fingerprint).exists():
        raise Problem("ballots.opened", "本场测评已经开放领票。", hint="一场测评只开放一次。")
    key = hashlib.sha256(poll.key).hexdigest()
    if Poll.objects.filter(key=key).exists():  # whoever has a blind signature can use it in any poll of its key
        hint = say("一场测评一对密钥：新制一对，写进场次文件，重新封存。")
        raise Problem("ballots.key_used", "这个公钥已用于另一场测评。", hint=hint)
    keys.signer(poll)
    opened = Poll.objects.create(fingerprint=poll.fingerprint, key=key, text=poll.text)
    Code.objects.bulk_create([Code(digest=digest, poll=opened) for digest in kept], batch_size=_AT_ONCE)
    return opened


@transaction.atomic(using="issuing")
def sign(*, fingerprint: str, code: str, blinded: bytes) -> bytes:
    """The signature leaves after the commit, so none is out that the table does not know.

    A poll signs one after the other: whoever closes it counts what was signed, and nothing comes after.
    """
    poll = _poll(fingerprint, locked=True)
    kept = _code(poll, code)
    request = hashlib.sha256(blinded).hexdigest()
    if kept.request == request:
        return bytes(kept.signature)
    _refuse(poll, kept)
    kept.signature = keys.signer(protocol.Poll.read(poll.text)).sign(blinded)
    kept.request = request
    kept.save(update_fields=("request", "signature"))
    return bytes(kept.signature)


@transaction.atomic(using="issuing")
def void(*, fingerprint: str, code: str) -> None:
    """A paper sheet was taken for it."""
    poll = _poll(fingerprint, locked=True)
    kept = _code(poll, code)
    _refuse(poll, kept)
    kept.is_void = True
    kept.save(update_fields=("is_void",))


@transaction.atomic(using="issuing")
def dispute(*, fingerprint: str, code: str) -> None:
    """Whoever has the code says that somebody else used it: counted once, however often it is said."""
    poll = _poll(fingerprint, locked=True)
    kept = _code(poll, code)
    if kept.is_disputed:
        return
    if not poll.is_open:
        raise Problem("ballots.issuing_closed", "领票已经结束。", hint="请直接向监票人反映。")
    if kept.is_void or not kept.request:
        raise Problem("ballots.code_unused", "这个票码没有用过。", hint="可以用它投票；换了纸质票的，请填写纸质票。")
    kept.is_disputed = True
    kept.save(update_fields=("is_disputed",))
    Poll.objects.filter(fingerprint=fingerprint).update(disputed=F("disputed") + 1)


@transaction.atomic(using="issuing")
def count_refusal(*, fingerprint: str) -> None:
    Poll.objects.filter(fingerprint=fingerprint).update(refused=F("refused") + 1)


def close(*, fingerprint: str) -> None:
    """No code is used for the first time any more; whoever was signed for can still have his signature again."""
    Poll.objects.filter(fingerprint=_poll(fingerprint).fingerprint).update(is_open=False)
    rewriting.rewrite(Code)


def destroy(*, fingerprint: str) -> None:
    """After the box is closed: the key goes, and what tells which code was used for which request."""
    poll = _poll(fingerprint)
    if poll.is_open:
        raise Problem("ballots.still_open", "还在领票，不能销毁。", hint="请先结束领票。")
    keys.destroy(protocol.Poll.read(poll.text))
    keys.destroy_secret(fingerprint)
    Code.objects.filter(poll=poll).exclude(request="").update(request="used", signature=b"", is_disputed=False)
    rewriting.rewrite(Code)


def counted(fingerprint: str) -> Issued:
    poll = _poll(fingerprint)
    every = Code.objects.filter(poll=poll)
    return Issued(
        poll=fingerprint,
        codes=every.count(),
        void=every.filter(is_void=True).count(),
        signed=every.exclude(request="").count(),
        refused=poll.refused,
        disputed=poll.disputed,
        used=used(fingerprint).hash,
    )


def used(fingerprint: str) -> Used:
    """Of a closed poll, for its observers: which numbers of codes were used. A code's number is its place among all,
    in the order of what is kept of them."""
    poll = _poll(fingerprint)
    if poll.is_open:
        raise Problem("ballots.still_open", "还在领票。", hint="请先结束领票。")
    every = list(Code.objects.filter(poll=poll).order_by("digest").values_list("request", "is_void", "is_disputed"))
    return Used(
        poll=fingerprint,
        codes=len(every),
        used=tuple(number for number, (request, _, _) in enumerate(every, start=1) if request),
        void=tuple(number for number, (_, is_void, _) in enumerate(every, start=1) if is_void),
        disputed=tuple(number for number, (_, _, is_disputed) in enumerate(every, start=1) if is_disputed),
        secret=keys.secret(fingerprint),
    )


def _poll(fingerprint: str, *, locked: bool = False) -> Poll:
    polls = Poll.objects.select_for_update() if locked else Poll.objects.all()
    found = polls.filter(fingerprint=fingerprint).first()
    if found is None:
        raise Problem("ballots.no_poll", "领票处没有这场测评。", hint="请核对票条上的网址。")
    return found


def _code(poll: Poll, code: str) -> Code:
    read = codes.read(code)
    if not read:
        raise Problem("ballots.code_misread", "票码抄写有误。", hint="请对照票条逐组核对。")
    digest = codes.digest(read, poll=poll.fingerprint, key=keys.under_codes())
    found = Code.objects.select_for_update().filter(digest=digest, poll=poll).first()
    if found is None:
        raise Problem("ballots.code_unknown", "本场测评没有这个票码。", hint="请核对票条上的场次和单位。")
    return found


def _refuse(poll: Poll, kept: Code) -> None:
    """What stands against a code's first use."""
    if kept.is_void:
        raise Problem("ballots.code_void", "这个票码已换成纸质票，不能再用。", hint="请填写纸质票。")
    if kept.request:
        raise Problem("ballots.code_used", "这个票码已经用过。", hint="如果不是您本人用的，请马上反映，并告诉监票人。")
    if not poll.is_open:
        raise Problem("ballots.issuing_closed", "领票已经结束。", hint="请按公告的时间参加。")
