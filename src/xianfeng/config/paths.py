"""Where an installation keeps what is not code: one data folder, named by XIANFENG_DATA."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def data() -> Path:
    """The installation's folder: database, lake, keys, attachments. Created, private to its owner, when first asked for."""
    folder = Path(os.environ.get("XIANFENG_DATA", PROJECT / "var"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def room(name: str) -> Path:
    folder = data() / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
