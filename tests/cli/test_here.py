"""What a person without a database is told can be typed."""

from __future__ import annotations

import re
from pathlib import Path

from django.db import OperationalError

from xianfeng import cli


def test_a_missing_table_leads_to_what_makes_it() -> None:
    told = cli._in_words(OperationalError("no such table: log_head"))
    assert told is not None
    found = re.search(r"先建库：(\S+) (\S+) migrate；", told.hint)
    assert found is not None
    assert all(Path(word).exists() for word in found.groups())
