"""Telling senders apart for a day without keeping who they are.

An address becomes a hash under a salt made for the day. The salt lies in a file beside the database, in no backup of
it, and is thrown away after its day: what is left then leads to no address, not even by trying them all.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from xianfeng import paths
from xianfeng.accounts.attempts import household

_ROOM = "passing"


def sender(address: str, day: dt.date) -> str:
    return hmac.new(_salt(day), household(address).encode(), hashlib.sha256).hexdigest()


def forget(day: dt.date) -> None:
    """Throw away the salts of the days before."""
    for path in paths.room(_ROOM).glob("salt-*"):
        if path.name < _name(day):
            path.unlink(missing_ok=True)


def _salt(day: dt.date) -> bytes:
    path = paths.room(_ROOM) / _name(day)
    return paths.write_once(path, secrets.token_bytes(32))


def _name(day: dt.date) -> str:
    return f"salt-{day.isoformat()}"
