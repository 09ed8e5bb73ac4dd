"""What a burst of messages does to those who file meanwhile: the 95th percentile against a quiet time, as a ratio.

    python -m benchmarks.messages [MESSAGES]

One process files record after record; another posts MESSAGES escalations beside it. On SQLite in a folder of its own,
or in DATABASE_URL. Both percentiles come from one run, so a machine that is slow is slow in both.
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
QUIET = 1_000  # filings before the burst, and as many after it
AT_ONCE = 5_000  # as the ladder posts them

_BURST = """
import datetime as dt, sys
import django
django.setup()
from xianfeng.messages.post import Note, post
from xianfeng.sentences import say
organisation, appointment, many, at_once = map(int, sys.argv[1:])
words = say("{kind}还没有报，已报上级", kind="走访")
now = dt.datetime.now(dt.UTC)
print("ready", flush=True)
made = 0
for first in range(0, many, at_once):
    notes = [
        Note(topic=f"b{n}", words=words, link="/desk/", organisation=organisation, appointment=appointment)
        for n in range(first, min(many, first + at_once))
    ]
    made += post(notes, now=now)
assert made == many, made
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

    before = [_seconds(file) for _ in range(QUIET)]
    asked = [sys.executable, "-c", _BURST, str(villages[0]), str(held), str(many), str(AT_ONCE)]
    burst = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)
    next(iter(burst.stdout or ()))
    began, filed = time.perf_counter(), []
    while burst.poll() is None:
        filed.append(_seconds(file))
    seconds = time.perf_counter() - began
    after = [_seconds(file) for _ in range(QUIET)]
    quiet, busy = _percentile([*before, *after]), _percentile(filed)
    ratio = busy / quiet
    print(f"{connection.vendor}: {many:,} messages posted in {seconds:.1f} s while {len(filed):,} records were filed")
    print(
        f"filing, 95th percentile: {quiet * 1000:.1f} ms quiet, {busy * 1000:.1f} ms beside the burst: "
        f"{ratio:.2f} times (asked: {GOAL})"
    )
    return 0 if burst.returncode == 0 and ratio < GOAL else 1


def _percentile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES))
