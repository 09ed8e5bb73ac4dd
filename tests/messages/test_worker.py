"""The worker as processes: one is killed, two do one thing once, a clock goes back."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from tests.databases import Database
from tests.messages import people
from tests.messages.people import Told, at, person
from tests.messages.servers import Mailbox
from xianfeng.clockwork import ahead, ticks, worker
from xianfeng.clockwork.models import Tick
from xianfeng.messages import deliver
from xianfeng.messages.digest import digest
from xianfeng.messages.models import Delivery, Preference
from xianfeng.messages.post import post
from xianfeng.messages.standing import standing
from xianfeng.registry.models import Appointment


def start(database: Database, code: str) -> subprocess.Popen[str]:
    prelude = "import datetime as dt, sys, time, django\ndjango.setup()\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + textwrap.dedent(code)],
        env=database.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(*children: subprocess.Popen[str]) -> list[str]:
    outputs = []
    for child in children:
        output, errors = child.communicate("go\n", timeout=60)
        assert child.returncode == 0, errors
        outputs.append(output.strip())
    return outputs


@pytest.fixture
def installed(transactional: Database, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Told:
    channels = f"mail={mailbox.url}"
    monkeypatch.setenv("XIANFENG_CHANNELS", channels)
    settings.XIANFENG_CHANNELS = channels
    told = people.told()
    clerk = Appointment.objects.get(id=told.clerk).person_id
    Preference.objects.create(person=clerk, channels="mail", quiet_from=dt.time(0), quiet_until=dt.time(0))
    return told


def test_a_worker_killed_between_sending_and_recording_loses_nothing(
    installed: Told, transactional: Database, mailbox: Mailbox
) -> None:
    began = timezone.now()
    installed.post("study", now=began, urgent=True)
    child = subprocess.Popen(
        [str(Path(sys.executable).with_name("xianfeng")), "worker"],
        env=transactional.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    mailbox.on_taken = lambda: os.kill(child.pid, signal.SIGKILL)
    child.wait(timeout=60)
    mailbox.on_taken = lambda: None
    assert child.stderr is not None
    child.stderr.close()
    assert child.returncode == -signal.SIGKILL
    assert (len(mailbox.mails), Delivery.objects.get().state) == (1, "sending")

    later = timezone.now() + max(deliver.LEASE, worker.GONE)
    assert worker.free(now=later) == 1
    worker.turn("another", now=later)  # what the killed one had begun, for the moment at which it was begun
    worker.turn("another", now=later + deliver.EVERY)
    assert Delivery.objects.get().state == "sent"
    first, second = mailbox.ids
    assert first == second
    assert Tick.objects.filter(queued__isnull=False).count() == 0


def test_a_task_of_a_living_worker_is_not_taken_from_it(installed: Told) -> None:
    ticks.begin(now=at(1, 9))
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["one"])
    worker.seen("one", now=at(1, 9))
    assert worker.free(now=at(1, 9, 2)) == 0
    assert worker.free(now=at(1, 9, 3)) == len(ticks.names())


def test_two_workers_send_each_letter_once(installed: Told, transactional: Database, mailbox: Mailbox) -> None:
    clerks = [person(installed.world.village, "clerk", f"员{n}", email=f"n{n}@village.example") for n in range(30)]
    post([installed.note("study", appointment=one) for one in clerks], now=at(1, 9))
    digest(now=at(1, 9))
    code = """
        from xianfeng.messages.deliver import deliver
        print("ready", flush=True)
        sys.stdin.readline()
        print(deliver(now=dt.datetime(2012, 3, 1, 2, tzinfo=dt.UTC)))
    """
    children = [start(transactional, code) for _ in range(2)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    sent = [int(output) for output in finish(*children)]
    assert sum(sent) == 30
    assert len(set(mailbox.ids)) == len(mailbox.ids) == 30


def test_two_workers_gather_one_digest_and_begin_each_tick_once(installed: Told, transactional: Database) -> None:
    installed.post("study", now=at(1, 9))
    code = """
        from xianfeng.clockwork import ticks
        from xianfeng.messages.digest import digest
        now = dt.datetime(2012, 3, 1, 2, tzinfo=dt.UTC)
        print("ready", flush=True)
        sys.stdin.readline()
        print(digest(now=now), len(ticks.begin(now=now).begun))
    """
    children = [start(transactional, code) for _ in range(2)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    counted = [tuple(map(int, output.split())) for output in finish(*children)]
    assert [sum(column) for column in zip(*counted, strict=True)] == [1, len(ticks.names())]
    assert Delivery.objects.count() == 1
    assert DBTaskResult.objects.count() == len(ticks.names())


def test_a_clock_that_went_back_begins_nothing_and_says_so(installed: Told) -> None:
    assert set(ticks.begin(now=at(5, 9)).begun) == set(ticks.names())
    Tick.objects.update(queued=None)
    back = ticks.begin(now=at(4, 9))
    assert (back.begun, set(back.behind)) == ((), set(ticks.names()))
    assert set(ticks.begin(now=at(6, 9)).begun) == set(ticks.names())


def test_a_worker_of_a_clock_that_was_ahead_is_gone_and_what_it_held_is_not_done_for_a_moment_to_come(
    installed: Told,
) -> None:
    early, now = at(1, 9) + dt.timedelta(days=400), at(1, 9)
    ticks.begin(now=early)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["killed"])
    worker.seen("killed", now=early)
    assert (standing(now=now).workers, standing(now=now).seen) == (0, None)
    assert worker.turn("one", now=now) == 0
    assert DBTaskResult.objects.count() == 0
    assert (standing(now=now).workers, standing(now=now).seen) == (1, now)


def test_after_a_clock_was_put_right_what_returns_and_what_was_taken_begins_again(installed: Told) -> None:
    early, now = at(1, 9) + dt.timedelta(days=400), at(1, 9)
    installed.post("study", now=early, urgent=True)
    digest(now=early)
    Delivery.objects.update(state="sending", next_try=early + deliver.LEASE)
    ticks.begin(now=early)
    assert ahead.until(now=now) == early
    ahead.put_right(now=now)
    deliver.put_right(now=now)
    assert ahead.until(now=now) is None
    assert set(ticks.begin(now=now).begun) == set(ticks.names())
    assert deliver.deliver(now=now) == 1


def test_a_tick_that_fails_is_told_by_its_kind_and_returns(installed: Told) -> None:
    calls: list[dt.datetime] = []

    def broken(*, now: dt.datetime) -> None:
        calls.append(now)
        raise ValueError("13800000001")

    ticks.register("broken", dt.timedelta(minutes=5), broken)
    try:
        worker.turn("one", now=at(1, 9))
        worker.turn("one", now=at(1, 9, 4))
        worker.turn("one", now=at(1, 9, 5))
    finally:
        ticks.withdraw("broken")
    assert calls == [at(1, 9), at(1, 9, 5)]
    assert Tick.objects.get(name="broken").fault == "ValueError"


def test_a_process_that_serves_pages_is_a_worker_too(
    installed: Told, transactional: Database, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIANFENG_WORKER", "inside")
    installed.post("study", now=timezone.now(), urgent=True)
    came = threading.Event()
    mailbox.on_taken = came.set
    child = start(transactional, "import xianfeng.config.wsgi\nsys.stdin.readline()\n")
    assert came.wait(60)
    finish(child)
    assert (len(mailbox.mails), Delivery.objects.get().state) == (1, "sent")


def test_a_worker_told_to_stop_ends_by_itself(installed: Told, transactional: Database, mailbox: Mailbox) -> None:
    installed.post("study", now=timezone.now(), urgent=True)
    came = threading.Event()
    mailbox.on_taken = came.set
    child = subprocess.Popen(
        [str(Path(sys.executable).with_name("xianfeng")), "worker"],
        env=transactional.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert came.wait(60)
    child.send_signal(signal.SIGTERM)
    output, errors = child.communicate(timeout=60)
    assert (child.returncode, "后台工作已开始" in output, errors) == (0, True, "")
    assert Delivery.objects.get().state == "sent"
