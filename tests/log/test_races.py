"""Several processes on one log, one that dies, a disk that fills: the log stays dense and whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.databases import Database
from tests.log.children import finish, start
from tests.log.drafts import draft, line
from xianfeng import paths
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append, head
from xianfeng.log.models import Entry
from xianfeng.log.seals import seal
from xianfeng.log.verify import verify

WRITER = """
for turn in range(25):
    with transaction.atomic():
        append([draft(lines=(line(),))] * (turn % 4 + 1), by=CLOCK)
        if turn % 5 == 4:
            transaction.set_rollback(True)
"""
WRITTEN = sum(turn % 4 + 1 for turn in range(25) if turn % 5 != 4)


def test_a_reader_never_sees_a_gap_while_processes_write(transactional: Database) -> None:
    children = [start(transactional, WRITER) for _ in range(3)]
    seen: set[int] = set()
    while any(child.poll() is None for child in children):
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*), COALESCE(MAX(seq), 0) FROM log_entry")
            count, last = cursor.fetchone()
        assert count == last
        seen.add(count)
    for child in children:
        finish(child)
    assert head() == 3 * WRITTEN
    assert len(seen) > 1
    report = verify()
    assert (report.entries, report.faults) == (3 * WRITTEN, ())


def test_a_killed_append_leaves_nothing(transactional: Database) -> None:
    with transaction.atomic():
        append([draft()] * 3, by=CLOCK)
    code = """
    with transaction.atomic():
        append([draft(lines=(line(),))] * 20_000, by=CLOCK)
        print("written, not committed", flush=True)
        time.sleep(60)
    """
    child = start(transactional, code)
    assert child.stdout is not None
    assert child.stdout.readline() == "written, not committed\n"
    child.kill()
    child.communicate()
    with transaction.atomic():
        assert append([draft()], by=CLOCK) == range(4, 5)
    assert verify().holds
    assert Entry.objects.count() == 4


FULL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, resource.RLIM_INFINITY))
try:
    with transaction.atomic():
        {work}
except Exception as full:
    print(type(full).__name__, full)
"""


@pytest.mark.database_file
def test_a_full_disk_leaves_nothing_and_the_next_run_goes_on(transactional: Database) -> None:
    with transaction.atomic():
        append([draft(lines=(line(),))] * 100, by=CLOCK)
    limit = Path(transactional.name).stat().st_size + 200_000
    code = FULL.format(limit=limit, work="append([draft(body={'text': '满' * 500})] * 5_000, by=CLOCK)")
    assert re.match(r"OperationalError (disk I/O error|database or disk is full)", finish(start(transactional, code)))
    assert (head(), Entry.objects.count()) == (100, 100)
    with transaction.atomic():
        append([draft(body={"text": "满" * 500})] * 5_000, by=CLOCK)
    assert verify().holds


@pytest.mark.database_server
def test_a_server_that_ends_the_connection_leaves_nothing(transactional: Database) -> None:
    """What a full disk of the server's looks like from here."""
    code = """
    from django.db import connection
    try:
        with transaction.atomic():
            append([draft(lines=(line(),))] * 100, by=CLOCK)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    except Exception as ended:
        print(type(ended).__name__)
    """
    assert finish(start(transactional, code)) == "OperationalError\n"
    assert (head(), Entry.objects.count()) == (0, 0)


def test_a_full_disk_makes_no_half_key(transactional: Database) -> None:
    with transaction.atomic():
        append([draft()], by=CLOCK)
    code = """
    import resource
    from xianfeng.log import keys
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    try:
        keys.obtain()
    except OSError as full:
        print(full.strerror)
    """
    assert finish(start(transactional, code)) == "File too large\n"
    assert list(paths.room("keys").glob("*seal*")) == []
    assert seal(by=CLOCK).size == 1
