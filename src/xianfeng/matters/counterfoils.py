"""From a code to the record that it stands for, and to whoever holds it; another code for whoever lost his.

Whoever asks for another one may be anybody, so he says what only the requester knows: what was told in confidence when
the matter came in. It is compared here, and nobody reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from django.db import transaction

from xianfeng.ledger import handling
from xianfeng.ledger.drafting import STREAM, Taken
from xianfeng.ledger.models import Record
from xianfeng.ledger.values import spoken
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.models import Entry
from xianfeng.matters import codes
from xianfeng.matters.models import Counterfoil
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import values as vault

RENEWED = "renew_code"
_PURPOSE = say("核对补发查询码的人")
_BETWEEN = re.compile(r"[\s\-－—–()（）+]")


def opened(code: str) -> Record | None:
    """The record of a code, as it is printed."""
    found = Counterfoil.objects.filter(digest=codes.digest(code)).select_related("record").first()
    return found.record if found else None


def kept(record: int, code: str) -> None:
    Counterfoil.objects.create(record_id=record, digest=codes.digest(code))


def holder(record: Record) -> Actor:
    """Whoever holds the code of a record: its requester, and nobody to any other."""
    return Actor(kind=ActorKind.COUNTERFOIL, id=record.id)


def kept_alone(record: Record) -> bool:
    """Whether its requester was given the code by himself: nobody took the matter down for him or replaced the code."""
    entries = Entry.objects.filter(stream=STREAM, about=record.id).order_by("seq")
    filed = entries.values_list("actor", flat=True).first() or ""
    by_himself = filed.partition(":")[0] == ActorKind.COUNTERFOIL
    return by_himself and not entries.filter(action=RENEWED).exists()


def renew(*, by: Actor, record: int, code: str, told: Mapping[str, str], reason: str) -> None:
    """Another code in the place of the one before, which ends; an entry says so.

    `told`: what the requester says, by personal field. All of it has to agree with what the matter holds; `reason`: how
    he was known, in words. The same code again is the one that was given.
    """
    printed = codes.read(code)
    if not printed:
        raise Problem("matters.no_code", "页面太旧了，没有收到查询码。", hint="请重新打开页面再提交。")
    if not reason.strip():
        raise Problem("matters.unexplained", "没有写怎么核对的。", hint="请写清核对了什么。", field="reason")
    if Counterfoil.objects.filter(record=record, digest=codes.digest(printed)).exists():
        return
    _refuse_strangers(record, by, told)
    with transaction.atomic():
        found = handling.open_one(by=by, record=record)
        acting = found.acting
        taken = Taken(RENEWED, acting.day, acting.organisation, found.before, spoken(reason))
        handling.write_one(found, taken, by=by)
        Counterfoil.objects.update_or_create(record_id=record, defaults={"digest": codes.digest(printed)})


def known_by(record: Record) -> tuple[str, ...]:
    """What a matter holds of its requester, by which he can be known."""
    return tuple(json.loads(record.personal))


def _refuse_strangers(record: int, by: Actor, told: Mapping[str, str]) -> None:
    """Outside of the transaction, so that asking in vain is written down too."""
    held = json.loads(Record.objects.values_list("personal", flat=True).get(id=record))
    read = vault.read_many(held.values(), by=by, purpose=_PURPOSE)
    kept_values = {name: value for name in held if (value := read[held[name]]) is not None}
    said = {name: text for name, text in told.items() if name in kept_values and _bare(text)}
    if kept_values and not said:
        hint = say("请问清联系人或联系电话；说不上来的，不能补发。")
        raise Problem("matters.not_known", "没有填来人报的联系人或联系电话。", hint=hint)
    for name, text in said.items():
        if _bare(text) != _bare(kept_values[name]):
            hint = say("请再问一次；还是不一致的，不能补发。")
            raise Problem("matters.other_requester", "来人报的与登记的不一致。", hint=hint, field=name)


def _bare(text: str) -> str:
    return _BETWEEN.sub("", text)
