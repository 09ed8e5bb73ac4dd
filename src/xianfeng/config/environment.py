"""Settings that an installation makes by environment variables or has generated for it, and never shares."""

from __future__ import annotations

import os
import secrets
from typing import Any
from urllib.parse import unquote, urlsplit

from xianfeng import paths


class SettingError(Exception):
    """A setting that cannot be used; the message says which and what to do."""


def secret_key() -> str:
    """XIANFENG_SECRET_KEY, or a key generated once per installation, mode 0600. There is no default."""
    given = os.environ.get("XIANFENG_SECRET_KEY", "")
    if given:
        return given
    path = paths.room("keys") / "secret_key"
    if path.exists():
        return path.read_text()
    return paths.write_once(path, secrets.token_urlsafe(64).encode()).decode()


_STAYS_OPEN = 60  # seconds: a page need not open the database anew, nor read again what it read for the last page


def database(name: str = "xianfeng.sqlite3", *, durable: bool = False) -> dict[str, Any]:
    """DATABASE_URL (postgresql://user:password@host/name or sqlite:///path), or SQLite in the data folder.

    `durable`: what was answered is on the disk, also when the power fails; each commit waits for that.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(str(paths.data() / name), durable=durable)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path, durable=durable)
    if parts.scheme in ("postgresql", "postgres"):
        socket = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(socket.get("host", parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": _STAYS_OPEN,
        }
    raise SettingError(f"DATABASE_URL starts with '{parts.scheme}:'. Use postgresql:// or sqlite:///.")


def _sqlite(path: str, *, durable: bool) -> dict[str, Any]:
    synchronous = "FULL" if durable else "NORMAL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 0 if durable else _STAYS_OPEN,  # a box and an issuer keep nothing in memory for the next
        "OPTIONS": {
            # IMMEDIATE: a transaction that will write takes its turn at once. DEFERRED ones that read first fail with
            # 'database is locked' under four writers (half of them, measured).
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # recursive_triggers: without it INSERT OR REPLACE deletes a row past the append-only triggers.
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-16000;"  # kB, of each connection
            ),
        },
    }
