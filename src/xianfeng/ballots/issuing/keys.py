"""The issuer's keys, as files that it alone can read: one to sign with for each poll, one under all codes' HMACs."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache
from pathlib import Path

from xianfeng import lots, paths
from xianfeng.ballots.blind import Signer, fresh
from xianfeng.ballots.protocol import Poll
from xianfeng.problems import Problem


def make() -> bytes:
    """A signing key for a poll that is being prepared; its public half."""
    private, public = fresh()
    paths.write_once(_path(public), private)
    return public


def signer(poll: Poll) -> Signer:
    path = _path(poll.key)
    if not path.exists():
        raise Problem("ballots.no_key", "本场测评的签名密钥不在领票处。", hint="请联系组织测评的单位。")
    return _loaded(path.read_bytes())


@lru_cache(maxsize=16)
def _loaded(pem: bytes) -> Signer:
    """Checking a key takes fifty times as long as signing with it."""
    return Signer.load(pem)


def destroy(poll: Poll) -> None:
    _path(poll.key).unlink(missing_ok=True)


def under_codes() -> bytes:
    """Handed to the printer, who makes the codes and hands back what is kept of them."""
    return paths.write_once(paths.room("keys") / "codes.key", secrets.token_bytes(32))


def secret(fingerprint: str) -> bytes:
    """By which those who are called are drawn; the same whenever it is asked for."""
    return paths.write_once(_secret(fingerprint), lots.fresh())


def destroy_secret(fingerprint: str) -> None:
    _secret(fingerprint).unlink(missing_ok=True)


def _secret(fingerprint: str) -> Path:
    return paths.room("keys") / f"calls-{fingerprint[:32]}.key"


def _path(public: bytes) -> Path:
    return paths.room("keys") / f"poll-{hashlib.sha256(public).hexdigest()[:32]}.pem"
