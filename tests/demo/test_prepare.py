"""Preparing: again, after a kill, beside another; and never with an eye on what is expected."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import Database
from xianfeng.demo import lock, prepare
from xianfeng.ledger.models import Attachment, Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head
from xianfeng.problems import Problem
from xianfeng.registry.actions.founding import Founding, found
from xianfeng.registry.models import Organisation

ROOT = Path(__file__).parents[2]

PREPARE = """
import os, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import django
django.setup()
from xianfeng.demo import filing, plan, prepare
filing.BATCH = 20
planned = [plan.read(prepare.SCHEMES / "jinwan-2010" / "demo.yaml")]
prepare.prepare(tell=lambda line: print(line, flush=True), planned=planned)
print("OPENED", *[path for path in opened if path.endswith(("figures.yaml", "demo.yaml"))], flush=True)
"""


def preparing(database: Database) -> subprocess.Popen[str]:
    env = {**database.environment, "DJANGO_SETTINGS_MODULE": "xianfeng.config.settings"}
    return subprocess.Popen([sys.executable, "-c", PREPARE], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def finished(database: Database) -> str:
    process = preparing(database)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return said


def books() -> list[tuple[str | None, str, int, str]]:
    return list(Record.objects.order_by("reference").values_list("reference", "state", "level", "values"))


def test_it_opens_the_plan_and_never_what_is_expected_and_repeats_without_a_trace(transactional: Database) -> None:
    opened = finished(transactional).split("OPENED")[1]
    assert opened.split() == [str(ROOT / "schemes" / "jinwan-2010" / "demo.yaml")]
    before, records = head(), books()
    assert len(records) == 310
    held = Attachment.objects.order_by("id").values_list("record__state", "media_type")
    assert list(held) == [("fulfilled", "image/png"), ("fulfilled", "application/pdf")] * 2
    finished(transactional)
    assert (head(), books()) == (before, records)


def test_plans_are_found_and_filed_in_the_order_of_their_days(tmp_path: Path) -> None:
    """Nothing but a folder makes a city part of the demonstration."""
    texts = {"a-2012": "until: 2012-03-15\ncloses: no1", "b-2010": "until: 2010-08-29\ncloses: no1"}
    for scheme, text in {**texts, "c-2010": "until: 2010-08-29"}.items():
        (tmp_path / scheme).mkdir()
        (tmp_path / scheme / "demo.yaml").write_text(f"plan: 1\nscheme: {scheme}\nseed: 1\n{text}\n", encoding="utf-8")
    found = [(each.scheme, each.closes) for each in prepare.plans(tmp_path)]
    assert found == [("c-2010", ""), ("b-2010", "no1"), ("a-2012", "no1")]


def test_killed_in_the_middle_it_ends_in_the_same_books(transactional: Database) -> None:
    killed = 0
    for until in ("区划", "commitments", "taking_part"):
        process = preparing(transactional)
        assert process.stdout is not None
        for line in process.stdout:
            if until in line:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.stdout.close()
        killed += process.wait(timeout=60) == -signal.SIGKILL
    assert killed
    finished(transactional)
    references = [reference for reference, *_ in books()]
    assert len(references) == len(set(references)) == 310
    assert Organisation.objects.filter(level="branch").count() == 44


def test_a_second_preparation_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "demo.lock"
    code = "import sys, time; from pathlib import Path; from xianfeng.demo import lock\n"
    code += "with lock.turn(Path(sys.argv[1]), waiting=print): print('in', flush=True); time.sleep(60)"
    first = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "in\n"
    waited_for: list[str] = []
    killer = subprocess.Popen(["/bin/sh", "-c", f"sleep 1; kill -9 {first.pid}"])
    with lock.turn(path, waiting=waited_for.append):
        assert waited_for == [str(first.pid)]
    first.stdout.close()
    first.wait()
    killer.wait()


def test_the_same_turn_can_be_taken_again(tmp_path: Path) -> None:
    told: list[str] = []
    for _ in range(2):
        with lock.turn(tmp_path / "demo.lock", waiting=told.append):
            pass
    assert told == []


def test_synthetic_records_never_enter_real_books(transactional: Database) -> None:
    nation = Founding(code="000000", name="全国", type="division", level="nation", parent=None)
    found(founding=nation, by=Actor(kind=ActorKind.IMPORT))
    before = head()
    with pytest.raises(Problem) as refused:
        prepare.prepare(tell=lambda line: None)
    assert refused.value.code == "demo.not_empty"
    assert head() == before
