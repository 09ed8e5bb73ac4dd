"""Files that arrived with forms which were never filed go away after a day. What an entry names never goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from xianfeng.ledger import files, scans
from xianfeng.ledger.models import Attachment
from xianfeng.log.bulk import batched

WAITS = 86_400  # seconds that a form may take from its first file to its filing
_SWEPT = ".swept"


def sweep_daily(waited_for: Callable[[], Collection[str]]) -> int:
    """Sweep, if nobody has for a day. `waited_for`: the hashes that forms put aside still need, asked only then."""
    mark = files.arrivals() / _SWEPT
    if _young(mark):
        return 0
    mark.touch()
    return sweep(waited_for())


def sweep(waited_for: Collection[str]) -> int:
    """How many files went: those that arrived over a day ago, stand in no entry and are waited for by no form."""
    old = list(_old())
    scanned = scans.hashes() if old else set()
    return sum(_swept(some, waited_for, scanned) for some in batched(old))


def _swept(arrived: Collection[Path], waited_for: Collection[str], scanned: Collection[str]) -> int:
    some = [path.name for path in arrived]
    named = {*scanned, *Attachment.objects.filter(sha256__in=some).values_list("sha256", flat=True)}
    gone = 0
    for mark in arrived:
        if mark.name in waited_for or _young(mark):  # handed in again since
            continue
        if mark.name not in named:
            files.path(mark.name).unlink(missing_ok=True)
            gone += 1
        mark.unlink(missing_ok=True)
    return gone


def _old() -> Iterator[Path]:
    return (mark for mark in files.arrivals().iterdir() if mark.name != _SWEPT and not _young(mark))


def _young(mark: Path) -> bool:
    try:
        return mark.stat().st_mtime > time.time() - WAITS
    except FileNotFoundError:
        return False
