"""The keys of personal values, one per person or record, in a file of their own beside the database.

Whoever copies the database has no key, and whoever drops a key has erased every copy of what it locked, backups of the
database included. So the keyring is backed up apart from the database, and not for long (docs/deploy.md).
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xianfeng import paths
from xianfeng.problems import Problem
from xianfeng.sentences import say

_BATCH = 500  # SQLite takes a bounded number of parameters in one statement


@dataclass(frozen=True)
class Key:
    name: str  # random: an owner whose key was dropped gets another one under another name
    secret: bytes = field(repr=False)


def exists() -> bool:
    return _path().exists()


def obtain(owners: Iterable[str]) -> dict[str, Key]:
    """Each owner's key, made where there is none. Written at once: a key that nothing uses does no harm."""
    wanted = sorted(set(owners))
    with _opened() as keyring:
        keyring.execute("BEGIN IMMEDIATE")
        keyring.executemany(
            "INSERT OR IGNORE INTO key (owner, name, secret) VALUES (?, ?, ?)",
            ((owner, secrets.token_hex(16), secrets.token_bytes(32)) for owner in wanted),
        )
        rows = list(_select(keyring, "SELECT owner, name, secret FROM key WHERE owner IN", wanted))
        keyring.execute("COMMIT")
    return {owner: Key(name, secret) for owner, name, secret in rows}


def find(names: Iterable[str]) -> dict[str, Key]:
    """The keys of these names that (still) exist, by name."""
    if not exists():
        return {}
    with _opened() as keyring:
        rows = list(_select(keyring, "SELECT name, secret FROM key WHERE name IN", sorted(set(names))))
    return {name: Key(name, secret) for name, secret in rows}


def drop(names: Iterable[str]) -> None:
    """Destroy keys; their bytes are overwritten in the file."""
    if not exists():
        return
    with _opened() as keyring:
        keyring.execute("BEGIN IMMEDIATE")
        keyring.executemany("DELETE FROM key WHERE name = ?", ((name,) for name in names))
        keyring.execute("COMMIT")


def _path() -> Path:
    return paths.room("keys") / "vault.sqlite3"


@contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    path = _path()
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        raise Problem(
            "vault.keyring_open",
            "个人信息的钥匙文件可以被其他用户读取，已停止使用。",
            hint=say("执行 chmod 600 {path}，并检查是谁改动了权限。", path=path),
        )
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as keyring:
        keyring.execute("PRAGMA secure_delete = ON")
        keyring.execute(
            "CREATE TABLE IF NOT EXISTS key (owner TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, secret BLOB NOT NULL)"
        )
        yield keyring


def _select(keyring: sqlite3.Connection, statement: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for first in range(0, len(values), _BATCH):
        part = values[first : first + _BATCH]
        yield from keyring.execute(f"{statement} ({', '.join('?' * len(part))})", part)
