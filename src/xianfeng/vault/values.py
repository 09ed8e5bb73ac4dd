"""Keeping and reading personal values."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NewType

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.log import bulk, counters
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.vault import box, keyring
from xianfeng.vault.models import PersonalValue

Commitment = NewType("Commitment", str)  # 'vault:' and 64 hex digits; what an entry's body holds in the value's place

ERASED = "vault.erased"  # what is read was erased, and does not come back
_COLUMNS = ("commitment", "person", "record", "field", "key", "ciphertext")
_TURN = 7_301_884  # PostgreSQL's advisory lock of this room; SQLite's writers take turns anyway
_COUNT_READ = (
    "INSERT INTO vault_personalread (day, actor, owner, field, purpose, times) VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (day, actor, owner, field, purpose) DO UPDATE SET times = vault_personalread.times + excluded.times"
)


@dataclass(frozen=True, kw_only=True)
class Personal:
    """A personal value about to be kept. Free text belongs to its record, everything else to its person."""

    field: str
    value: str
    person: int | None = None
    record: int | None = None

    def __post_init__(self) -> None:
        owner_of(self.person, self.record)


def owner_of(person: int | None, record: int | None) -> str:
    if (person is None) == (record is None):
        raise ValueError("a personal value belongs to a person or to a record")
    return f"record:{record}" if person is None else f"person:{person}"


def keep(*, field: str, value: str, person: int | None = None, record: int | None = None) -> Commitment:
    return keep_many([Personal(field=field, value=value, person=person, record=record)])[0]


def keep_many(values: Sequence[Personal]) -> list[Commitment]:
    """Keep values inside the caller's transaction; what stands for each in the entry's body, in their order.

    An id that an entry is about to begin comes from `log.append.next_number`.
    """
    counters.require_transaction()
    take_turn(alone=False)
    keys = keyring.obtain(owner_of(value.person, value.record) for value in values)
    rows: list[bulk.Row] = []
    for value in values:
        owner = owner_of(value.person, value.record)
        commitment, ciphertext = box.lock(keys[owner], owner, value.field, value.value)
        rows.append((commitment, value.person, value.record, value.field, keys[owner].name, ciphertext))
    bulk.insert(PersonalValue, _COLUMNS, rows)
    return [Commitment(str(row[0])) for row in rows]


def latest(*, field: str, person: int | None = None, record: int | None = None) -> Commitment | None:
    """The commitment that a person's or record's field has now."""
    found = PersonalValue.objects.filter(person=person, record=record, field=field).order_by("-id")
    commitment = found.values_list("commitment", flat=True).first()
    return None if commitment is None else Commitment(commitment)


def read(commitment: Commitment | str, *, by: Actor, purpose: str = "") -> str:
    """A personal value; the reading is counted."""
    value = read_many([commitment], by=by, purpose=purpose)[Commitment(commitment)]
    if value is None:
        raise Problem(ERASED, "这项个人信息已按规定删除。", hint="删除记录见办理记录中的“erasure”条目。")
    return value


def read_many(commitments: Iterable[Commitment | str], *, by: Actor, purpose: str = "") -> dict[Commitment, str | None]:
    """Personal values by their commitments, None where erased; each reading is counted under its purpose, in words."""
    rows = list(PersonalValue.objects.filter(commitment__in=list(commitments)))
    keys = keyring.find(row.key for row in rows if row.ciphertext is not None)
    values = {Commitment(row.commitment): _opened(row, keys.get(row.key)) for row in rows}
    for commitment in commitments:
        if commitment not in values:
            raise Problem("vault.unknown", "没有这项个人信息。", place=str(commitment))
    opened = [row for row in rows if row.ciphertext is not None]
    _count(Counter((owner_of(row.person, row.record), row.field) for row in opened), by, purpose)
    return values


def count_reading(*, record: int, field: str, by: Actor, purpose: str = "") -> None:
    """A paper on a record that also says personal things was read: what it says is not known here, so it counts."""
    _count(Counter({(owner_of(None, record), field): 1}), by, purpose)


def take_turn(*, alone: bool) -> None:
    """Hold this room until the transaction ends: many may keep at once, an erasure is alone.

    Otherwise a value could be kept under a key that is being dropped.
    """
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_TURN])


def _opened(row: PersonalValue, key: keyring.Key | None) -> str | None:
    if row.ciphertext is None:
        return None
    owner = owner_of(row.person, row.record)
    value = box.unlock(key, owner, row.field, bytes(row.ciphertext), row.commitment) if key else None
    if value is None:
        raise Problem(
            "vault.unreadable",
            "这项个人信息读不出来：钥匙不在，或内容被改动。",
            hint="运行 xianfeng verify 查看是哪一种；钥匙丢失时从钥匙备份恢复。",
            place=f"{owner} {row.field}",
        )
    return value


def _count(times: Counter[tuple[str, str]], by: Actor, purpose: str) -> None:
    day: dt.date = timezone.localdate(by.moment)
    rows = [(day, by.ref, owner, field, purpose[:100], number) for (owner, field), number in sorted(times.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_COUNT_READ, rows)
