"""How fast obligations become duties, with how much memory, and how fast 'what do we owe' is answered.

    python -m benchmarks.duties [APPOINTMENTS]

Twelve monthly obligations of a role that so many people hold, expanded for one month into a database of its own
(XIANFENG_DATA in a temporary folder, or DATABASE_URL). The work of this process is told beside the wall clock, which
another's load and the database's own work lengthen.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import resource
import statistics
import sys
import tempfile
import time

APPOINTMENTS = 50_000
OBLIGATIONS = 12
GOAL = 100_000  # duties a second
OWED_GOAL = 0.050  # seconds, of ninety-five answers in a hundred
VILLAGES = 5_000
ASKED = 400

_KINDS = ("visit", "seminar", "opinion", "activity", "publicity", "statement")
SCHEME = """
xianfeng: 1
scheme: bench-2012
title: 测速
historical: true
at: "350100"
include: [core]
runs: {from: 2012-01-01, to: 2012-01-31}
roles: {official: {title: 干部}}
obligations:
"""


def main(count: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(f"{connection.vendor}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}")
        villages = _ground(count)
        return int(not all((_expanding(count), _owing(villages))))


def _ground(count: int) -> list[int]:
    """Villages under a city, people who hold the role there, and the campaign."""
    from django.db import transaction

    from xianfeng.ledger import actions
    from xianfeng.log import bulk, counters
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry import actions as registry
    from xianfeng.registry.models import Appointment, Person
    from xianfeng.scheme.loader import with_libraries

    by = Actor(kind=ActorKind.IMPORT)
    city = registry.Founding(code="350100", name="福州市", type="division", level="city", parent=None)
    below = (
        registry.Founding(code=f"v{n}", name=f"第{n}村", type="division", level="village", parent="350100")
        for n in range(VILLAGES)
    )
    top, *villages = registry.found_many(foundings=[city, *below], by=by)
    rules = "".join(
        f"  o{n}: {{title: 第{n}项, kind: {_KINDS[n % len(_KINDS)]}, of: official, every: month}}\n"
        for n in range(OBLIGATIONS)
    )
    actions.adopt(
        with_libraries({"scheme.yaml": SCHEME + rules}), by=Actor(kind=ActorKind.IMPORT, id=1, organisation=top)
    )
    with transaction.atomic():
        numbers = counters.take(counters.ENTRIES, count)  # their entries are left out: nobody reads them here
        bulk.insert(Person, ("id", "code"), ((n, f"p{n}") for n in numbers))
        bulk.insert(
            Appointment,
            ("id", "person_id", "organisation_id", "role", "since"),
            ((n, n, villages[n % VILLAGES], "official", dt.date(2010, 1, 1).isoformat()) for n in numbers),
        )
    return villages


def _expanding(count: int) -> bool:
    from xianfeng.duties import binding, expanding
    from xianfeng.ledger import versions

    binding.Registry(0)  # libraries are loaded once in a process
    before, wall, work = _memory(), time.perf_counter(), time.process_time()
    done = expanding.expand(versions.current("bench-2012"), now=dt.datetime(2012, 1, 10, 9, tzinfo=dt.UTC))
    wall, work = time.perf_counter() - wall, time.process_time() - work
    duties = sum(one.added for one in done)
    if duties != count * OBLIGATIONS:
        raise SystemExit(f"{duties} duties instead of {count * OBLIGATIONS}")
    print(f"expanded {duties:,} duties: {duties / wall:,.0f}/s wall, {duties / work:,.0f}/s of work (goal {GOAL:,})")
    print(f"memory grew by {(_memory() - before) / 1024:,.0f} MB")
    return duties / wall >= GOAL


def _owing(villages: list[int]) -> bool:
    from xianfeng.duties import owed

    now = dt.datetime(2012, 1, 10, 9, tzinfo=dt.UTC)
    took = []
    for village in villages[:: VILLAGES // ASKED]:
        start = time.perf_counter()
        owed.owed(village, now=now)
        took.append(time.perf_counter() - start)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"what do we owe: p95 {p95 * 1000:.1f} ms (goal {OWED_GOAL * 1000:.0f})")
    return p95 < OWED_GOAL


def _memory() -> int:
    """The most that this process has held so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else APPOINTMENTS))
