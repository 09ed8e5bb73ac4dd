"""The drill of docs/deploy.md: a backup is put back as the page says, and what is told afterwards is what was lost.

Made with the commands themselves in an installation of its own on SQLite, whose backup is a copy of its folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LATEST = ("erasures.jsonl", "seals.jsonl")  # they only grow, and survive on the machine

BOOKS = """
from tests.ledger import factories
from xianfeng.vault import values
from django.db import transaction
world = factories.world()
for count in (12, 30):
    world.file(values={"count": count})
with transaction.atomic():
    values.keep(person=12, field="phone", value="13800000000")
"""
AFTER_THE_BACKUP = """
from tests.ledger.factories import DAY
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.vault import erasure
record = Record.objects.order_by("id").first()
by = [Actor(kind=ActorKind.APPOINTMENT, id=n, organisation=record.organisation, role="clerk", person=n) for n in (5, 6)]
actions.amend(by=by[0], record=record.id, values={"count": 13}, day=DAY, reason="漏记一人")
erasure.erase(person=12, by=tuple(by), reason="本人申请")
"""


class Installation:
    def __init__(self, data: Path) -> None:
        self.data = data
        known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {**known, "XIANFENG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "xianfeng.config.settings"}

    def run(self, *arguments: str) -> tuple[int, str]:
        command = [Path(sys.executable).with_name("xianfeng"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def do(self, code: str) -> None:
        command = [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def restored(tmp_path: Path) -> Installation:
    """As it is after step 1: of yesterday's backup, with the latest two journals beside the keys."""
    one = Installation(tmp_path / "data")
    one.data.mkdir(mode=0o700)
    one.do(f"from django.core.management import call_command\ncall_command('migrate', verbosity=0)\n{BOOKS}")
    assert one.run("seal")[0] == 0
    shutil.copytree(one.data, tmp_path / "backup")
    one.do(AFTER_THE_BACKUP)
    assert one.run("seal")[0] == 0
    latest = {name: (one.data / "keys" / name).read_bytes() for name in LATEST}
    shutil.rmtree(one.data)
    shutil.copytree(tmp_path / "backup", one.data)
    for name, kept in latest.items():
        (one.data / "keys" / name).write_bytes(kept)
    return one


def test_what_was_erased_stays_erased_and_what_was_lost_is_named(restored: Installation) -> None:
    assert "重新删除了1项个人信息" in restored.run("vault", "replay")[1]
    assert restored.run("figures", "check", "--repair")[0] == 0
    status, told = restored.run("verify", "--all")
    assert (status, told.count("seal.cut")) == (1, 1), told
    (restored.data / "keys" / "seals.jsonl").rename(restored.data / "keys" / "lost-seals.jsonl")
    status, told = restored.run("verify", "--all")
    assert status == 0, told
