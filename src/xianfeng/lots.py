"""Drawing lots so that nobody can choose or foresee them, and everybody can repeat them afterwards.

Whoever draws is bound to what is drawn from and to a secret before a public value is known: he cannot choose. Others do
not know the secret until it is revealed: they cannot foresee. seed = SHA-256(what was sealed ‖ secret ‖ public value);
under it the lowest HMACs win. A seal's root would be no public value: whoever adds entries before it can try until the
draw suits him.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable

from xianfeng import canonical, characters
from xianfeng.problems import Problem
from xianfeng.sentences import say

SECRET = 32  # bytes
_LATEST = dt.timedelta(days=60)
_LONGEST = 8  # digits: no number on a slip has more
_COMMITMENT, _SEED = b"xianfeng inspections commitment\0", b"xianfeng inspections seed\0"  # as draws were published


def fresh() -> bytes:
    return secrets.token_bytes(SECRET)


def commitment(secret: bytes) -> str:
    return hashlib.sha256(_COMMITMENT + secret).hexdigest()


def refuse_known(known: dt.date, *, today: dt.date) -> None:
    """Before sealing: of a value that is known already, secrets can be tried until the draw suits; and a day that never
    comes puts off for ever what is to be drawn."""
    if known <= today:
        raise Problem("lots.known", "公布的数已经产生，不能再用。", hint="另选一个今天以后产生的数。", field="known")
    if known - today > _LATEST:
        told = say("{day}太远了：公布的数要在{n}天以内产生。", day=known, n=_LATEST.days)
        raise Problem("lots.far", told, hint=say("核对日期；另选一个早些公布的数。"), field="known")


def refuse_early(known: dt.date, *, today: dt.date) -> None:
    if today < known:
        told = say("要到{day}才能抽取。", day=known)
        raise Problem("lots.too_early", told, hint="到了封存时写明的那一天再抽。")


def counted(value: str) -> str:
    """What of a public value goes into the seed: its digits and Latin letters, in one spelling, and nothing between.

    A value is copied by hand from where it was published; what looks the same or reads the same gives the same draw.
    """
    return "".join(re.findall(r"[0-9a-z]+", unicodedata.normalize("NFKC", value).lower()))


def seed(sealed: bytes, *, bound: str, which: str, secret: bytes, value: str) -> bytes:
    """`bound`: the commitment, and `which`: the public value in words, both as they were sealed."""
    if len(secret) != SECRET or commitment(secret) != bound:
        hint = say("用封存名册时的那个密数；密数丢失的，这次抽取作废，另行报批。")
        raise Problem("lots.secret", "密数与名册中的封存值不符。", hint=hint)
    written = counted(value)
    if not written or characters.misleading(value.strip()):
        told = say("公布的数里没有数字和字母，或者有控制符号。")
        raise Problem("lots.value", told, hint=say("名册写明用：{value}", value=which), field="value")
    return hashlib.sha256(_SEED + sealed + secret + written.encode()).digest()


def ticket(seed: bytes, *codes: str) -> bytes:
    """Of those that can be drawn, the ones with the lowest tickets are."""
    return hmac.digest(seed, canonical.dumps(codes).encode(), "sha256")


def numbers(words: Iterable[str], *, line: str) -> list[int]:
    """The numbers of slips that were drawn by hand, as they were typed on a line."""
    found = list(words)
    if not all(word.isascii() and word.isdecimal() and len(word) < _LONGEST for word in found):
        told = say("“{line}”里有不是编号的字。", line=line)
        raise Problem("lots.slip", told, hint="每行写编号，用空格隔开，例如：17 2 5。", field="lines")
    return [int(word) for word in found]


def words(line: str) -> list[str]:
    """What stands on a line, whichever sign stands between."""
    return re.split(r"[\s，,、]+", line.strip())


def refuse_unwitnessed(witnesses: str, *, person: int | None) -> None:
    """What was drawn by hand is typed by somebody who can be told from whoever confirms it, and others watched."""
    if person is None:
        raise Problem("lots.no_person", "登记要由登录的人办。", hint="请用自己的账号登录办理。")
    if not witnesses.strip():
        hint = say("写明谁在场见证，可以写几位。")
        raise Problem("lots.no_witness", "没有写见证人。", hint=hint, field="witnesses")


def own_typing() -> Problem:
    return Problem("lots.own_typing", say("登记的人不能自己核对。"), hint="请办公室另一位同志核对。")


def refuse_typed_anew(seen: int, *, typed: int) -> None:
    """Who confirms says which typing he was shown, by its number in the log: between showing and confirming it can be
    sent back and typed anew, by whoever would have his own numbers confirmed unread."""
    if seen != typed:
        hint = say("回到核对的页面，对着签了字的结果把现在登记的再看一遍。")
        raise Problem("lots.typed_anew", say("现在登记的不是您看过的那一份，没有核对。"), hint=hint)
