"""What `xianfeng verify` proves of personal values: each is the one that was filed, or was erased as the log says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS

from xianfeng.log.bulk import batched
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.sentences import say
from xianfeng.vault import box, keyring
from xianfeng.vault.models import PersonalValue
from xianfeng.vault.values import owner_of

_COMMITMENT = re.compile(rf'"({box.PREFIX}[0-9a-f]{{64}})"')
_BATCH = 2_000


def check(alias: str) -> Iterator[Finding]:
    held: set[str] = set()
    erased = 0
    with_keys = keyring.exists()
    for rows in batched(PersonalValue.objects.using(alias).order_by("id").iterator(chunk_size=_BATCH), _BATCH):
        keys = keyring.find(row.key for row in rows)
        for row in rows:
            held.add(row.commitment)
            if row.erased is None:
                yield from _kept(row, keys.get(row.key), with_keys=with_keys)
            else:
                erased += 1
                yield from _erased(row, keys.get(row.key))
    yield from _promised(alias, held)
    if erased:
        yield Finding(
            code="vault.erased", message=say("{n}项个人信息已按规定删除，只留承诺值。", n=erased), weight="note"
        )
    if not with_keys and len(held) > erased:
        yield _no_keyring(len(held) - erased, live=alias == DEFAULT_DB_ALIAS)


def _no_keyring(number: int, *, live: bool) -> Finding:
    """Whoever looks at a copy need not hold the keys; an installation without them has lost its personal values."""
    if live:
        told = say("个人信息的钥匙（keys/vault.sqlite3）不在了，{n}项个人信息读不出来。", n=number)
        return Finding(
            code="vault.no_keyring", message=told, hint=say("从钥匙备份恢复，再运行 xianfeng vault replay。")
        )
    told = say("没有个人信息的钥匙，{n}项个人信息只核对了承诺值是否齐全。", n=number)
    return Finding(code="vault.no_keyring", message=told, weight="note")


def _kept(row: PersonalValue, key: keyring.Key | None, *, with_keys: bool) -> Iterator[Finding]:
    place = say("个人信息（{owner}的{field}）", owner=_owner(row), field=row.field)
    if row.ciphertext is None:
        yield Finding(code="vault.gone", message=say("{place}内容不在了，却没有删除记录。", place=place))
    elif key is None and with_keys:
        hint = say("从钥匙备份恢复；如已删除，运行 xianfeng vault replay。")
        yield Finding(code="vault.no_key", message=say("{place}没有钥匙，读不出来。", place=place), hint=hint)
    elif key and box.unlock(key, _owner(row), row.field, bytes(row.ciphertext), row.commitment) is None:
        yield Finding(code="vault.changed", message=say("{place}被改动，与登记时的承诺值不符。", place=place))


def _erased(row: PersonalValue, key: keyring.Key | None) -> Iterator[Finding]:
    if row.ciphertext is not None or key is not None:
        told = say("已删除的个人信息（{owner}的{field}）仍能读出。", owner=_owner(row), field=row.field)
        yield Finding(
            code="vault.not_erased", seq=row.erased, message=told, hint=say("运行 xianfeng vault replay 重新删除。")
        )


def _promised(alias: str, held: set[str]) -> Iterator[Finding]:
    """Every commitment in the log has its row: one that lost it was removed past the erasure."""
    entries = Entry.objects.using(alias).filter(body__contains=f'"{box.PREFIX}').order_by("seq")
    for seq, body in entries.values_list("seq", "body").iterator():
        if lost := len(set(_COMMITMENT.findall(body)) - held):
            told = say("登记过的{n}项个人信息不在了，也没有删除记录。", n=lost)
            yield Finding(code="vault.lost", seq=seq, message=told)


def _owner(row: PersonalValue) -> str:
    """Of a row that may have been given two owners, or none, by whoever changed it."""
    return "没有归属" if (row.person is None) == (row.record is None) else owner_of(row.person, row.record)
