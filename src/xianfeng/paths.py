"""Where an installation keeps what is not code: one data folder, named by XIANFENG_DATA."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def data() -> Path:
    """The installation's folder: database, lake, keys, attachments. Made when first asked for, private to its owner."""
    folder = _data()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _data() -> Path:
    return Path(os.environ.get("XIANFENG_DATA", PROJECT / "var"))


def room(name: str) -> Path:
    folder = data() / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def synthetic() -> Path:
    """The mark of a demonstration: where it lies, no record is real."""
    return data() / "synthetic"


def demonstrated() -> int | None:
    """The last entry of the demonstration, which its mark tells once it is whole."""
    lines = synthetic().read_text().split() if synthetic().exists() else []
    return int(lines[-1]) if lines and lines[-1].isdecimal() else None


def installation() -> str:
    """What tells this installation from another on the same machine, without telling where it lies."""
    return hashlib.sha256(str(_data().resolve()).encode()).hexdigest()[:16]


def write_atomically(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """The whole file or none of it: written aside, flushed to disk, renamed. A full disk leaves no partial file."""
    with _aside(path, content, mode) as aside:
        aside.replace(path)


def write_once(path: Path, content: bytes, *, mode: int = 0o600) -> bytes:
    """The same for what must never be made twice (a key): whoever comes first wins, and everybody gets that content."""
    if not path.exists():  # what is there is whole, and every ballot asks for a key
        with _aside(path, content, mode) as aside, contextlib.suppress(FileExistsError):
            os.link(aside, path)
    return path.read_bytes()


@contextlib.contextmanager
def _aside(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    aside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield aside
    finally:
        aside.unlink(missing_ok=True)
