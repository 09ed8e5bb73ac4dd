"""How fast obligations become duties, with how much memory, and how fast 'what do we owe' is answered.

    python -m benchmarks.duties [APPOINTMENTS [DUTIES]]

Twelve monthly obligations of a role that so many people hold, expanded for one month into a database of its own
(XIANFENG_DATA in a temporary folder, or DATABASE_URL). The work of this process is told beside the wall clock, which
another's load and the database's own work lengthen. What is owed is asked of a table of so many DUTIES: those of
earlier months are copied into it, one in ten still open.
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
DUTIES = 2_000_000
OPEN_IN = 10
OBLIGATIONS = 12
GOAL = 100_000  # duties a second
OWED_GOAL = 0.050  # seconds, of ninety-five answers in a hundred
TOWNS = 50
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


def main(count: int, duties: int) -> int:
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
        fast = _expanding(count)
        _earlier(duties // (count * OBLIGATIONS))
        return int(not all((fast, _owing(villages), _arrears())))


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
    towns = [
        registry.Founding(code=f"t{n}", name=f"第{n}镇", type="division", level="township", parent="350100")
        for n in range(TOWNS)
    ]
    below = [
        registry.Founding(code=f"v{n}", name=f"第{n}村", type="division", level="village", parent=f"t{n % TOWNS}")
        for n in range(VILLAGES)
    ]
    top, *found = registry.found_many(foundings=[city, *towns, *below], by=by)
    villages = found[TOWNS:]
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


def _earlier(months: int) -> None:
    """The month's duties again for as many months before it."""
    from django.db import connection, transaction

    from xianfeng.duties.models import Duty, Round

    first, many = list(Round.objects.order_by("id")), Duty.objects.count()
    start = time.perf_counter()
    for month in range(1, months):
        with transaction.atomic(), connection.cursor() as cursor:
            for row in first:
                row.id += len(first)
                row.since -= dt.timedelta(days=31)
                row.save(force_insert=True)
            cursor.execute(_COPIED, [month * many, month * len(first), OPEN_IN, many])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE duties_duty")
    print(f"{Duty.objects.count():,} duties in the table, copied in {time.perf_counter() - start:,.0f} s")


_COPIED = """
INSERT INTO duties_duty (id, round, organisation, place, appointment, about, started, term, due, least, most, met,
    state, voided, step)
SELECT id + %s, round + %s, organisation, place, appointment, about, started, term, due, least, most, 1,
    CASE WHEN id %% %s = 0 THEN 0 ELSE 1 END, voided, 0
FROM duties_duty WHERE id <= %s
"""


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


def _arrears() -> bool:
    """Of a town with a hundred villages, child by child."""
    from xianfeng.duties import owed
    from xianfeng.registry.models import Place

    now = dt.datetime(2012, 2, 10, 9, tzinfo=dt.UTC)
    towns = Place.objects.filter(organisation__level="township").values_list("id", flat=True)
    took = []
    for town in towns:
        start = time.perf_counter()
        owed.arrears("bench-2012", town, now=now)
        took.append(time.perf_counter() - start)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"arrears of a town by village: p95 {p95 * 1000:.1f} ms (goal {OWED_GOAL * 1000:.0f})")
    return p95 < OWED_GOAL


def _memory() -> int:
    """The most that this process has held so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    _GIVEN = [int(given) for given in sys.argv[1:]]
    sys.exit(main(*_GIVEN, *(APPOINTMENTS, DUTIES)[len(_GIVEN) :]))
