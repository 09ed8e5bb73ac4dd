"""What a burst of messages does to those who file meanwhile: the 95th percentile against a quiet time, as a ratio.

    python -m benchmarks.messages [MESSAGES]

One process files a record every `PACE`, and not one as soon as the other is there; another posts MESSAGES escalations
beside it, some in each round. After each the same number is filed in quiet, so a machine that is slow for a while is
slow in both. On SQLite in a folder of its own, or in DATABASE_URL.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from benchmarks.ledger import SCHEME, ground

GOAL = 2.0  # times the quiet percentile
MESSAGES = 100_000
ROUNDS = 10
SAMPLES = 1_000  # filings of each sort, at least: fifty of them lie beyond the percentile; until then rounds go on
PACE = 0.01  # seconds from the beginning of one filing to that of the next
AT_ONCE = 5_000  # as the ladder posts them

_BURST = """
import datetime as dt, sys
import django
django.setup()
from xianfeng.messages.post import Note, post
from xianfeng.sentences import say
organisation, appointment, begin, end, at_once = map(int, sys.argv[1:])
words = say("{kind}还没有报，已报上级", kind="走访")
now = dt.datetime.now(dt.UTC)
print("ready", flush=True)
sys.stdin.readline()
made = 0
for first in range(begin, end, at_once):
    notes = [
        Note(topic=f"b{n}", words=words, link="/desk/", organisation=organisation, appointment=appointment)
        for n in range(first, min(end, first + at_once))
    ]
    made += post(notes, now=now)
assert made == end - begin, made
"""


def main(many: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XIANFENG_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return _measure(many)


def _measure(many: int) -> int:
    from django.db import connection

    from xianfeng.ledger import actions
    from xianfeng.log.actors import Actor, ActorKind
    from xianfeng.registry.actions import appoint, enter
    from xianfeng.scheme.loader import with_libraries

    villages, _, importer = ground()
    by = Actor(kind=ActorKind.IMPORT, id=1, organisation=importer)
    actions.adopt(with_libraries({"scheme.yaml": SCHEME}), by=by)
    day = dt.date(2012, 3, 1)
    person = enter(code="p", name="p", day=day, by=by)
    held = appoint(person=person, organisation=villages[0], role="clerk", day=day, by=by)

    def file() -> None:
        village = villages[0]
        who = Actor(kind=ActorKind.APPOINTMENT, id=held, organisation=village, role="clerk", person=person)
        actions.file(
            by=who, scheme="bench-2012", kind="claim", organisation=village, day=day, values={"post": "policy"}
        )

    each = -(-many // ROUNDS)
    quiet: list[float] = []
    busy: list[float] = []
    posted, seconds = 0, 0.0
    while posted < many or len(busy) < SAMPLES:
        found, lasted = _beside(file, villages[0], held, posted, posted + each)
        busy.extend(found)
        quiet.extend(_paced(file) for _ in found)
        posted, seconds = posted + each, seconds + lasted
    ratio = _percentile(busy) / _percentile(quiet)
    print(
        f"{connection.vendor}: {posted:,} messages posted in {seconds:.1f} s, {each:,} in a round; "
        f"{len(busy):,} records filed meanwhile, as many in quiet, one every {PACE * 1000:.0f} ms or more"
    )
    print(
        f"filing, 95th percentile: {_percentile(quiet) * 1000:.1f} ms quiet, {_percentile(busy) * 1000:.1f} ms beside "
        f"the burst; asked: under {GOAL} times, got: {ratio:.2f} times"
    )
    return 0 if ratio < GOAL else 1


def _beside(file: Callable[[], None], at: int, held: int, begin: int, end: int) -> tuple[list[float], float]:
    """How long filings took while these messages were posted, and for how long they were."""
    asked = [sys.executable, "-c", _BURST, *map(str, (at, held, begin, end, AT_ONCE))]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as burst:
        if burst.stdin is None or burst.stdout is None or burst.stdout.readline() != "ready\n":
            sys.exit("the process that posts did not begin")
        burst.stdin.write("go\n")
        burst.stdin.flush()
        began, times = time.perf_counter(), []
        while burst.poll() is None:
            times.append(_paced(file))
    if burst.returncode:
        sys.exit(burst.returncode)
    return times, time.perf_counter() - began


def _paced(file: Callable[[], None]) -> float:
    lasted = _seconds(file)
    time.sleep(max(PACE - lasted, 0))
    return lasted


def _percentile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES))
