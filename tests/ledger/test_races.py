"""Real connections at once: one wins, the other is told; and a process that dies leaves nothing half-written."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from tests.databases import Database
from tests.ledger import factories
from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.models import Record
from xianfeng.log.append import head
from xianfeng.log.models import Entry, Posting
from xianfeng.matters.objecting import raise_
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry


@pytest.fixture
def committed(transactional: Database) -> World:
    return factories.world()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or the Problem it met, all started together on connections of their own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait()
            return act()
        except Problem as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_who_move_one_record_one_wins(committed: World) -> None:
    by = committed.of(committed.town)
    for _ in range(5):
        record = committed.file().id
        results = at_once(*[partial(actions.move, by=by, record=record, move="check", day=DAY)] * 2)
        refused = [result for result in results if isinstance(result, Problem)]
        assert [problem.code for problem in refused] == ["ledger.wrong_state"]
        assert Entry.objects.filter(about=record, action="check").count() == 1
    assert list(rebuild.check()) == []


def test_one_reference_filed_twice_at_once_is_one_record(committed: World) -> None:
    for number in range(5):
        results = at_once(*[partial(committed.file, reference=f"r-{number}")] * 3)
        assert len({record.id for record in results if isinstance(record, Record)}) == 1
        assert not any(isinstance(result, Problem) for result in results)
    assert Record.objects.count() == 5
    assert head() == Entry.objects.count()


def test_nothing_is_left_open_at_an_organisation_that_ends_meanwhile(committed: World) -> None:
    by = committed.importer
    for organisation in (committed.village, committed.other_village):
        filing = partial(committed.file, organisation=organisation, by=by, day=dt.date(2012, 6, 1))
        closing = partial(registry.close, organisation=organisation, day=dt.date(2012, 6, 1), by=by)
        filed, closed = at_once(filing, closing)
        assert isinstance(filed, Problem) != isinstance(closed, Problem)


def test_a_scheme_adopted_twice_at_once_is_one_version(committed: World) -> None:
    text = factories.SCHEME.replace("试点活动", "试点活动二")
    results = at_once(*[partial(actions.adopt, factories.package(text), by=committed.importer)] * 2)
    assert results[0] == results[1]
    assert Entry.objects.filter(stream="scheme").count() == 2


def heard(world: World) -> Record:
    """A record about the village that can be objected to where it stands."""
    text = factories.SCHEME.replace(
        "{title: 已举行, level: filed}", "{title: 已举行, level: filed, heard: 10 workdays}"
    ).replace("{title: 已核实, level: reviewed}", "{title: 已核实, level: reviewed, open: false}")
    actions.adopt(factories.package(text), by=world.importer)
    return world.file(values={"host": world.village})


def test_of_two_objections_to_one_decision_one_is_raised(committed: World) -> None:
    record = heard(committed)
    said = partial(raise_, by=committed.author, record=record, grounds="数字不对")
    results = at_once(*[partial(said, reference=f"o-{number}") for number in range(3)])
    refused = [result for result in results if isinstance(result, Problem)]
    assert [problem.code for problem in refused] == ["ledger.objected_already"] * 2
    assert Record.objects.filter(kind="objection").count() == 1


def test_what_is_objected_to_is_not_moved_on_meanwhile(committed: World) -> None:
    for number in range(4):
        record = heard(committed)
        moving = partial(actions.move, by=committed.of(committed.town), record=record.id, move="check", day=DAY)
        raising = partial(raise_, by=committed.author, record=record, grounds="数字不对", reference=f"o-{number}")
        moved, raised = at_once(moving, raising)
        assert isinstance(moved, Problem) != isinstance(raised, Problem)


FILING = """
import datetime as dt, resource, sys
import django
django.setup()
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind
by = Actor(kind=ActorKind.IMPORT, id=7, organisation={city})
limit = int(sys.argv[1])
if limit:
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
def rows():
    for number in range(60_000):
        if number == 6_000:
            print("writing", flush=True)
        values = {{"name": "学党章", "count": number % 5000}}
        moves = (("hold", dt.date(2012, 3, 1)),)
        yield actions.Row(organisation={village}, day=dt.date(2012, 3, 1), values=values, moves=moves)
actions.file_many(by=by, scheme="trial-2012", kind="study", rows=rows())
"""


def child(world: World, database: Database, limit: int = 0) -> subprocess.Popen[str]:
    code = FILING.format(city=world.city, village=world.village)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(limit)],
        env={**database.environment, "DJANGO_SETTINGS_MODULE": "xianfeng.config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def nothing_half_written(entries: int) -> bool:
    return (
        head() == entries == Entry.objects.count()
        and not Record.objects.exists()
        and not Posting.objects.filter(scheme="trial-2012").exists()
        and not list(rebuild.check())
    )


def test_a_killed_import_leaves_nothing(committed: World, transactional: Database) -> None:
    before = head()
    with child(committed, transactional) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        os.kill(process.pid, signal.SIGKILL)
    assert nothing_half_written(before)
    assert committed.file().id == before + 1


@pytest.mark.database_file
def test_a_full_disk_stops_an_import_and_leaves_nothing(committed: World, transactional: Database) -> None:
    before = head()
    connection.close()
    with child(committed, transactional, limit=4_000_000) as process:
        _, told = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "disk" in told or "full" in told
    assert nothing_half_written(before)
    assert committed.file().id == before + 1


@pytest.mark.database_server
def test_a_lost_connection_stops_an_import_and_leaves_nothing(committed: World, transactional: Database) -> None:
    before = head()
    with child(committed, transactional) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        process.communicate(timeout=60)
    assert process.returncode != 0
    assert nothing_half_written(before)


def test_a_full_disk_leaves_no_attachment_under_its_name(committed: World, transactional: Database) -> None:
    record = committed.file()
    code = (
        "import django, resource, signal; django.setup()\n"
        "from xianfeng.ledger import files\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "files._store('ab' * 32, b'x' * 5000)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**transactional.environment, "DJANGO_SETTINGS_MODULE": "xianfeng.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "File too large" in done.stderr
    assert not [path for path in transactional.data.glob("attachments/**/*") if path.is_file()]
    assert record.id
