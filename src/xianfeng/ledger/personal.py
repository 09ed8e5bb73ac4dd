"""Personal fields: the value goes to the vault, its commitment into the image, and from there into the entry.

Whoever a record is about owns what it says of them; free text on a record about nobody belongs to the record. Either
can be erased, and the ledger's entries stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say
from xianfeng.vault import erasure
from xianfeng.vault import values as vault


@dataclass(frozen=True)
class Telling:
    """What one step of one record says in confidence."""

    record: int
    image: Image
    told: Mapping[str, str]


def keep(form: Form, tellings: Sequence[Telling]) -> list[dict[str, str]]:
    """Keep what was told; the commitments of each, by field. Inside the transaction that writes the entries."""
    about_person = form.kind.subject and form.kind.fields[form.kind.subject].type is FieldType.PERSON
    values = [
        vault.Personal(
            field=f"{form.register}.{name}",
            value=value,
            person=telling.image.subject if about_person else None,
            record=None if about_person and telling.image.subject is not None else telling.record,
        )
        for telling in tellings
        for name, value in telling.told.items()
    ]
    commitments = iter(vault.keep_many(values))
    return [{name: str(next(commitments)) for name in telling.told} for telling in tellings]


def committed(image: Image, commitments: Mapping[str, str]) -> Image:
    """The image with the commitments that its pending personal fields have been given."""
    known = {name: commitments.get(name, held) for name, held in image.personal.items()}
    return image._replace(personal=known)


def same(held: Mapping[str, str], told: Mapping[str, str], *, by: Actor) -> bool:
    """Whether what is told again is what is held. An erased value is not compared: it must not come back."""
    if held.keys() != told.keys():
        return False
    known = vault.read_many(held.values(), by=by) if held else {}
    return all(known[vault.Commitment(held[name])] in (None, told[name]) for name in held)


def erase(*, by: tuple[Actor, Actor], record: int, reason: str) -> int:
    """Erase what a record holds of personal text; two people decide. The sequence number of the erasure."""
    if not Record.objects.filter(id=record).exists():
        raise Problem("ledger.unknown_record", say("没有第 {record} 号记录。", record=record), hint="请核对记录编号。")
    return erasure.erase(by=by, record=record, reason=reason)
