"""Files beside the keys that only grow, one JSON text a line: what must outlive the database being set back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from xianfeng import canonical


def add(path: Path, bodies: Iterable[Mapping[str, Any]]) -> None:
    """Add a line each, and have them on the disk before returning."""
    # Each on a line of its own, also after one that a full disk cut short.
    content = "".join(f"\n{canonical.dumps(body)}\n" for body in bodies).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        while content:
            content = content[os.write(descriptor, content) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path) -> list[dict[str, Any]]:
    """Every whole line, oldest first."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text(errors="replace").splitlines():
        try:
            body = json.loads(line)
        except ValueError:
            continue
        if isinstance(body, dict):
            found.append(body)
    return found
