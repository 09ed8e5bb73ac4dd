"""Erasing personal values: two people decide, the log says so, and nothing that could be read is left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.log.actors import CLOCK, Actor, ActorKind
from xianfeng.log.append import Draft, append, next_number
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import journal, keyring
from xianfeng.vault.models import PersonalValue
from xianfeng.vault.values import owner_of, take_turn

STREAM = "erasure"


@transaction.atomic
def erase(*, by: tuple[Actor, Actor], reason: str, person: int | None = None, record: int | None = None) -> int:
    """Erase every personal value of a person or a record; the sequence number of the erasure."""
    owner = owner_of(person, record)
    _require_two_people(by)
    if not reason.strip():
        raise Problem("vault.no_reason", "删除个人信息要写明理由。", hint="例如：本人申请（附申请书编号）。")
    take_turn(alone=True)
    rows = PersonalValue.objects.filter(person=person, record=record, erased=None).order_by("id")
    found = list(rows.values_list("commitment", "field", "key"))
    if not found:
        raise Problem("vault.nothing", "没有可以删除的个人信息：没有登记过，或已经删除。", place=owner)
    body = {
        "owner": owner,
        "fields": sorted({field for _, field, _ in found}),
        "commitments": [commitment for commitment, _, _ in found],
        "keys": sorted({key for _, _, key in found}),
        "second": by[1].ref,
        "reason": reason,
    }
    seq = next_number()
    rows.update(ciphertext=None, erased=seq)
    append([Draft(stream=STREAM, action="erase", day=timezone.localdate(by[0].moment), body=body)], by=by[0])
    transaction.on_commit(lambda: _finish({**body, "first": by[0].ref}))
    return seq


@transaction.atomic
def replay_erasures() -> int:
    """Erase again what was erased, after a backup was restored; how many values had come back.

    From the log, and from the journal beside it where the log itself was set back to before the erasure: then the log
    gets an entry that says so. Also finishes an erasure whose process was killed between database and keyring.
    """
    take_turn(alone=True)
    bodies = list(_logged())
    returned = sum(_again(body["commitments"], seq) for seq, body in bodies)
    known = {key for _, body in bodies for key in body["keys"]}
    for body in journal.noted():
        rows = PersonalValue.objects.filter(commitment__in=body["commitments"], erased=None)
        if not known.issuperset(body["keys"]) and rows.exists():
            seq = next_number()
            returned += _again(body["commitments"], seq)
            append([Draft(stream=STREAM, action="replay", day=timezone.localdate(CLOCK.moment), body=body)], by=CLOCK)
        known.update(body["keys"])
    transaction.on_commit(lambda: _destroy(known))
    return returned


def _logged() -> Iterator[tuple[int, Mapping[str, Any]]]:
    for seq, text in Entry.objects.filter(stream=STREAM).order_by("seq").values_list("seq", "body").iterator():
        yield seq, json.loads(text)


def _again(commitments: list[str], seq: int) -> int:
    values = PersonalValue.objects.filter(commitment__in=commitments).exclude(ciphertext=None)
    return values.update(ciphertext=None, erased=seq)


def _finish(body: Mapping[str, Any]) -> None:
    journal.note(body)
    _destroy(body["keys"])


def _destroy(keys: Iterable[str]) -> None:
    keyring.drop(keys)
    if connection.vendor == "sqlite":
        # The log of recent writes still holds the pages as they were; readers at work may keep it for a while, and then
        # it holds what no key opens.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _require_two_people(by: tuple[Actor, Actor]) -> None:
    first, second = by
    if any(actor.kind is not ActorKind.APPOINTMENT or actor.person is None for actor in by):
        hint = say("请两人分别以本人的任职身份确认。")
        raise Problem("vault.not_a_person", "删除个人信息由两名任职人员共同决定。", hint=hint)
    if not first.apart(second.person):
        raise Problem("vault.same_person", "删除个人信息要由两名不同的人决定。", hint="请另一名同志确认。")
