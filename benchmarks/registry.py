"""The nation's divisions into an empty SQLite database: nodes per second, peak memory, and the snapshot's time.

`python -m benchmarks.registry CODE …` brings in only what is under some codes.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

GOAL = 12_000  # nodes a second, with an entry each


def main(under: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        return _measure(under)


def _measure(under: list[str]) -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from xianfeng.log.actors import CLOCK
    from xianfeng.paths import PROJECT
    from xianfeng.registry import divisions, snapshots

    began = time.perf_counter()
    written = divisions.import_(PROJECT / divisions.SOURCE, under=under or None, by=CLOCK, progress=_tell)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    database = sum(file.stat().st_size for file in Path(os.environ["XIANFENG_DATA"]).glob("xianfeng.sqlite3*")) / 2**20
    rate = written / seconds
    print(f"\ndivisions with entries: {rate:,.0f} nodes/s, {written:,} nodes in {seconds:.1f} s (asked: {GOAL:,})")
    print(f"peak resident: {peak:,.0f} MiB (asked: 1,024); database {database:,.0f} MiB")
    import numpy  # noqa: F401 -- loading the libraries is not the snapshot
    import pyarrow.compute  # noqa: F401

    began = time.perf_counter()
    organisations, places, _ = snapshots.snapshot()
    seconds = time.perf_counter() - began
    print(
        f"snapshot: {seconds:.2f} s for {organisations.num_rows:,} organisations, {places.num_rows:,} places (asked: 3)"
    )
    return 0 if rate >= GOAL else 1


def _tell(done: int) -> None:
    print(f"\r{done}", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
