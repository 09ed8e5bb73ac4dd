"""Other processes at work on the same log."""

from __future__ import annotations

import subprocess
import sys
import textwrap

from tests.databases import Database

_PRELUDE = """
import os, sys, time
import django
django.setup()
from django.db import transaction
from tests.log.drafts import draft, line
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append, head
from xianfeng.log.seals import seal
"""


def start(database: Database, code: str) -> subprocess.Popen[str]:
    """A Python process on the test's database; its output is read by the test."""
    return subprocess.Popen(
        [sys.executable, "-c", _PRELUDE + textwrap.dedent(code)],
        env=database.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(child: subprocess.Popen[str]) -> str:
    output, errors = child.communicate(timeout=60)
    assert child.returncode == 0, errors
    return output
