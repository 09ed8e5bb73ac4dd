"""Erasures noted outside the database and the keyring, so that restoring an old backup of either undoes none.

One line of JSON each: what the erasure's entry says. It names keys, fields and commitments, never a value.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xianfeng import canonical
from xianfeng.config import paths


def note(body: Mapping[str, Any]) -> None:
    """Add a line and have it on the disk before anything is destroyed."""
    line = f"\n{canonical.dumps(body)}\n".encode()  # after a line that a full disk cut short, on a line of its own
    descriptor = os.open(_path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        while line:
            line = line[os.write(descriptor, line) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def noted() -> list[dict[str, Any]]:
    """Every erasure noted, oldest first."""
    if not _path().exists():
        return []
    found = []
    for line in _path().read_text(errors="replace").splitlines():
        try:
            body = json.loads(line)
        except ValueError:
            continue
        if isinstance(body, dict):
            found.append(body)
    return found


def _path() -> Path:
    return paths.room("keys") / "erasures.jsonl"
