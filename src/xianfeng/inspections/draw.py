"""The draw: from a sealed frame, the inspectorate's secret and a public value, by hashing alone.

seed = SHA-256(frame's fingerprint ‖ secret ‖ public value). In each stratum the units with the lowest HMACs under the
seed are drawn. The inspectorate cannot choose, since it was bound to frame and secret before the value was known; those
who are inspected cannot foresee, since they do not know the secret until the visits are over. Then anybody can repeat.
A seal's root would be no public value: whoever adds entries before it can try until the draw suits him.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xianfeng import canonical, characters
from xianfeng.inspections.frame import Frame, Inspector, Unit
from xianfeng.problems import Problem
from xianfeng.sentences import say

SECRET = 32  # bytes
_COMMITMENT, _SEED = b"xianfeng inspections commitment\0", b"xianfeng inspections seed\0"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A unit that was drawn, and who goes there: their codes."""

    unit: str
    inspectors: tuple[str, ...]


def fresh() -> bytes:
    return secrets.token_bytes(SECRET)


def commitment(secret: bytes) -> str:
    return hashlib.sha256(_COMMITMENT + secret).hexdigest()


def refuse_known(known: dt.date, *, today: dt.date) -> None:
    """Before sealing: of a value that is known already, secrets can be tried until the draw suits."""
    if known <= today:
        raise Problem("inspections.known", "公布的数已经产生，不能再用。", hint="另选一个今天以后产生的数。")


def refuse_early(known: dt.date, *, today: dt.date) -> None:
    if today < known:
        told = say("要到{day}才能抽取。", day=known)
        raise Problem("inspections.too_early", told, hint="到了封存时写明的那一天再抽。")


def counted(value: str) -> str:
    """What of a public value goes into the seed: its digits and Latin letters, in one spelling, and nothing between.

    A value is copied by hand from where it was published; what looks the same or reads the same gives the same draw.
    """
    return "".join(re.findall(r"[0-9a-z]+", unicodedata.normalize("NFKC", value).lower()))


def seed(frame: Frame, *, secret: bytes, value: str) -> bytes:
    if frame.by_hand:
        raise Problem("inspections.by_hand", "这份名册当众摇号，不用公布的数抽。", hint="当众摇出，再登记结果。")
    if len(secret) != SECRET or commitment(secret) != frame.commitment:
        hint = "用封存名册时的那个密数；密数丢失的，这次抽取作废，另行报批。"
        raise Problem("inspections.secret", "密数与名册中的封存值不符。", hint=hint)
    written = counted(value)
    if not written or characters.misleading(value.strip()):
        told = "公布的数里没有数字和字母，或者有控制符号。"
        raise Problem("inspections.value", told, hint=say("名册写明用：{value}", value=frame.value))
    return hashlib.sha256(_SEED + frame.fingerprint + secret + written.encode()).digest()


def drawn(frame: Frame, seed: bytes) -> tuple[Visit, ...]:
    """The visits, in the order of their units' hashes, so that no stratum has its inspectors before another."""
    if frame.flaws:
        raise Problem("inspections.frame", say("不能抽取：{first}", first=frame.flaws[0]), hint="改正名册，重新封存。")
    units = [
        unit
        for stratum in frame.strata
        for unit in sorted(frame.eligible(stratum.name), key=lambda unit: _ticket(seed, unit.code))[: stratum.size]
    ]
    load = Counter[str]()
    visits = []
    for unit in sorted(units, key=lambda unit: _ticket(seed, unit.code)):
        going = _going(seed, unit, frame.inspectors, load)[: frame.each]
        load.update(going)
        visits.append(Visit(unit=unit.code, inspectors=tuple(going)))
    return tuple(visits)


def _going(seed: bytes, unit: Unit, inspectors: Sequence[Inspector], load: Counter[str]) -> list[str]:
    """Whoever may go there, those with the fewest visits first, by lot among them."""
    free = [each.code for each in inspectors if unit.code not in each.conflicts]
    return sorted(free, key=lambda code: (load[code], _ticket(seed, unit.code, code)))


def _ticket(seed: bytes, *codes: str) -> bytes:
    return hmac.digest(seed, canonical.dumps(codes).encode(), "sha256")
