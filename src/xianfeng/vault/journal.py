"""Erasures noted outside the database and the keyring, so that restoring an old backup of either undoes none.

One line of JSON each: what the erasure's entry says. It names keys, fields and commitments, never a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xianfeng import paths
from xianfeng.log import lines


def note(body: Mapping[str, Any]) -> None:
    """Add a line and have it on the disk before anything is destroyed."""
    lines.add(_path(), [body])


def noted() -> list[dict[str, Any]]:
    """Every erasure noted, oldest first."""
    return lines.read(_path())


def _path() -> Path:
    return paths.room("keys") / "erasures.jsonl"
