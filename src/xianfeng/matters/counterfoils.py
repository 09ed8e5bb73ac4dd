"""From a code to the record that it stands for, and to whoever holds it."""

from __future__ import annotations

from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes
from xianfeng.matters.models import Counterfoil


def opened(code: str) -> Record | None:
    """The record of a code, as it is printed."""
    found = Counterfoil.objects.filter(digest=codes.digest(code)).select_related("record").first()
    return found.record if found else None


def kept(record: int, code: str) -> None:
    Counterfoil.objects.create(record_id=record, digest=codes.digest(code))


def holder(record: Record) -> Actor:
    """Whoever holds the code of a record: its requester, and nobody to any other."""
    return Actor(kind=ActorKind.COUNTERFOIL, id=record.id)
