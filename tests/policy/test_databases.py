"""What has no database is not run on the second one; so it must be true that it has none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

TESTS = Path(__file__).parents[1]


def test_who_asked_for_no_database_is_kept_from_it() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


def test_nor_does_a_child_process_find_one() -> None:
    code = "import django; django.setup(); from django.db import connection; connection.ensure_connection()"
    env = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "OperationalError" in done.stderr


def test_fixtures_are_asked_for_by_name_where_collecting_sees_it() -> None:
    asked = "get" + "fixturevalue"
    assert [path.name for path in TESTS.rglob("*.py") if asked in path.read_text()] == []
