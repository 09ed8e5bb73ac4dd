"""A house with a round of an evaluation that is frozen, on a data folder of its own, and what its office does there."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FOUND = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.evaluations import towns
print(towns.frozen(towns.towns(), {electors}).id)
"""
_OFFICE = """
from xianfeng.evaluations import results, slips
from xianfeng.ledger import powers, versions
office = powers.office(versions.current("judged-2012"))
"""
_CLOSE = """
slips.issue(number={number}, issued={{1: 0}}, by=office)
slips.close(number={number}, returned={{1: 0}}, by=office)
"""
_PUBLISH = """
import json
from xianfeng.ledger.models import Record
results.publish(number={number}, by=office)
for record in Record.objects.filter(kind="evaluation_result"):
    told = json.loads(record.values)
    print(told["question"], told["answer"], told["count"])
"""
_AMEND = """
from xianfeng.ledger import actions, powers, versions
now = versions.current({scheme!r})
files = dict(versions.package(now.hash))
assert {old!r} in files["scheme.yaml"]
files["scheme.yaml"] = files["scheme.yaml"].replace({old!r}, {new!r}, 1)
actions.adopt(files, by=powers.office(now), after=now.hash)
"""


@dataclass(frozen=True)
class House:
    folder: Path
    number: int = 0  # of the round

    def do(self, *arguments: object) -> str:
        """`xianfeng …`"""
        return self._run("from xianfeng.cli import main; main()", *arguments)

    def close(self) -> None:
        """Nobody took a slip of paper."""
        self._script(_OFFICE + _CLOSE.format(number=self.number))

    def publish(self) -> list[str]:
        """The records that came of it: question, answer, ballots."""
        return self._script(_OFFICE + _PUBLISH.format(number=self.number)).splitlines()

    def amend(self, scheme: str, old: str, new: str) -> None:
        """A new version of a campaign, with the one in place of the other."""
        self._script(_AMEND.format(scheme=scheme, old=old, new=new))

    def _script(self, code: str) -> str:
        return self._run(f"import django; django.setup()\n{code}")

    def _run(self, code: str, *arguments: object) -> str:
        environment = {
            **os.environ,
            "XIANFENG_DATA": str(self.folder),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "xianfeng.config.settings",
        }
        command = [sys.executable, "-c", code, *map(str, arguments)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def founded(folder: Path, *, electors: int) -> House:
    """With a frozen round over one village."""
    folder.mkdir()
    number = House(folder)._script(_FOUND.format(electors=electors))
    return House(folder, int(number))
