"""The demonstration on SQLite, made once by `xianfeng demo prepare` and kept as long as it would be made the same.

It takes most of a minute of computing, and the tests on the demonstration's city and the journeys all begin with a
copy. It is kept under everything that it is made from, and under the day, for its accounts and seals bear dates:
whatever changes, another is made.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.databases import Database

ROOT = Path(__file__).parents[2]
KEPT = 2  # some 150 MB each
_HOME = ROOT / ".pytest_cache" / "demonstrations"
_WHERE = dt.timezone(dt.timedelta(hours=8))  # the demonstration's days
_MADE_FROM = ("src", "schemes", "requirements", "package-lock.json")


def demonstration() -> Database:
    """As the sources now stand; whoever asks first makes it, others wait."""
    _HOME.mkdir(parents=True, exist_ok=True)
    data = _HOME / _key()
    with (_HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            _make().rename(data)
        _forget(but=data)
    path = data / "xianfeng.sqlite3"
    return Database(str(path), f"sqlite://{path}", data)


def _key() -> str:
    told = hashlib.sha256(f"{dt.datetime.now(tz=_WHERE).date()} {sys.version}".encode())
    for path in _sources():
        told.update(f"\0{path.relative_to(ROOT)}\0".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _sources() -> Iterator[Path]:
    for name in _MADE_FROM:
        found = [ROOT / name, *(ROOT / name).rglob("*")]
        yield from sorted(path for path in found if path.is_file() and path.suffix != ".pyc")


def _make() -> Path:
    """In a folder beside: one that is cut short is never taken for the whole."""
    shutil.rmtree(_HOME / "making", ignore_errors=True)
    data = _HOME / "making"
    data.mkdir(mode=0o700)
    complete(environment(data))
    return data


def complete(installation: Mapping[str, str]) -> None:
    """Make there what is missing."""
    with tempfile.TemporaryDirectory() as papers:
        command = [Path(sys.executable).with_name("xianfeng"), "demo", "prepare", "--out", papers]
        done = subprocess.run(command, env=installation, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-4000:]}"


def environment(data: Path) -> dict[str, str]:
    """For a child process: that installation, whatever database the tests themselves stand on."""
    left_out = ("DATABASE_URL", "XIANFENG_SITE")
    return {**{name: value for name, value in os.environ.items() if name not in left_out}, "XIANFENG_DATA": str(data)}


def _forget(*, but: Path) -> None:
    """All but the last ones used."""
    but.touch()
    last = sorted((path for path in _HOME.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)
    for path in last[KEPT:]:
        shutil.rmtree(path)
