"""A file that was sent and is not done with: kept aside under the appointment that sent it, with how far it has come.

It may hold people's names, so it lies in the data folder, private, and goes away once it is written, dropped, or a day
old. What was found in it is kept without names.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xianfeng import paths

KEPT = 86_400  # seconds
_TOKEN = re.compile(r"[0-9]{1,18}-[0-9a-f]{32}")
_NAME = re.compile(r"[\x00-\x1f/\\:]")


@dataclass(frozen=True)
class Fault:
    place: str
    message: str
    hint: str


@dataclass(frozen=True)
class Found:
    """What a file says, counted. `kind`: organisations | contacts; '' when it could not be read at all."""

    kind: str
    rows: int
    counts: tuple[tuple[str, int], ...]
    sample: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]
    more: int  # faults that are not told


@dataclass(frozen=True)
class State:
    """`step`: checking, checked, writing, written, failed or stopped. `pid`: the process that works on it."""

    step: str
    done: int = 0
    total: int = 0
    pid: int = 0
    number: int = 0  # the import's
    told: str = ""

    @property
    def running(self) -> bool:
        return self.step in ("checking", "writing")

    @property
    def broken(self) -> bool:
        """Whoever worked on it is gone: a restart, a power cut. A transaction ends with its process."""
        return self.running and not _alive(self.pid)


@dataclass(frozen=True)
class Pending:
    token: str

    @property
    def folder(self) -> Path:
        return paths.room("uploads") / self.token

    @property
    def file(self) -> Path:
        return next(path for path in (self.folder / "file").iterdir())

    @property
    def state(self) -> State:
        return State(**_read(self.folder / "state.json"))

    @property
    def found(self) -> Found | None:
        path = self.folder / "found.json"
        if not path.exists():
            return None
        read = _read(path)
        return Found(
            kind=read["kind"],
            rows=read["rows"],
            counts=tuple((title, count) for title, count in read["counts"]),
            sample=tuple(map(tuple, read["sample"])),
            notes=tuple(read["notes"]),
            faults=tuple(Fault(**fault) for fault in read["faults"]),
            more=read["more"],
        )

    @property
    def stopping(self) -> bool:
        return (self.folder / "stop").exists()

    def tell(self, state: State) -> None:
        _write(self.folder / "state.json", asdict(state))

    def keep(self, found: Found) -> None:
        _write(self.folder / "found.json", asdict(found))

    def stop(self) -> None:
        (self.folder / "stop").touch()

    def begin_writing(self) -> bool:
        """True for the first who asks, whoever presses the button how often."""
        try:
            os.close(os.open(self.folder / "writing", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        return True

    def begin_again(self) -> None:
        """After a broken or stopped attempt, of which nothing was written."""
        for name in ("writing", "stop"):
            (self.folder / name).unlink(missing_ok=True)

    def drop_file(self) -> None:
        shutil.rmtree(self.folder / "file", ignore_errors=True)

    def drop(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def receive(appointment: int, name: str, chunks: Iterable[bytes]) -> Pending:
    _forget_old()
    pending = Pending(f"{appointment}-{secrets.token_hex(16)}")
    (pending.folder / "file").mkdir(mode=0o700, parents=True)
    path = pending.folder / "file" / (_NAME.sub("_", name)[-100:] or "file")
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return pending


def of(appointment: int, token: str) -> Pending | None:
    """What this appointment sent; another's is not there."""
    if not _TOKEN.fullmatch(token) or not token.startswith(f"{appointment}-"):
        return None
    pending = Pending(token)
    return pending if (pending.folder / "state.json").exists() else None


def of_all(appointment: int) -> tuple[Pending, ...]:
    """What this appointment sent and is not done with."""
    sent = (Pending(folder.name) for folder in sorted(paths.room("uploads").glob(f"{appointment}-*")))
    return tuple(one for one in sent if (one.folder / "state.json").exists() and one.state.step != "written")


def _forget_old() -> None:
    for folder in paths.room("uploads").iterdir():
        if folder.stat().st_mtime < time.time() - KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text())
    return read


def _write(path: Path, said: dict[str, Any]) -> None:
    paths.write_atomically(path, json.dumps(said, ensure_ascii=False).encode(), mode=0o600)
