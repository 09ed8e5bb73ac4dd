"""Seals: the whole log up to a number in one signed hash, and proofs that an entry is under it.

A seal covers entries 1 … size and is itself noted in the entry after them, so the next seal covers this one. Whoever
keeps a seal's root (it is printed in bulletins) can tell later whether anything under it was changed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone

from xianfeng.log import keys, merkle, seal_list
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append, next_number
from xianfeng.log.models import Seal
from xianfeng.log.rows import Hashed, Stray, hashed
from xianfeng.log.tiles import Tiles, write
from xianfeng.problems import Problem
from xianfeng.sentences import say

STREAM = "seal"


@transaction.atomic
def seal(*, by: Actor, new_key: bool = False) -> Seal:
    """Seal everything written so far. With nothing new since the last seal but its own note, that one still holds.

    `new_key`: sign with a new key from now on. Only then: a key that is gone or exchanged stops the sealing.
    """
    size = next_number() - 1
    previous = Seal.objects.order_by("size").last()
    if size == 0:
        raise Problem("log.empty", "还没有任何办理记录，没有可以封存的内容。", hint="先登记工作，再封存。")
    if previous is not None and size <= previous.size + 1 and not new_key:
        return previous
    write(previous.size if previous else 0, _leaves(previous.size if previous else 0))
    made = _signed(size, previous, Tiles(size), _key(previous, new=new_key), by.moment)
    body = {"size": size, "root": bytes(made.root).hex(), "algorithm": made.algorithm, "key": made.key}
    append([Draft(stream=STREAM, action="seal", day=timezone.localdate(by.moment), body=body)], by=by)
    made.save(force_insert=True)
    # The seal stands whether or not its line could be written; the next one adds it, and `verify` tells till then.
    transaction.on_commit(seal_list.complete, robust=True)
    return made


@dataclass(frozen=True, kw_only=True)
class Inclusion:
    """That entry `seq` with hash `leaf` is under a seal."""

    seq: int
    leaf: bytes
    size: int
    root: bytes
    algorithm: str
    proof: tuple[bytes, ...]

    def holds(self) -> bool:
        algorithm = merkle.ALGORITHMS[self.algorithm]
        return merkle.verify_inclusion(self.leaf, self.seq - 1, self.size, self.root, self.proof, algorithm=algorithm)


def inclusion(seq: int, under: Seal | None = None) -> Inclusion | None:
    """The proof for an entry under a seal, or under the first that covers it; None when none does yet."""
    covering = under or Seal.objects.filter(size__gte=seq).order_by("size").first()
    if covering is None or not 1 <= seq <= covering.size:
        return None
    tiles = Tiles(covering.size, merkle.ALGORITHMS[covering.algorithm])
    return Inclusion(
        seq=seq,
        leaf=tiles.subtree(seq - 1, seq),
        size=covering.size,
        root=bytes(covering.root),
        algorithm=covering.algorithm,
        proof=tuple(merkle.inclusion(seq - 1, covering.size, tiles.subtree)),
    )


def _key(previous: Seal | None, *, new: bool) -> Ed25519PrivateKey:
    if new:
        return keys.replace()
    if previous is None:
        return keys.obtain()
    key = keys.signing_key()
    if keys.fingerprint(key.public_key()) != previous.key:
        raise Problem(
            "log.key_exchanged",
            "签名私钥与上一次封存所用的不是同一把，没有封存。",
            hint="请恢复原来的 keys/seal.key；确实要更换时运行 xianfeng seal --new-key，核对时会注明。",
        )
    return key


def _signed(size: int, previous: Seal | None, tiles: Tiles, signing: Ed25519PrivateKey, at: dt.datetime) -> Seal:
    made = Seal(
        size=size,
        at=at.astimezone(dt.UTC),
        algorithm=merkle.SHA256.name,
        root=tiles.subtree(0, size),
        previous=previous.size if previous else None,
        previous_root=bytes(previous.root) if previous else b"",
        proof=json.dumps([part.hex() for part in _consistency(size, previous, tiles)]),
        key=keys.fingerprint(signing.public_key()),
    )
    made.signature = signing.sign(made.statement)
    return made


def _consistency(size: int, previous: Seal | None, tiles: Tiles) -> list[bytes]:
    if previous is None:
        return []
    proof = merkle.consistency(previous.size, size, tiles.subtree)
    if not merkle.verify_consistency(previous.size, bytes(previous.root), size, tiles.subtree(0, size), proof):
        raise _tampered(previous.size)
    return proof


def _leaves(after: int) -> Iterator[bytes]:
    """The leaves of the entries after a number, hashed anew: what was changed before its sealing is not sealed."""
    for number, found in enumerate(hashed(connection, after=after), start=after + 1):
        if isinstance(found, Stray) or not _is_whole(found, number):
            raise _tampered(found.seq)
        yield found.stored_leaf


def _is_whole(found: Hashed, number: int) -> bool:
    return found.seq == number and found.leaf == found.stored_leaf and found.postings == found.stored_postings


def _tampered(seq: int) -> Problem:
    return Problem(
        "log.tampered",
        "办理记录与写入时不一致，不能封存。",
        hint="运行 xianfeng verify 查看是哪些条目。",
        place=say("第{seq}条", seq=seq),
    )
