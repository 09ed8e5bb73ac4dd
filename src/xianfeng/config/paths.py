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


def write_atomically(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """The whole file or none of it: written aside, flushed to disk, renamed. A full disk leaves no partial file."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
